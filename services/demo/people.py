"""The invented institutions, staff and names of the demo."""

import random
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from accounts.enums import Employment, InstitutionKind, Role
from accounts.models import Institution, Membership, User
from cases.enums import Sex
from cases.reference import DISTRICTS, regency_of
from services.demo import rooms
from services.demo.walk import Team

FOLDER = Path(__file__).parent
LETTERHEAD = "PEMERINTAH PROVINSI JAWA TIMUR\nDINAS SOSIAL"
CHILDREN = (13, 17)
TEAMS = (("pekerja", "supervisor"), ("pekerja2", "kasi"), ("pekerja2", "supervisor"))
FOUNDED_DAYS = 370  # the institutions are that much older than now
OF_CHILDREN = ("child_in_conflict_with_law", "street_child")
RELIGIONS = ("islam", "islam", "islam", "islam", "protestant", "catholic", "hindu", "buddhist")


@dataclass(frozen=True)
class House:
    """One UPT of the demo: its people, by user name without its suffix, and what its clients are like.

    ``joined_days``: how many days ago the section head came, where that was not before the demo begins.
    """

    institution: Institution
    teams: tuple[Team, ...]
    categories: tuple[str, ...]
    houses: tuple[str, ...]
    ages: tuple[int, int]
    staff: dict[str, User]
    joined_days: int = 0


def read() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "upts.toml").read_text(encoding="utf-8"))


def found(password_hash: str) -> list[House]:
    """Make the institutions and everybody who works in them; they share one password."""
    data = read()
    dinas = data["dinas"]
    home = Institution.objects.create(
        code=dinas["code"], name=dinas["name"], kind=InstitutionKind.DINAS, letterhead=LETTERHEAD
    )
    for person in dinas["staff"]:
        _hire(home, person, "", password_hash)
    return [_open(row, password_hash) for row in data["upt"]]


def _open(row: dict[str, Any], password_hash: str) -> House:
    fields = ("code", "name", "service_kind", "address", "contact", "city", "client_term", "progress_months")
    upt = Institution.objects.create(letterhead=LETTERHEAD, **{name: row[name] for name in fields})
    staff = {person["username"]: _hire(upt, person, row["suffix"], password_hash) for person in row["staff"]}
    teams = tuple(
        Team(staff[worker], staff[supervisor], staff["kepala"]) for worker, supervisor in row.get("teams", TEAMS)
    )
    rooms.build(upt, row, staff["kepala"])
    low, high = row["ages"]
    joined = max((person.get("joined_days", 0) for person in row["staff"]), default=0)
    return House(upt, teams, tuple(row["categories"]), tuple(row["houses"]), (low, high), staff, joined)


def _hire(upt: Institution, person: dict[str, Any], suffix: str, password_hash: str) -> User:
    nip = person.get("nip", "")
    employment = Employment.OTHER if not nip else Employment.CONTRACT if nip[12] == "2" else Employment.CIVIL_SERVANT
    fields = ("name", "title_before", "title_after", "rank", "rank_group", "position")
    user = User.objects.create(
        username=person["username"] + suffix,
        password=password_hash,
        nip=nip,
        employment=employment,
        **{name: person.get(name, "") for name in fields},
    )
    since, until = _ago(upt, person.get("joined_days")), _ago(upt, person.get("was_days"))
    rows = [Membership(user=user, institution=upt, role=Role(role), since_on=since) for role in person["roles"]]
    rows += [Membership(user=user, institution=upt, role=Role(role), until_on=until) for role in person.get("was", ())]
    Membership.objects.bulk_create(rows)
    return user


def _ago(upt: Institution, days: int | None) -> date | None:
    """The day so many days before the end of the demo; ``found`` is called when it begins."""
    return upt.today() + timedelta(days=FOUNDED_DAYS - days) if days else None


def invent(house: House, category: str, born_before: date, chance: random.Random) -> dict[str, Any]:
    """A person who does not exist: the NIK uses district code 99, which no district has."""
    names = read()["names"]
    sex = Sex.FEMALE if category == "vulnerable_woman" or chance.random() < 0.35 else Sex.MALE
    first = chance.choice(names[sex.value])
    name = first if chance.random() < 0.08 else f"{first} {chance.choice(names['last_' + sex.value])}"
    age = chance.randint(*(CHILDREN if category in OF_CHILDREN else house.ages))
    born = born_before.replace(month=1, day=1, year=born_before.year - age) - timedelta(days=chance.randint(0, 364))
    district = chance.choice(list(DISTRICTS))
    knows_birth = chance.random() > 0.1
    guardian, relation = chance.choice(names["guardians"])
    day = born.day + (40 if sex == Sex.FEMALE else 0)
    nik = f"{regency_of(district).replace('.', '')}99{day:02d}{born:%m%y}{chance.randint(1, 9999):04d}"
    return {
        "name": name,
        "nickname": first,
        "sex": sex,
        "birth_place": "Surabaya" if knows_birth else "",
        "birth_on": born if knows_birth else None,
        "estimated_age": None if knows_birth else age,
        "nik": nik if knows_birth and chance.random() > 0.2 else "",
        "religion": chance.choice(RELIGIONS),
        "education": chance.choice(("primary", "junior", "senior")),
        "regency": regency_of(district),
        "district": district,
        "address": f"Jalan Contoh {chance.randint(1, 60)}, RT {chance.randint(1, 9):02d}",
        "guardian_name": guardian,
        "guardian_relation": relation,
        "guardian_phone": f"0812-0000-{chance.randint(0, 9999):04d}",
        "is_protected": category == "child_in_conflict_with_law",
        "primary": category,
    }
