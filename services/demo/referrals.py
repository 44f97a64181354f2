"""Mitra rujukan in the demo: the directory of each UPT, entered by its office when the year begins."""

import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from accounts.enums import Role
from services.demo.people import House
from services.referrals import partners

FILE = Path(__file__).with_name("partners.toml")
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
