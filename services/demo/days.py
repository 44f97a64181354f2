"""The ordinary days of a demo UPT: its list of activities, its weekly pattern, and sessions marked as they end."""

import random
import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from accounts.models import User
from cases.models import Stay
from rehsos import clock
from services import arranging, attendees, attending, presence, programme, timetable
from services.attendees import AtHand
from services.attending import Answer
from services.demo.people import House
from services.demo.plan import Life
from services.models import ProgrammeActivity, Session
from services.pages.attendance import FORESEEN
from services.session_enums import Audience, Mark

CLOSELY = 2  # so many weeks before the end, each session is marked as it ends; before that, a day's sessions together
CORRECTED_DAYS = (150, 60, 25, 12, 5)
# Out of a hundred: how many come, and how the others are marked.
MARKS = ((90, Mark.PRESENT), (93, Mark.SICK), (96, Mark.EXCUSED), (99, Mark.ABSENT), (100, Mark.DUTY))


@cache
def written() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "timetable.toml").read_text(encoding="utf-8"))


def live(house: House, end: datetime, chance: random.Random, weeks: int) -> Life:
    """So many weeks up to now, from the first client on. The last days hold sessions that nobody has marked yet."""
    upt = house.institution
    planner = house.teams[0].supervisor
    week = end.replace(hour=5, minute=0, second=0, microsecond=0) - timedelta(days=end.weekday(), weeks=weeks)
    yield week
    programme.begin(institution=upt, beginning=written()[upt.code]["list"], by=planner)
    while not Stay.objects.filter(institution=upt, placed_on__lte=week.date()).exists():
        week += timedelta(weeks=1)
        yield week
    _plan(house, week, end, planner)
    while week <= end:
        yield week
        first = week.date()
        last = first + timedelta(days=7 * arranging.WEEKS_AHEAD - 1)
        arranging.generate(institution=upt, first=first, last=last, by=planner)
        is_close = end - week < timedelta(weeks=CLOSELY)
        yield from (_week if is_close else _past_week)(house, week, end, chance)
        week += timedelta(weeks=1)


def _plan(house: House, begins: datetime, end: datetime, planner: User) -> None:
    """The lines of the pattern, and the days on which nothing takes place."""
    for row in written()[house.institution.code]["slots"]:
        _add(house, row, planner, begins)
    for month, day, name in written()["holidays"]:
        for on in (date(year, month, day) for year in sorted({begins.year, end.year})):
            if begins.date() < on <= end.date() + timedelta(weeks=8):
                timetable.add_holiday(institution=house.institution, on=on, name=name, by=planner)


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


def _past_week(house: House, week: datetime, end: datetime, chance: random.Random) -> Iterator[datetime]:
    """Each day's sessions are marked together in the evening: one query says who was on all their lists."""
    sessions = Session.objects.filter(institution=house.institution)
    for number in range(7):
        evening = (week + timedelta(days=number)).replace(hour=21)
        yield evening
        for now in attendees.of_sessions(sessions.filter(on=evening.date()).order_by("ends_at", "pk")):
            _settle(house, now, chance)


def _week(house: House, week: datetime, end: datetime, chance: random.Random) -> Iterator[datetime]:
    """Each session by itself as it ends; the next day somebody may find that one was marked wrongly."""
    days = (week.date(), week.date() + timedelta(days=6))
    rows = Session.objects.filter(institution=house.institution, on__range=days)
    for session in rows.order_by("on", "ends_at", "pk"):
        ends = datetime.combine(session.on, session.ends_at, end.tzinfo)
        if ends > end:
            return
        yield ends
        is_recent = (end.date() - session.on).days <= 1
        if chance.random() < (0.3 if is_recent else 0.05):
            continue
        _settle(house, attendees.at_hand(session.pk, by=house.teams[0].supervisor), chance)


def corrected(house: House, end: datetime, chance: random.Random) -> Life:
    """More than a day after a session was marked somebody remembers who was not there."""
    for days in CORRECTED_DAYS:
        yield end.replace(hour=13, minute=5, second=0, microsecond=0) - timedelta(days=days)
        held = Session.objects.filter(institution=house.institution, held_at__lt=clock.now() - timedelta(days=2))
        session = held.order_by("-on", "-starts_at").first()
        if session is None:
            continue
        by = house.teams[0].supervisor
        now = attendees.at_hand(session.pk, by=by)
        came = sorted(place.stay for place in now.listed if place.mark == Mark.PRESENT)
        if came:
            stay, reason = chance.choice(came), written()["words"]["corrected"]
            answers = {stay: Answer(Mark.EXCUSED)}
            attending.keep(now, answers=answers, values={}, by=by, version=session.version, reason=reason)


def _settle(house: House, now: AtHand, chance: random.Random) -> None:
    """Held with everybody marked, or cancelled."""
    if now.session.is_cancelled or now.session.first_saved_at:
        return
    if not now.listed:
        _cancel(house, now.session, written()["words"]["nobody"])
    elif chance.random() < 0.03:
        _cancel(house, now.session, chance.choice(written()["words"]["cancelled"]))
    else:
        _mark(house, now, chance)


def _cancel(house: House, session: Session, reason: str) -> None:
    arranging.cancel(session_id=session.pk, reason=reason, by=house.teams[0].supervisor, version=session.version)


def _mark(house: House, now: AtHand, chance: random.Random) -> None:
    session = now.session
    by = session.leader or house.teams[0].supervisor
    away = presence.on_day(session.institution, session.on)
    words = written()["words"]
    order = [place.stay for place in sorted(now.listed, key=lambda place: place.number)]
    answers = {stay: _answer(chance, FORESEEN.get(away[stay]) if stay in away else None) for stay in order}
    is_open = not session.activity.is_confidential
    values = {
        "method": "social_group_work" if is_open else "",
        "material": chance.choice(words["material"]) if is_open else "",
        "result": chance.choice(words["result"]) if is_open else "",
        "obstacle": chance.choice(words["obstacle"]) if is_open and chance.random() < 0.06 else "",
        "is_late_entry": chance.random() < 0.05,
    }
    attending.keep(now, answers=answers, values=values, by=by, version=session.version)


def _answer(chance: random.Random, foreseen: Mark | None) -> Answer:
    drawn = chance.randint(1, 100)
    mark = foreseen or next(mark for limit, mark in MARKS if drawn <= limit)
    if mark != Mark.PRESENT:
        return Answer(mark)
    score = chance.randint(2, 5) if chance.random() < 0.6 else None
    return Answer(mark, score, chance.choice(written()["words"]["note"]) if chance.random() < 0.08 else "")
