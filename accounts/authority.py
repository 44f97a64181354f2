"""Who may look after whose account. Nobody gives what they hold themselves, and nobody manages their own account."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.enums import InstitutionKind, Role, StandInKind
from accounts.mandates import StandIn
from accounts.models import Institution, User

DINAS_ROLES = frozenset({Role.PROVINCE, Role.ADMINISTRATOR})
# They read what is given to them and decide on nothing, so the office may let them in.
BY_OFFICE = frozenset(
    {
        Role.SOCIAL_WORKER,
        Role.INSTRUCTOR,
        Role.BOARDING_OFFICER,
        Role.RELIGIOUS_INSTRUCTOR,
        Role.NURSE,
        Role.PSYCHOLOGIST,
    }
)
BY_HEAD = BY_OFFICE | {Role.SUPERVISOR, Role.SECTION_HEAD, Role.ADMIN_OFFICE}
MANAGERS = (Role.ADMINISTRATOR, Role.HEAD, Role.ADMIN_OFFICE)


def grantable(by: User | None) -> frozenset[Role]:
    """The roles somebody may give and take; ``None`` is the system itself, at the first run."""
    if by is None or by.has_role(Role.ADMINISTRATOR):
        return frozenset(Role)
    if by.has_role(Role.HEAD):
        return BY_HEAD
    return BY_OFFICE if by.has_role(Role.ADMIN_OFFICE) else frozenset()


def fits(role: Role, institution: Institution) -> bool:
    """Whether a role belongs into such an institution."""
    return (role in DINAS_ROLES) == (institution.kind == InstitutionKind.DINAS)


def is_within(by: User | None, institution: Institution) -> bool:
    """Whether somebody may staff this institution."""
    return by is None or by.has_role(Role.ADMINISTRATOR) or by.institution == institution


def why_not_grant(by: User | None, roles: Iterable[Role]) -> str:
    beyond = sorted(set(roles) - grantable(by), key=list(Role).index)
    if not beyond:
        return ""
    return _("Peran ini tidak dapat Anda berikan: %s.") % ", ".join(str(role.label) for role in beyond)


def why_not_manage(by: User | None, person: User) -> str:
    """Roles, password and activity: whoever sets another's password link could sign in as them."""
    if by is None:
        return ""
    if by.pk == person.pk:
        return _("Akun sendiri tidak dapat diurus sendiri; mintalah kepada pengelola akun yang lain.")
    if lasting_roles(person) <= grantable(by):
        return ""
    if by.has_role(Role.HEAD):
        return _("Akun ini hanya diurus oleh administrator.")
    return _("Akun ini hanya diurus oleh Kepala UPT atau administrator.")


def lasting_roles(person: User) -> frozenset[Role]:
    """The roles a person holds or will hold, those included that are or will be lent to them."""
    rows = person.memberships.select_related("institution")
    lent = StandIn.objects.standing().filter(holder=person).exclude(kind=StandInKind.MANDATE)
    held = (row.role for row in rows if row.until_on is None or row.until_on >= row.institution.today())
    return frozenset(map(Role, (*held, *lent.values_list("role", flat=True))))
