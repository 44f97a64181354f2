"""The life of one demo case as a generator: it yields the moment of its next act, and acts when it is resumed then."""

from datetime import date, timedelta
from typing import Any

from cases.enums import Aspect, Bimbingan, Method, Stage, WayIn
from cases.models import Case, Client
from services import models, transitions
from services.demo import former, rooms, walk
from services.demo.people import invent
from services.demo.plan import Life, Moment, Plan
from services.due_dates import sheets_due
from services.enums import Achievement, State
from services.models import Request
from services.situation import Situation

DEPOSIT_DAYS = 180


def live(plan: Plan) -> Life:
    """The whole life; it ends early at the stage where the plan stops."""
    time, story = Moment(plan), plan.story
    yield time.after(0, 3)
    person = invent(plan.house, plan.category, time.now.date(), plan.chance)
    client = walk.register(plan.team.worker, **person)
    yield time.soon()
    order = _order(plan, client, time.now.date()) if story["way_in"] in WayIn.by_order() else {}
    case = walk.open_case(plan.team, client, way_in=story["way_in"], sender=story["sender"], **order)
    yield from go_on(plan, time, case)


def go_on(plan: Plan, time: Moment, case: Case) -> Life:
    """From the stage of a case to where the plan stops."""
    stop = plan.stop or _halt
    for stage in list(Stage)[Stage(case.stage).position :]:
        if plan.until == stage and plan.is_early:
            yield from stop(plan, time, case)
            return
        yield from PARTS[stage](plan, time, case)
        if plan.until == stage:
            yield from stop(plan, time, case)
            return
        yield time.after(1, 2)
        yield from end(plan, time, case)


def _order(plan: Plan, client: Client, day: date) -> dict[str, Any]:
    """The letter with which somebody is deposited."""
    return {
        "order_number": f"B/{client.number}/{day.year}/Satreskrim",
        "order_by": "Kepolisian Resor (contoh)",
        "order_on": day,
        "order_until_on": plan.order_until_on or day + timedelta(days=DEPOSIT_DAYS),
    }


def _halt(plan: Plan, time: Moment, case: Case) -> Life:
    """Where a life stops inside its stage: waiting for the supervisor, returned to the worker, or just at work."""
    if plan.halts == "working":
        return
    yield time.after(1, 2)
    case.refresh_from_db()
    _late_sheets(plan, case)
    request = transitions.submit(case=case, by=plan.team.worker, version=case.version, **_ending(plan, case))
    if plan.halts == "returned":
        yield time.after(1, 1)
        transitions.give_back(
            request=request,
            by=plan.team.supervisor,
            version=case.version,
            reason="Lengkapi sumber data dan tindak lanjutnya, lalu ajukan lagi.",
        )


def _ending(plan: Plan, case: Case) -> dict[str, Any]:
    """Aftercare is completed by most; one in four cannot be found any more."""
    if Stage(case.stage) != Stage.AFTERCARE:
        return {}
    if plan.until is None and plan.chance.random() < 0.25:
        reason = "Pindah tanpa alamat; keluarga dan perangkat desa tidak tahu."
        return {"ending": "lost_contact", "event_on": case.institution.today(), "note": reason}
    return {"ending": "completed"}


def end(plan: Plan, time: Moment, case: Case) -> Life:
    """Hand the stage in, and have it approved."""
    case.refresh_from_db()
    in_service = case.stage == Stage.INTERVENTION  # its sheets are asked for again on approval
    _late_sheets(plan, case)
    request = transitions.submit(case=case, by=plan.team.worker, version=case.version, **_ending(plan, case))
    yield time.soon() if in_service else time.after(1, 2)
    transitions.approve(
        request=request,
        by=plan.team.supervisor,
        version=case.version,
        note="Isi tahap lengkap dan sesuai; lanjutkan dengan memperhatikan keluarga.",
    )
    case.refresh_from_db()


