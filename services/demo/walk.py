"""Walk a case through the real process, one act at a time; every date is "today" by ``rehsos.clock``.

Each stage has its papers with plain default words; a caller that wants other words passes them by record kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cases import registry
from cases.enums import Bimbingan, Sex, Stage, WayIn
from cases.models import Case, Client
from services import models, recording, transitions
from services.demo.words import PAPERS, Parts
from services.models import Request, StageRecord
from services.situation import Situation
from services.workflow import PAIRS

Words = Mapping[str, Any]


@dataclass(frozen=True)
class Team:
    """The three people of the process."""

    worker: User
    supervisor: User
    head: User


def register(by: User, **values: Any) -> Client:
    person = {"name": "Dimas Prasetyo", "sex": Sex.MALE, "estimated_age": 17, **values}
    primary = person.pop("primary", "substance_abuse_victim")
    return registry.register(values=person, primary=primary, others=person.pop("others", ()), by=by)


def open_case(team: Team, client: Client, **values: Any) -> Case:
    today = client.institution.today()
    return transitions.open(
        client=client, by=team.worker, **{"way_in": WayIn.OWN_WISH, "first_contact_on": today, **values}
    )


def paper(
    team: Team, case: Case, kind: type[StageRecord], words: Words | None = None, parts: Parts | None = None, **more: Any
) -> StageRecord:
    """Save one record with its default words and parts, changed where asked."""
    values, default_parts = PAPERS[kind](case)
    values |= {"on": case.institution.today(), **(words or {}), **more}
    parts = {**default_parts, **(parts or {})}
    return recording.save_record(case=case, kind=kind, values=values, parts=parts, by=team.worker)


def serve(team: Team, case: Case, bimbingan: Bimbingan, **values: Any) -> models.Activity:
    """One service of a bimbingan, today."""
    return recording.log_activity(
        code=PAIRS[bimbingan].service[0],
        by=team.worker,
        on=case.institution.today(),
        cases=[case],
        bimbingan=[bimbingan],
        values={"account": "Mengikuti kegiatan sampai selesai.", **values},
    )


def log(team: Team, case: Case, code: str, account: str, **values: Any) -> models.Activity:
    """One activity of the worker for the case, today."""
    return recording.log_activity(
        code=code, by=team.worker, on=case.institution.today(), cases=[case], values={"account": account, **values}
    )


def monitor(team: Team, case: Case) -> models.Activity:
    return log(team, case, "D.p", "Mengikuti jadwal harian tanpa kejadian khusus.")


def decide(team: Team, case: Case, way: str, reason: str = "Sesuai hasil temu bahas.", **values: Any) -> Request:
    """Propose, approve with its supervision, endorse."""
    case.refresh_from_db()
    request = transitions.decide(case=case, way=way, reason=reason, by=team.worker, version=case.version, **values)
    transitions.approve(request=request, by=team.supervisor, version=case.version, note="Dasar keputusan memadai.")
    request = transitions.endorse(request=request, by=team.head, version=case.version)
    case.refresh_from_db()
    return request


def end_stage(team: Team, case: Case, **values: Any) -> Request:
    """Submit the end of the stage, approve with its supervision."""
    case.refresh_from_db()
    request = transitions.submit(case=case, by=team.worker, version=case.version, **values)
    request = transitions.approve(
        request=request, by=team.supervisor, version=case.version, note="Isi tahap lengkap dan sesuai."
    )
    case.refresh_from_db()
    return request


def fill(team: Team, case: Case, *kinds: type[StageRecord]) -> None:
    for kind in kinds:
        paper(team, case, kind)


def intake(team: Team, case: Case) -> None:
    fill(team, case, models.AdminChecklist, models.Eligibility)
    decide(team, case, "accepted", "Memenuhi syarat.")
    fill(team, case, models.Notice, models.Agreement, models.Placement)


def assessment(team: Team, case: Case) -> None:
    fill(team, case, models.Assessment, models.AssessmentConference, models.AssessmentReport)


def planning(team: Team, case: Case) -> None:
    fill(team, case, models.Goal)
    paper(team, case, models.Goal, bimbingan=Bimbingan.VOCATIONAL, goal="Mampu servis ringan sepeda motor")
    fill(team, case, models.PlanningConference, models.PlanConsent)


def intervention(team: Team, case: Case) -> None:
    for bimbingan in Situation(case).planned:
        serve(team, case, bimbingan)
    monitor(team, case)
    fill(team, case, models.ProcessEvaluation)


def evaluation(team: Team, case: Case) -> None:
    fill(team, case, models.OutcomeEvaluation, models.EvaluationConference, models.EvaluationReport)


def closing(team: Team, case: Case) -> None:
    evaluation(team, case)
    decide(team, case, "terminate", "Tujuan tercapai.")
    fill(team, case, models.Readiness, models.Handover, models.TerminationReport)


def aftercare(team: Team, case: Case) -> None:
    fill(team, case, models.AftercareVisit)


STEPS: Mapping[Stage, Callable[[Team, Case], None]] = {
    Stage.INTAKE: intake,
    Stage.ASSESSMENT: assessment,
    Stage.PLANNING: planning,
    Stage.INTERVENTION: intervention,
    Stage.CLOSING: closing,
    Stage.AFTERCARE: aftercare,
}


def to_stage(team: Team, case: Case, stage: Stage) -> Case:
    """Carry a case from where it is to the beginning of a later stage."""
    while Stage(case.stage) != stage:
        STEPS[Stage(case.stage)](team, case)
        end_stage(team, case)
    return case


def to_end(team: Team, case: Case) -> Case:
    """Carry a case through everything that is left, to its completion."""
    to_stage(team, case, Stage.AFTERCARE)
    aftercare(team, case)
    end_stage(team, case, ending="completed")
    return case
