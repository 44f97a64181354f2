"""The ordinary days of a demo UPT: its list of activities, its weekly pattern, and sessions marked as they end."""

import random
import tomllib
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from accounts.models import User
from cases.models import Stay
from services import arranging, attendees, attending, presence, programme, timetable
from services.attending import Answer
from services.demo.people import House
from services.demo.plan import Life
from services.models import ProgrammeActivity, Session
from services.pages.attendance import FORESEEN
from services.session_enums import Audience, Mark

WEEKS = 10
# Out of a hundred: how many come, and how the others are marked.
MARKS = ((90, Mark.PRESENT), (93, Mark.SICK), (96, Mark.EXCUSED), (99, Mark.ABSENT), (100, Mark.DUTY))


@cache
def written() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "timetable.toml").read_text(encoding="utf-8"))


def live(house: House, end: datetime, chance: random.Random) -> Life:
    """Ten weeks up to now. The last two days hold a session nobody has marked yet."""
    upt = house.institution
    planner = house.teams[0].supervisor
    monday = arranging.monday(end.date())
    begins = end.replace(hour=7, minute=0, second=0, microsecond=0) - timedelta(days=(end.date() - monday).days)
    begins -= timedelta(weeks=WEEKS)
    yield begins
    programme.begin(institution=upt, beginning=written()[upt.code]["list"], by=planner)
    for row in written()[upt.code]["slots"]:
        _add(house, row, planner, begins)
    week = begins
    while week <= end:
        yield week
        first = week.date()
        last = first + timedelta(days=7 * arranging.WEEKS_AHEAD - 1)
        arranging.generate(institution=upt, first=first, last=last, by=planner)
        yield from _week(house, week, end, chance)
        week += timedelta(weeks=1)


def _add(house: House, row: dict[str, Any], planner: User, begins: datetime) -> None:
    upt = house.institution
    activity = ProgrammeActivity.objects.get(institution=upt, name=row["name"])
    leaders = User.objects.filter(memberships__institution=upt, memberships__role=row["role"]).order_by("pk")
    is_house = row["audience"] == Audience.HOUSE
    for turn, day in enumerate(row["days"]):
        leader = leaders[turn % len(leaders)] if leaders else None
        values = {
            "activity": activity,
            "weekday": day,
            "starts_at": time.fromisoformat(row["from"]),
            "ends_at": time.fromisoformat(row["to"]),
            "room": row["room"],
            "leader": leader,
            "leader_name": row.get("external", ""),
            "audience": row["audience"],
            "house": house.houses[0] if is_house and house.houses else "",
            "since_on": begins.date(),
        }
        timetable.add_slot(institution=upt, values=values, by=planner, despite=True)


def _week(house: House, week: datetime, end: datetime, chance: random.Random) -> Iterator[datetime]:
    days = (week.date(), week.date() + timedelta(days=6))
    rows = Session.objects.filter(institution=house.institution, on__range=days).select_related("activity", "leader")
    for session in rows.order_by("on", "ends_at", "pk"):
        ends = datetime.combine(session.on, session.ends_at, end.tzinfo)
        if ends > end:
            return
        yield ends
        is_recent = (end.date() - session.on).days <= 1
        if is_recent and chance.random() < 0.3:
            continue
        if chance.random() < 0.03:
            _cancel(house, session, chance)
        else:
            _mark(house, session, chance)


def _cancel(house: House, session: Session, chance: random.Random) -> None:
    reason = chance.choice(written()["words"]["cancelled"])
    arranging.cancel(session_id=session.pk, reason=reason, by=house.teams[0].supervisor, version=session.version)


def _mark(house: House, session: Session, chance: random.Random) -> None:
    by = session.leader or house.teams[0].supervisor
    listed = [place.stay for place in attendees.at_hand(session.pk, by=by).listed]
    if not listed:
        return
    away = presence.on_day(session.institution, session.on)
    words = written()["words"]
    order = Stay.objects.filter(pk__in=listed).order_by("case__number").values_list("pk", flat=True)
    answers = {stay: _answer(chance, FORESEEN.get(away[stay]) if stay in away else None) for stay in order}
    is_open = not session.activity.is_confidential
    values = {
        "method": "social_group_work" if is_open else "",
        "material": chance.choice(words["material"]) if is_open else "",
        "result": chance.choice(words["result"]) if is_open else "",
        "obstacle": chance.choice(words["obstacle"]) if is_open and chance.random() < 0.06 else "",
        "is_late_entry": chance.random() < 0.05,
    }
    attending.save(session_id=session.pk, answers=answers, values=values, by=by, version=session.version)


def _answer(chance: random.Random, foreseen: Mark | None) -> Answer:
    drawn = chance.randint(1, 100)
    mark = foreseen or next(mark for limit, mark in MARKS if drawn <= limit)
    if mark != Mark.PRESENT:
        return Answer(mark)
    score = chance.randint(2, 5) if chance.random() < 0.6 else None
    return Answer(mark, score, chance.choice(written()["words"]["note"]) if chance.random() < 0.08 else "")