def decide(plan: Plan, time: Moment, case: Case, way: str, reason: str, **values: Any) -> Life:
    """Propose a decision of the stage, and carry it to its endorsement."""
    case.refresh_from_db()
    request = transitions.decide(case=case, way=way, reason=reason, by=plan.team.worker, version=case.version, **values)
    yield from carry(plan, time, case, request)


def carry(plan: Plan, time: Moment, case: Case, request: Request) -> Life:
    """A decision through supervisor and head; where the head stands in for the supervisor, both in one act."""
    note, version = "Dasar keputusan memadai.", request.case_version
    yield time.after(0, 1)
    request = transitions.approve(request=request, by=plan.team.supervisor, version=version, note=note)
    if request.state == State.AWAITING_HEAD:
        yield time.after(0, 1)
        transitions.endorse(request=request, by=plan.team.head, version=version)
    case.refresh_from_db()


def intake(plan: Plan, time: Moment, case: Case) -> Life:
    story = plan.story
    yield time.after(1, 2)
    walk.log(
        plan.team, case, "A.k", "Kunjungan rumah: bertemu keluarga dan melihat keadaan tempat tinggal.",
        minutes=120, place="Rumah calon", method=Method.CASEWORK,
    )  # fmt: skip
    yield time.after(1, 3)
    walk.paper(plan.team, case, models.AdminChecklist)
    yield time.soon()
    walk.paper(plan.team, case, models.Eligibility, findings=story["findings"])
    if plan.until == Stage.INTAKE and plan.halts == "working":
        return
    yield time.after(1, 2)
    yield from decide(plan, time, case, "accepted", "Memenuhi syarat dan bersedia mengikuti program.")
    yield time.soon()
    walk.paper(plan.team, case, models.Notice)
    yield time.soon()
    walk.paper(plan.team, case, models.Agreement)
    yield time.after(0, 2)
    walk.paper(plan.team, case, models.Placement, rooms.choose(plan.house.houses, case, plan.chance))


def assessment(plan: Plan, time: Moment, case: Case) -> Life:
    story = plan.story
    yield time.after(2, 4)
    walk.log(plan.team, case, "B.b", "Rancangan asesmen disusun bersama supervisor.", minutes=60)
    yield time.after(2, 4)
    informal, formal, societal = story["resources"]
    rows = [
        {
            "key": aspect.value,
            "label": aspect.label,
            "condition": condition,
            "needs": needs,
            "strengths": strengths,
            "score": plan.chance.randint(1, 3),
        }
        for aspect, (condition, needs, strengths) in zip(Aspect, story["aspects"], strict=True)
    ]
    walk.paper(
        plan.team,
        case,
        models.Assessment,
        {
            "problem_statement": story["problem_statement"],
            "recommendation": story["recommendation"],
            "informal_resources": informal,
            "formal_resources": formal,
            "societal_resources": societal,
        },
        {models.AspectFinding: rows},
    )
    if plan.until == Stage.ASSESSMENT and plan.halts == "working":
        return
    yield time.after(2, 3)
    walk.paper(plan.team, case, models.AssessmentConference)
    yield time.after(1, 2)
    walk.paper(plan.team, case, models.AssessmentReport, results=story["problem_statement"])


def planning(plan: Plan, time: Moment, case: Case) -> Life:
    for bimbingan, problem, goal, indicator, activities in plan.story["goals"]:
        yield time.after(0, 1)
        words = {"problem": problem, "goal": goal, "indicator": indicator, "activities": activities}
        walk.paper(plan.team, case, models.Goal, words, bimbingan=Bimbingan(bimbingan))
    if plan.until == Stage.PLANNING and plan.halts == "working":
        return
    yield time.after(1, 3)
    walk.paper(plan.team, case, models.PlanningConference)
    yield time.after(1, 1)
    walk.paper(plan.team, case, models.PlanConsent)


