"""A role lent to somebody for some days, by each of the four kinds."""

from datetime import timedelta

from accounts import standins
from accounts.enums import Role, StandInKind
from accounts.models import Membership, User
from tests import factories
from tests.services.process.acts import (
    TODAY,
)


def lend(people, holder: User, what: str, **days) -> User:
    """The holder as their next request finds them, standing in as one of the four kinds."""
    upt = factories.institution()
    section_head = User.objects.filter(username="kasi").first() or factories.user("kasi", Role.SECTION_HEAD)
    kind, role, for_whom, by, second = {
        "plt": (StandInKind.ACTING, Role.HEAD, None, Role.ADMIN_OFFICE, Role.ADMIN_OFFICE),
        "plh": (StandInKind.DAILY, Role.HEAD, people.head, Role.ADMIN_OFFICE, Role.ADMIN_OFFICE),
        "plh_section": (StandInKind.DAILY, Role.SECTION_HEAD, section_head, Role.ADMIN_OFFICE, Role.ADMIN_OFFICE),
        "supervisor": (StandInKind.SUPERVISOR, Role.SUPERVISOR, people.supervisor, Role.HEAD, Role.ADMIN_OFFICE),
    }[what]
    if what == "plt":
        Membership.objects.filter(user=people.head).delete()
    office = factories.user(f"tata_{User.objects.count()}", Role.ADMIN_OFFICE, upt=upt)
    enterer = people.head if by == Role.HEAD else factories.user(f"tata_{User.objects.count()}", by, upt=upt)
    values = {
        "role": role,
        "holder": holder,
        "for_whom": for_whom,
        "order_number": "800/1",
        "order_on": TODAY,
        "since_on": TODAY,
        "until_on": TODAY + timedelta(days=5),
        **days,
    }
    row = standins.enter(kind=kind, values=values, by=enterer)
    standins.confirm(stand_in=row, by=office, version=1)
    return User.objects.get(pk=holder.pk)
