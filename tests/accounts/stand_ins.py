"""Orders for tests: the people who give and confirm them, and one order in force."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from accounts import standins
from accounts.enums import Role, StandInKind
from accounts.mandates import StandIn
from accounts.models import Institution, User
from rehsos import clock
from tests.accounts.people import dinas, person, upt

DAILY, ACTING, MANDATE, SUPERVISOR = (
    StandInKind.DAILY,
    StandInKind.ACTING,
    StandInKind.MANDATE,
    StandInKind.SUPERVISOR,
)
EVERYBODY = ("head", "office", "section_head", "supervisor", "worker", "nurse", "colleague", "admin")
FOR_HEAD = (StandInKind.ACTING, StandInKind.DAILY)


@dataclass(frozen=True)
class Staff:
    """The people of a UPT and two of the dinas."""

    upt: Institution
    head: User
    office: User
    other_office: User
    section_head: User
    supervisor: User
    other_supervisor: User
    worker: User
    nurse: User
    colleague: User
    admin: User


def staff(code: str = "ANKN") -> Staff:
    here = upt(code)

    def member(name: str, role: Role) -> User:
        return person(f"{name}_{code.lower()}", role, institution=here)

    return Staff(
        upt=here,
        head=member("kepala", Role.HEAD),
        office=member("tatausaha", Role.ADMIN_OFFICE),
        other_office=member("tatausaha2", Role.ADMIN_OFFICE),
        section_head=member("kasi", Role.SECTION_HEAD),
        supervisor=member("supervisor", Role.SUPERVISOR),
        other_supervisor=member("supervisor2", Role.SUPERVISOR),
        worker=member("pekerja", Role.SOCIAL_WORKER),
        nurse=member("perawat", Role.NURSE),
        colleague=person(f"dinas_{code.lower()}", Role.PROVINCE, institution=dinas()),
        admin=person(f"admin_{code.lower()}", Role.ADMINISTRATOR, institution=dinas()),
    )


def today(people: Any) -> date:
    return people.head.institution.today()


def order(people: Any, **changes: Any) -> dict[str, Any]:
    """What an order for the head's post says: from today for ten days."""
    usual = {
        "role": Role.HEAD,
        "holder": people.supervisor,
        "for_whom": people.head,
        "order_number": "800.1.11.1/217/2026",
        "order_on": today(people),
        "since_on": today(people),
        "until_on": today(people) + timedelta(days=9),
    }
    return usual | changes


def entered(people: Any, kind: StandInKind = StandInKind.DAILY, by: User | None = None, **changes: Any) -> StandIn:
    return standins.enter(kind=kind, values=order(people, **changes), by=by or people.office)


def confirmed(people: Any, by: User | None = None, **changes: Any) -> StandIn:
    row = entered(people, **changes)
    return standins.confirm(stand_in=row, by=by or people.other_office, version=row.version)


def anew(person: User) -> User:
    """The person as their next request finds them."""
    return User.objects.get(pk=person.pk)


def roles(user: User, days: int = 0) -> set[str]:
    """The roles of a fresh request some days later."""
    with clock.at(clock.now() + timedelta(days=days)):
        return set(anew(user).roles)


def supervisor_order(people: Staff, **changes):
    values = {"role": Role.SUPERVISOR, "holder": people.worker, "for_whom": people.supervisor, "order_number": ""}
    return {"kind": SUPERVISOR, "by": people.other_supervisor, **values, "order_on": None} | changes


def mandate(people: Staff, **changes):
    return {"kind": MANDATE, "by": people.head, "holder": people.section_head, "papers": ["assessment"]} | changes
