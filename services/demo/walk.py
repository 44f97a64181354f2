"""Walk a case through the real process, one act at a time; every date is "today" by ``rehsos.clock``.

Each stage has its papers with plain default words; a caller that wants other words passes them by record kind.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from cases import registry
from cases.enums import Aspect, Bimbingan, Sex, Stage, WayIn
from cases.models import Case, Client
from services import models, recording, transitions
from services.enums import (
    Achievement,
    ConferenceKind,
    Eligible,
    Presence,
    ReadinessItem,
    Ready,
    Recipient,
    Relapse,
    Reply,
    Signer,
    Told,
)
from services.models import RecordPart, Request, StageRecord
from services.situation import Situation
from services.workflow import PAIRS

Parts = dict[type[RecordPart], list[dict[str, Any]]]
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


def paper(team: Team, case: Case, kind: type[StageRecord], words: Words | None = None, **changes: Any) -> StageRecord:
    """Save one record with its default words, changed where asked."""
    values, parts = PAPERS[kind](case)
    values |= {"on": case.institution.today(), **(words or {}), **changes}
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


def monitor(team: Team, case: Case) -> models.Activity:
    return recording.log_activity(
        code="D.p",
        by=team.worker,
        on=case.institution.today(),
        cases=[case],
        values={"account": "Mengikuti jadwal harian tanpa kejadian khusus."},
    )


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


def _checklist(case: Case) -> tuple[dict[str, Any], Parts]:
    lines = [line.strip() for line in case.institution.admin_requirements.splitlines() if line.strip()]
    rows = [{"key": str(i), "label": line, "presence": Presence.PRESENT} for i, line in enumerate(lines, 1)]
    return {}, {models.ChecklistItem: rows}


def _eligibility(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "interviewers": "Pekerja sosial dan kepala seksi",
        "findings": "Calon memahami program dan bersedia mengikuti.",
        "proposal": Eligible.ACCEPTED,
        "reasons": "Memenuhi kriteria kelompok sasaran UPT.",
    }
    return values, {}


def _notice(case: Case) -> tuple[dict[str, Any], Parts]:
    today = case.institution.today()
    rows = [
        {"key": who.value, "label": who.label, "told": Told.TOLD, "told_on": today, "manner": "Tatap muka"}
        for who in (Recipient.CANDIDATE, Recipient.FAMILY)
    ]
    sender = {"key": Recipient.SENDER.value, "label": Recipient.SENDER.label}
    rows.append({**sender, "told": Told.NONE, "reason": "Datang atas kehendak sendiri"})
    return {"result": "Hasil seleksi disampaikan secara lisan dan tertulis."}, {models.NoticeRecipient: rows}


def _agreement(case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "signer": Signer.CLIENT,
        "signer_name": case.client.name,
        "client_rights": "Mendapat pelayanan, perlindungan data, dan perlakuan yang layak.",
        "client_duties": "Mengikuti program dan menaati tata tertib.",
        "upt_duties": "Memberi pelayanan sesuai rencana dan menjaga kerahasiaan.",
        "months": 6,
        "is_data_notice_given": True,
    }
    return values, {}


def _placement(_case: Case) -> tuple[dict[str, Any], Parts]:
    return {"house": "Asrama Melati", "room": "3", "programme": "Program reguler"}, {}


def _referral(case: Case) -> tuple[dict[str, Any], Parts]:
    today = case.institution.today()
    values = {
        "receiver": "Lembaga Mitra Sejahtera",
        "need": "Perawatan kesehatan jiwa lanjutan",
        "reason": "Kebutuhan di luar layanan UPT.",
        "summary": "Identitas ringkas dan kebutuhan yang dirujuk.",
        "is_consented": True,
        "sent_on": today,
        "reply": Reply.ACCEPTED,
        "reply_on": today,
    }
    return values, {}


def _final_referral(case: Case) -> tuple[dict[str, Any], Parts]:
    values, parts = _referral(case)
    return {**values, "left_on": case.institution.today()}, parts


def _assessment(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "sources": "Wawancara dengan klien dan keluarga, pengamatan di asrama.",
        "informal_resources": "Nenek dan paman",
        "formal_resources": "Puskesmas, PKBM",
        "societal_resources": "Takmir musala",
        "problem_statement": "Putus sekolah dan bergaul dengan teman yang memakai obat terlarang.",
        "recommendation": "Bimbingan psikososial dan keterampilan.",
    }
    rows = [
        {
            "key": aspect.value,
            "label": aspect.label,
            "condition": "Cukup baik",
            "needs": "Pendampingan teratur",
            "strengths": "Mau belajar",
            "score": 2 + aspect_number % 2,
        }
        for aspect_number, aspect in enumerate(Aspect)
    ]
    return values, {models.AspectFinding: rows}


def _report(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "purpose": "Melaporkan pekerjaan pada tahap ini.",
        "conduct": "Dilaksanakan sesuai rancangan.",
        "results": "Data dan kesimpulan lengkap.",
        "suggestions": "Dilanjutkan ke tahap berikutnya.",
    }
    return values, {}


def _conference(part: type[RecordPart], **extra: Any) -> Callable[[Case], tuple[dict[str, Any], Parts]]:
    def words(_case: Case) -> tuple[dict[str, Any], Parts]:
        values = {
            "place": "Ruang rapat",
            "leader": "Kepala seksi pelayanan",
            "minute_taker": "Pekerja sosial",
            "agenda": "Pembahasan kasus",
            "decision": "Disepakati untuk dilanjutkan.",
            "follow_up": "Pekerja sosial menindaklanjuti pekan ini.",
            **extra,
        }
        people = [("Kepala seksi pelayanan", "pimpinan"), ("Pekerja sosial", "penyaji"), ("Perawat", "peserta")]
        rows = [{"key": str(i), "label": name, "name": name, "role": role} for i, (name, role) in enumerate(people, 1)]
        return values, {part: rows}

    return words


def _goal(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "bimbingan": Bimbingan.PSYCHOSOCIAL,
        "problem": "Belum mampu menolak ajakan teman",
        "goal": "Mengenali pemicu dan menolak ajakan",
        "indicator": "Menyelesaikan 24 sesi dan menyebut lima cara menolak",
        "activities": "Konseling individu dan terapi kelompok",
        "people": "Pekerja sosial, psikolog",
        "cost": "DPA UPT",
        "technique": "Casework, konseling motivasi",
        "equipment": "Lembar kerja",
        "facilities": "Ruang konseling",
        "time": "Enam bulan, satu sesi per pekan",
        "in_charge": "Pekerja sosial",
    }
    return values, {}


def _consent(case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "signer": Signer.CLIENT,
        "signer_name": case.client.name,
        "explanation": "Tujuan, kegiatan, dan waktu rencana.",
        "response": "Klien setuju dan memahami.",
    }
    return values, {}


def _progress(case: Case) -> tuple[dict[str, Any], Parts]:
    rows = [
        {
            "key": aspect.value,
            "label": aspect.label,
            "problem": "Belum teratur",
            "intervention": "Pendampingan harian",
            "achieved": "Mulai teratur",
            "not_achieved": "Perlu diingatkan",
            "score": 3,
        }
        for aspect in Aspect
    ]
    return {"period_on": case.institution.today().replace(day=1)}, {models.AspectProgress: rows}


def _process_evaluation(_case: Case) -> tuple[dict[str, Any], Parts]:
    return {"went_well": "Kehadiran baik.", "obstacles": "Alat praktik terbatas; bergiliran."}, {}


def _outcome(case: Case) -> tuple[dict[str, Any], Parts]:
    goals = [
        {"key": str(goal.pk), "label": goal.goal, "achievement": Achievement.ACHIEVED, "evidence": "Catatan sesi"}
        for goal in models.Goal.of(case)
    ]
    aspects = [{"key": aspect.value, "label": aspect.label, "condition": "Membaik", "score": 4} for aspect in Aspect]
    values = {
        "effectiveness": "Semua tujuan tercapai.",
        "efficiency": "Waktu dan biaya sesuai rencana.",
        "recommendation": "Terminasi.",
    }
    return values, {models.GoalOutcome: goals, models.AspectOutcome: aspects}


def _readiness(_case: Case) -> tuple[dict[str, Any], Parts]:
    rows = [{"key": item.value, "label": item.label, "answer": Ready.READY} for item in ReadinessItem]
    return {"conclusion": "Klien dan keluarga siap."}, {models.ReadinessAnswer: rows}


def _handover(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "place": "Kantor UPT",
        "receiver_name": "Siti Aminah",
        "receiver_relation": "Ibu",
        "receiver_address": "Kec. Waru, Kab. Sidoarjo",
        "witness_1": "Petugas Dinas Sosial kabupaten",
    }
    return values, {}


def _visit(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "way": "F.c",
        "lives_with": "Ibu dan nenek",
        "family": "Baik",
        "occupation": "Bekerja di bengkel paman",
        "relapse": Relapse.NONE,
        "community": "Ikut kerja bakti",
        "plan": "Kunjungan bulan berikutnya",
    }
    return values, {}


PAPERS: Mapping[type[StageRecord], Callable[[Case], tuple[dict[str, Any], Parts]]] = {
    models.AdminChecklist: _checklist,
    models.Eligibility: _eligibility,
    models.Notice: _notice,
    models.CandidateReferral: _referral,
    models.Agreement: _agreement,
    models.Placement: _placement,
    models.Assessment: _assessment,
    models.AssessmentConference: _conference(models.AssessmentParticipant, kind=ConferenceKind.ASSESSMENT),
    models.AssessmentReport: _report,
    models.Goal: _goal,
    models.PlanningConference: _conference(models.PlanningParticipant),
    models.PlanConsent: _consent,
    models.ProgressSheet: _progress,
    models.ProcessEvaluation: _process_evaluation,
    models.OutcomeEvaluation: _outcome,
    models.EvaluationConference: _conference(models.EvaluationParticipant),
    models.EvaluationReport: _report,
    models.Readiness: _readiness,
    models.Handover: _handover,
    models.TerminationReport: _report,
    models.Referral: _final_referral,
    models.ReferralReport: _report,
    models.AftercareVisit: _visit,
}
