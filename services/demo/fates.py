"""What happens to some of the demo's clients that does not happen to most: the rows of ``fates.toml``, lived."""

import random
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cases.enums import Stage
from cases.models import Case
from services import addenda, handing_over, models, revising, transitions
from services.demo import leaving, rooms, standing_in, walk
from services.demo.lives import carry, decide, end, go_on
from services.demo.people import House
from services.demo.plan import Life, Moment, Plan
from services.demo.walk import Team

# Days from registration until a stage is reached, at most; in aftercare, until two visits were made.
REACHED_IN = {
    Stage.INTAKE: 10,
    Stage.ASSESSMENT: 26,
    Stage.PLANNING: 45,
    Stage.INTERVENTION: 58,
    Stage.CLOSING: 72,
    Stage.AFTERCARE: 165,
}


@cache
def rows() -> list[dict[str, Any]]:
    return tomllib.loads((Path(__file__).parent / "fates.toml").read_text(encoding="utf-8"))["fate"]


def plans(houses: list[House], end: datetime, chance: random.Random, most: int) -> list[Plan]:
    """One plan for each fate, the first ones where not all are wanted."""
    by_code = {house.institution.code: house for house in houses}
    return [_plan(row, turn, by_code, end, chance) for turn, row in enumerate(rows()[:most])]


def _plan(row: dict[str, Any], turn: int, houses: Mapping[str, House], end: datetime, chance: random.Random) -> Plan:
    house, stage, days = houses[row["upt"]], Stage(row["stage"]), row.get("days", 0)
    before = timedelta(days=REACHED_IN[stage] + days + row["ago"])
    left = row.get("order_days_left")
    return Plan(
        house=house,
        team=_team(house, row.get("team", turn % len(house.teams))),
        category=row.get("category", house.categories[turn % len(house.categories)]),
        begins=end.replace(hour=8, minute=0, second=0, microsecond=0) - before,
        until=stage,
        halts="working",
        days_in_service=days,
        chance=random.Random(chance.random()),
        stop=FATES[row["how"]],
        fate=row,
        is_early=row["how"] in EARLY,
        order_until_on=end.date() + timedelta(days=left) if left else None,
        other=houses[row["receiver"]] if "receiver" in row else None,
    )


def _team(house: House, which: int | str) -> Team:
    """One of the teams of a UPT; or the supervisor who once carried cases alone, so that the head judges them."""
    if isinstance(which, int):
        return house.teams[which]
    head = house.staff["kepala"]
    return Team(house.staff["supervisor"], head, head)


# --- Decisions that go another way ------------------------------------------------------------------------------------
def select(plan: Plan, time: Moment, case: Case) -> Life:
    """Not accepted: told to all sides, and closed where the decision ends the case."""
    way = plan.fate["way"]
    yield time.after(1, 2)
    yield from decide(plan, time, case, way, plan.fate["reason"])
    yield time.soon()
    walk.paper(plan.team, case, models.Notice)
    if way == "waiting_list":
        return
    if way == "referred":
        yield time.soon()
        walk.paper(plan.team, case, models.CandidateReferral)
    yield time.after(1, 2)
    yield from end(plan, time, case)


def close(plan: Plan, time: Moment, case: Case) -> Life:
    """Not terminated: extended, another round, or taken over by somebody else."""
    way = plan.fate["way"]
    yield time.after(1, 2)
    walk.fill(plan.team, case, models.EvaluationConference, models.EvaluationReport)
    yield time.after(1, 2)
    until = {"until_on": time.now.date() + timedelta(days=60)} if way == "extend" else {}
    yield from decide(plan, time, case, way, plan.fate["reason"], **until)
    if way == "refer":
        yield time.after(1, 2)
        walk.fill(plan.team, case, models.Referral, models.ReferralReport)
        yield time.after(1, 2)
        yield from end(plan, time, case)
    if way == "continue":
        yield from go_on(replace(plan, until=Stage.PLANNING, halts="waiting", stop=None), time, case)


