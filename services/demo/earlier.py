"""The running cases with which one UPT of the demo began: taken over as a list, endorsed once, and lived on."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from cases import reference
from cases.enums import Bimbingan, Stage, WayIn
from cases.models import Case
from rehsos import clock
from services import bed_moves, transitions
from services.demo import rooms
from services.demo.lives import go_on
from services.demo.people import House, invent
from services.demo.plan import Life, Moment, Plan
from services.demo.walk import Team
from services.opening import columns, rows
from services.spreadsheets import DAY, Cell, Sheet

BEGAN_DAYS = 364
LIVED_THERE = (200, 500)
CLIENTS = 6


def lives(house: House, end: datetime, chance: random.Random) -> list[Life]:
    """Take over the clients of the first day; how each goes on from there, and the endorsement of the list."""
    first = end.replace(hour=10, minute=0, second=0, microsecond=0) - timedelta(days=BEGAN_DAYS)
    with clock.at(first):
        upt, office = house.institution, house.staff["tatausaha"]
        sheet = _sheet(house, chance)
        transitions.take_over(institution=upt, rows=rows.rows(sheet, upt.today()), by=office)
        cases = list(Case.objects.filter(institution=upt).select_related("client", "institution").order_by("pk"))
        for case in cases:
            _give_bed(house, case, chance)
    goers = [_plan(house, case, turn, first, chance) for turn, case in enumerate(cases)]
    return [_endorse(house, first), *(_live(plan, case) for plan, case in zip(goers, cases, strict=True))]


def _sheet(house: House, chance: random.Random) -> Sheet:
    headings = {at: Cell(str(column.heading)) for at, column in enumerate(columns.COLUMNS)}
    lines = {1: headings}
    for number in range(2, CLIENTS + 2):
        told = _told(house, number, chance)
        lines[number] = {at: told[column.key] for at, column in enumerate(columns.COLUMNS) if column.key in told}
    return Sheet(columns.SHEET, lines)


def _told(house: House, number: int, chance: random.Random) -> dict[str, Cell]:
    """The cells of one client, as the office would type them."""
    today, category = house.institution.today(), house.categories[0]
    person = invent(house, category, today, chance)
    since = today - timedelta(days=chance.randint(*LIVED_THERE))
    words = {
        "old_number": f"{number + 40:03d}/{since.year}",
        "name": person["name"],
        "sex": person["sex"].label,
        "address": person["address"],
        "category": reference.CATEGORIES[category],
        "guardian_name": person["guardian_name"],
        "guardian_relation": person["guardian_relation"],
        "way_in": WayIn.DISTRICT_OFFICE.label,
        "sender": "Dinas Sosial kabupaten (contoh)",
        "stage": Stage.INTERVENTION.letter,
        "worker": house.teams[number % len(house.teams)].worker.username,
        "house": house.houses[0] if person["sex"] == "female" else house.houses[1],
        "planned": "; ".join(str(line.label) for line in (Bimbingan.PHYSICAL, Bimbingan.PSYCHOSOCIAL)),
    }
    days = {
        "birth_on": today.replace(month=1, day=1, year=today.year - chance.randint(*house.ages)),
        "first_contact_on": since - timedelta(days=20),
        "since_intake": since - timedelta(days=14),
        "placed_on": since,
        "since_assessment": since + timedelta(days=3),
        "since_planning": since + timedelta(days=20),
        "since_intervention": since + timedelta(days=30),
    }
    cells = {key: Cell(str(word)) for key, word in words.items() if word}
    return cells | {key: Cell(day.isoformat(), DAY) for key, day in days.items()}


def _give_bed(house: House, case: Case, chance: random.Random) -> None:
    bed = rooms.bed_of(case, rooms.choose(house.houses, case, chance))
    if bed:
        today = case.institution.today()
        reason = "Tempat tidur yang sudah ditempati sebelum sistem."
        bed_moves.move(case=case, bed=bed, on=today, reason=reason, by=house.staff["tatausaha"])


def _plan(house: House, case: Case, turn: int, begins: datetime, chance: random.Random) -> Plan:
    """Whoever lived there lives on: most are still served, some came to the end."""
    worker = case.assignments.get().worker
    team = next(team for team in house.teams if team.worker == worker)
    until = None if turn % 3 == 2 else Stage.INTERVENTION
    return Plan(
        house=house,
        team=Team(team.worker, team.supervisor, team.head),
        category=house.categories[0],
        begins=begins,
        until=until,
        halts="working",
        days_in_service=160 if until is None else BEGAN_DAYS,
        chance=random.Random(chance.random()),
    )


def _live(plan: Plan, case: Case) -> Life:
    time = Moment(plan)
    yield time.after(7, 12)
    yield from go_on(plan, time, case)


def _endorse(house: House, first: datetime) -> Iterator[datetime]:
    yield first + timedelta(days=2)
    opening = house.institution.opening_lists.get()
    note = "Sesuai buku register dan berkas kertas."
    transitions.endorse_list(opening=opening, by=house.staff["kepala"], version=opening.version, note=note)
