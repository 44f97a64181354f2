"""Mitra rujukan in the demo: the directory of each UPT, entered when the year begins, and referrals in every state."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from accounts.enums import Role
from cases.enums import Stage
from cases.models import Case
from services.demo.people import House
from services.enums import Signer
from services.models import Partner, ReferralCourse
from services.referral_enums import CourseAct
from services.referrals import course, partners

FILE = Path(__file__).with_name("partners.toml")
COURSES = Path(__file__).with_name("referrals.toml")
KNOWN_DAYS = 366


def directory(house: House, turn: int, end: datetime) -> Iterator[datetime]:
    """Yields when the institutions are entered; ``turn`` is the place of the UPT in the demo."""
    yield end.replace(hour=9, minute=30, second=0, microsecond=0) - timedelta(days=KNOWN_DAYS)
    upt = house.institution
    office = next((who for who in house.staff.values() if who.has_role(Role.ADMIN_OFFICE)), house.teams[0].head)
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["partners"]:
        if turn not in row.pop("houses"):
            continue
        days = row.pop("until_days", None)
        until = end.date() + timedelta(days=days) if days is not None else None
        partners.add(institution=upt, values={**row, "agreement_until": until}, by=office)


def courses(house: House, end: datetime) -> Iterator[datetime]:
    """Referrals without leaving, one in each state, of clients that are served; what has nobody is left out."""
    rows = tomllib.loads(COURSES.read_text(encoding="utf-8"))["courses"]
    for turn, row in enumerate(rows):
        yield end.replace(hour=11, minute=0, second=0, microsecond=0) - timedelta(days=row["before"])
        if found := _designed(house, row, turn):
            for before, name, text in row["acts"]:
                yield end.replace(hour=11, minute=5, second=0, microsecond=0) - timedelta(days=before)
                _act(house, found, CourseAct(name), text)


def _designed(house: House, row: dict[str, Any], turn: int) -> ReferralCourse | None:
    worker, today = house.teams[0].worker, house.institution.today()
    mine = Case.objects.visible_to(worker).filter(stage=Stage.INTERVENTION, closed_on=None, is_leaving=False)
    served = list(mine.order_by("opened_on", "pk"))
    case = served[turn % len(served)] if served else None
    partner = Partner.objects.filter(institution=house.institution, name=row["partner"]).first()
    if case is None or partner is None:
        return None
    values = {name: row[name] for name in ("need", "reason", "asked", "parts", "summary")}
    agreed = (
        {"consent": row["consent"], "consent_name": "Klien sendiri", "consent_on": today} if "consent" in row else {}
    )
    if row.get("consent") == Signer.REFUSED:
        agreed |= {"witness_1": "Petugas asrama", "witness_2": "Perawat"}
    return course.design(case=case, values={**values, **agreed, "partner": partner}, by=worker)


def _act(house: House, found: ReferralCourse, name: CourseAct, text: str) -> None:
    """By who may; a case that was closed meanwhile has no more of it."""
    team = house.teams[0]
    who = {course.SUPERVISE: team.supervisor, course.HEAD: team.head}.get(course.ACTS[name].who, team.worker)
    found = ReferralCourse.objects.select_related("case__institution", "institution").get(pk=found.pk)
    if name in course.open_acts(who, found) and Case.objects.visible_to(who).filter(pk=found.case_id).exists():
        course.act(course=found, name=name, on=house.institution.today(), text=text, by=who)
