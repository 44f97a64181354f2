"""People and cases for tests. Cases walk the real process, so no test starts from an impossible state."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, Membership, User
from cases.enums import Stage
from cases.models import Case, Client
from services.demo import walk

PASSWORD = "sandi-untuk-uji-saja"


@cache
def _hash() -> str:
    return make_password(PASSWORD)


def institution(code: str = "ANKN", **values: Any) -> Institution:
    defaults = {"name": f"UPT Contoh {code}", "kind": InstitutionKind.UPT, "city": "Surabaya"}
    return Institution.objects.get_or_create(code=code, defaults={**defaults, **values})[0]


def user(username: str, *roles: Role, upt: Institution | None = None, **values: Any) -> User:
    person = User.objects.create(
        username=username, password=_hash(), **{"name": username.replace("_", " ").title(), **values}
    )
    Membership.objects.bulk_create(
        Membership(user=person, institution=upt or institution(), role=role) for role in roles
    )
    return person


@dataclass(frozen=True)
class Team(walk.Team):
    """The people of one UPT. ``other_worker`` and ``other_supervisor`` have nothing to do with the cases made here."""

    other_worker: User
    other_supervisor: User


def team(upt: Institution | None = None) -> Team:
    upt = upt or institution()
    tag = upt.code.lower()
    return Team(
        worker=user(f"pekerja_{tag}", Role.SOCIAL_WORKER, upt=upt),
        supervisor=user(f"supervisor_{tag}", Role.SUPERVISOR, upt=upt),
        head=user(f"kepala_{tag}", Role.HEAD, upt=upt),
        other_worker=user(f"pekerja2_{tag}", Role.SOCIAL_WORKER, upt=upt),
        other_supervisor=user(f"supervisor2_{tag}", Role.SUPERVISOR, upt=upt),
    )


def client(people: walk.Team, **values: Any) -> Client:
    return walk.register(people.worker, **values)


def case(people: walk.Team, stage: Stage = Stage.INTAKE, person: Client | None = None) -> Case:
    """A case at the beginning of a stage, arrived there by the real process."""
    return walk.to_stage(people, walk.open_case(people, person or client(people)), stage)
