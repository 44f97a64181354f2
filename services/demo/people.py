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
OF_CHILDREN = ("child_in_conflict_with_law", "street_child")
RELIGIONS = ("islam", "islam", "islam", "islam", "protestant", "catholic", "hindu", "buddhist")


@dataclass(frozen=True)
class House:
    """One UPT of the demo: its people and what its clients are like."""

    institution: Institution
    teams: tuple[Team, ...]
    categories: tuple[str, ...]
    houses: tuple[str, ...]
    ages: tuple[int, int]


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
        Team(staff[worker], staff[supervisor], staff["kepala"])
        for worker, supervisor in (("pekerja", "supervisor"), ("pekerja2", "kasi"), ("pekerja2", "supervisor"))
    )
    rooms.build(upt, row, staff["kepala"])
    return House(upt, teams, tuple(row["categories"]), tuple(row["houses"]), (row["ages"][0], row["ages"][1]))


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
    Membership.objects.bulk_create(Membership(user=user, institution=upt, role=Role(role)) for role in person["roles"])
    return user


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