def finish(plan: Plan, time: Moment, case: Case) -> Life:
    """Aftercare that ends before it was completed."""
    yield time.after(3, 6)
    case.refresh_from_db()
    request = transitions.submit(
        case=case,
        by=plan.team.worker,
        version=case.version,
        ending=plan.fate["way"],
        event_on=time.now.date(),
        note=plan.fate["reason"],
    )
    yield from carry(plan, time, case, request)


# --- Turns inside a stage ---------------------------------------------------------------------------------------------
def waive(plan: Plan, time: Moment, case: Case) -> Life:
    """One paper may follow: the stage ends without it, and it comes or is still owed."""
    told, team = plan.fate, plan.team
    yield time.after(1, 2)
    walk.fill(team, case, models.AssessmentConference)
    yield time.soon()
    case.refresh_from_db()
    due_on = time.now.date() + timedelta(days=told["days_more"])
    transitions.waive(
        case=case, code=told["code"], due_on=due_on, reason=told["reason"], by=team.head, version=case.version
    )
    yield time.after(1, 1)
    yield from end(plan, time, case)
    if told["settled"]:
        yield time.after(2, 4)
        walk.fill(team, case, models.AssessmentReport)


def send_back(plan: Plan, time: Moment, case: Case) -> Life:
    yield time.after(1, 2)
    case.refresh_from_db()
    transitions.send_back(
        case=case, to=Stage.ASSESSMENT, reason=plan.fate["reason"], by=plan.team.supervisor, version=case.version
    )


def emergency(plan: Plan, time: Moment, case: Case) -> Life:
    """The bed first; the papers of the selection are owed."""
    yield time.soon()
    transitions.admit(case=case, reason=plan.fate["reason"], by=plan.team.worker, version=case.version)
    yield time.soon()
    walk.paper(plan.team, case, models.Placement, rooms.choose(plan.house.houses, case, plan.chance))
    yield time.after(1, 1)
    walk.paper(plan.team, case, models.AdminChecklist)


def note(plan: Plan, time: Moment, case: Case) -> Life:
    """Something that is learned after a stage has ended stands beside it."""
    yield time.after(0, 1)
    addenda.add(case=case, stage=Stage.INTAKE, text=plan.fate["text"], on=time.now.date(), by=plan.team.worker)


def revise(plan: Plan, time: Moment, case: Case) -> Life:
    """A long stay is assessed anew without going back a stage."""
    yield time.after(0, 1)
    case.refresh_from_db()
    revising.revise(case=case, what="assessment", reason=plan.fate["reason"], by=plan.team.worker, version=case.version)


# --- Somebody else decides --------------------------------------------------------------------------------------------
def alone(plan: Plan, time: Moment, case: Case) -> Life:
    """The only supervisor carried the case, so the head judges it; it gets a worker, and the head goes on judging."""
    yield time.after(0, 1)
    worker = plan.house.staff["pekerja2"]
    handing_over.assign(case=case, worker=worker, by=plan.team.head, only=True)
    team = replace(plan.team, worker=worker)
    yield from go_on(replace(plan, team=team, until=Stage.INTERVENTION, halts="working", stop=None), time, case)


def by_stand_in(plan: Plan, time: Moment, case: Case) -> Life:
    """A decision of the days when somebody stood in for the head or the supervisor."""
    yield time.after(0, 1)
    team = standing_in.lend(plan, time)
    yield time.soon()
    kinder = replace(plan, team=team, stop=None)
    if case.stage == Stage.INTAKE:
        yield from decide(kinder, time, case, "accepted", "Memenuhi syarat dan bersedia mengikuti program.")
    else:
        walk.fill(team, case, models.AssessmentConference, models.AssessmentReport)
        yield time.soon()
        yield from end(kinder, time, case)


FATES = {
    "leave": leaving.leave,
    "undo": leaving.undo,
    "readmit": leaving.readmit,
    "transfer": leaving.transfer,
    "select": select,
    "close": close,
    "finish": finish,
    "waive": waive,
    "send_back": send_back,
    "emergency": emergency,
    "note": note,
    "revise": revise,
    "alone": alone,
    "by_stand_in": by_stand_in,
}
EARLY = ("emergency", "alone")
