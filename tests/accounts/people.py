"""People for tests of the doors: one line makes a person with roles in a UPT."""

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, Membership, User

PASSWORD = "kuda-terbang-7"


def upt(code: str = "ANKN") -> Institution:
    return Institution.objects.get_or_create(code=code, defaults={"name": f"UPT {code}"})[0]


def dinas() -> Institution:
    return Institution.objects.get_or_create(
        code="DINSOS", defaults={"name": "Dinas Sosial", "kind": InstitutionKind.DINAS}
    )[0]


def person(username: str = "budi", *roles: Role, institution: Institution | None = None) -> User:
    user = User.objects.create_user(username, PASSWORD, name=username.title())
    for role in roles:
        Membership.objects.create(user=user, institution=institution or upt(), role=role)
    return user