def intervention(plan: Plan, time: Moment, case: Case) -> Life:
    """Weeks of service, a sheet for every period that ended, and the evaluation of the process at the end."""
    case.refresh_from_db()
    planned, began, turn = Situation(case).planned, time.now, 0
    while (time.now - began).days < plan.days_in_service:
        yield time.after(14, 20)
        case.refresh_from_db()
        account = plan.story["services"][turn % len(plan.story["services"])]
        walk.serve(plan.team, case, planned[turn % len(planned)], account=account, minutes=90)
        if turn == 0 or not plan.house.houses:
            yield time.soon()
            walk.monitor(plan.team, case)
        turn += 1
        due = sheets_due(Situation(case))
        if due and not (plan.until == Stage.INTERVENTION and plan.halts == "working" and plan.chance.random() < 0.3):
            yield time.soon()
            _progress(plan, case, due[0], turn)
    if plan.until == Stage.INTERVENTION and plan.halts == "working":
        return
    for bimbingan in planned:
        yield time.soon()
        walk.serve(plan.team, case, bimbingan, minutes=90)
    yield time.soon()
    walk.paper(plan.team, case, models.ProcessEvaluation)
    for period in sheets_due(Situation(case)):
        yield time.soon()
        _progress(plan, case, period, turn)


def _late_sheets(plan: Plan, case: Case) -> None:
    """A month may end between the last day of service and the day the stage is handed in."""
    if case.stage == Stage.INTERVENTION:
        for period in sheets_due(Situation(case)):
            _progress(plan, case, period, 0)


def _progress(plan: Plan, case: Case, period: Any, turn: int) -> None:
    problem, intervention_, achieved, not_achieved = plan.story["progress"]
    rows = [
        {
            "key": aspect.value,
            "label": aspect.label,
            "problem": problem,
            "intervention": intervention_,
            "achieved": achieved,
            "not_achieved": not_achieved,
            "score": min(5, 2 + turn // 5 + plan.chance.randint(0, 1)),
        }
        for aspect in Aspect
    ]
    walk.paper(plan.team, case, models.ProgressSheet, {"period_on": period}, {models.AspectProgress: rows})


def closing(plan: Plan, time: Moment, case: Case) -> Life:
    goals = [
        {
            "key": str(goal.pk),
            "label": goal.goal,
            "achievement": plan.chance.choice((Achievement.ACHIEVED, Achievement.ACHIEVED, Achievement.PARTLY)),
            "evidence": "Catatan sesi dan daftar hadir",
        }
        for goal in models.Goal.of(case)
    ]
    aspects = [
        {"key": aspect.value, "label": aspect.label, "condition": "Membaik", "score": plan.chance.randint(3, 5)}
        for aspect in Aspect
    ]
    yield time.after(2, 4)
    walk.paper(
        plan.team, case, models.OutcomeEvaluation, {}, {models.GoalOutcome: goals, models.AspectOutcome: aspects}
    )
    if plan.until == Stage.CLOSING and plan.halts == "working":
        return
    yield time.after(1, 2)
    walk.fill(plan.team, case, models.EvaluationConference, models.EvaluationReport)
    yield time.after(1, 2)
    yield from decide(plan, time, case, "terminate", "Tujuan utama tercapai dan keluarga siap menerima.")
    yield time.after(1, 3)
    walk.paper(plan.team, case, models.Readiness)
    yield time.after(1, 3)
    receiver = {"receiver_name": case.client.guardian_name, "receiver_relation": case.client.guardian_relation}
    walk.paper(plan.team, case, models.Handover, receiver)
    yield time.soon()
    walk.paper(plan.team, case, models.TerminationReport)


PARTS = {
    Stage.INTAKE: intake,
    Stage.ASSESSMENT: assessment,
    Stage.PLANNING: planning,
    Stage.INTERVENTION: intervention,
    Stage.CLOSING: closing,
    Stage.AFTERCARE: former.aftercare,
}
