"""Who stood in for whom in the demo: one post lent while a case was decided, and orders that run or are to come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from accounts import standins
from accounts.enums import MandatePaper, Role, StandInKind
from accounts.mandates import StandIn
from accounts.models import User
from services.demo.people import House
from services.demo.plan import Moment, Plan
from services.demo.walk import Team


def lend(plan: Plan, time: Moment) -> Team:
    """Enter an order for some days, confirm it; the team of the case with the stand-in in it."""
    told, staff = plan.fate, plan.house.staff
    today = time.now.date()
    kind = StandInKind(told["kind"])
    values = {
        "for_whom": staff[told["for_whom"]],
        "holder": staff[told["holder"]],
        "order_number": f"800/{today:%m%d}/{plan.house.institution.code}/{today.year}",
        "order_on": today,
        "since_on": today,
        "until_on": today + timedelta(days=told["days_long"]),
    }
    row = standins.enter(kind=kind, values=values, by=staff[told["entered_by"]])
    _confirm(row, staff[told["confirmed_by"]])
    holder = fresh(staff[told["holder"]])
    return replace(plan.team, **{"supervisor" if kind == StandInKind.SUPERVISOR else "head": holder})


def fresh(person: User) -> User:
    """Read anew: what roles somebody has is kept with the person as it was first asked."""
    return User.objects.get(pk=person.pk)


def orders(house: House, end: datetime) -> Iterator[datetime]:
    """What runs today: a mandate for some papers; what is to come; and a post that was vacant for a while."""
    code, staff = house.institution.code, house.staff
    if code == "RBM":
        yield _office(end, days=135)
        _vacant(house, end)
    if code == "ANKN":
        yield _office(end, days=40)
        _mandate(house, end)
        yield _office(end, days=2)
        _coming(house, end)
    if code == "PSTW":
        yield _office(end, days=1)
        today = house.institution.today()
        values = {
            "for_whom": staff["supervisor"],
            "holder": staff["pekerja2"],
            "since_on": today + timedelta(days=5),
            "until_on": today + timedelta(days=12),
        }
        standins.enter(kind=StandInKind.SUPERVISOR, values=values, by=staff["supervisor"])


def _office(end: datetime, *, days: int) -> datetime:
    return end.replace(hour=9, minute=20, second=0, microsecond=0) - timedelta(days=days)


def _vacant(house: House, end: datetime) -> None:
    """Plt. kepala seksi until the new one came."""
    today = house.institution.today()
    values = {
        "role": Role.SECTION_HEAD,
        "holder": house.staff["pekerja2"],
        "order_number": f"821/17/{house.institution.code}/{today.year}",
        "order_on": today,
        "since_on": today,
        "until_on": end.date() - timedelta(days=house.joined_days + 1),
    }
    row = standins.enter(kind=StandInKind.ACTING, values=values, by=house.staff["tatausaha"])
    _confirm(row, house.staff["supervisor"])


def _mandate(house: House, end: datetime) -> None:
    """The head lets the section head sign the reports of two stages, a.n."""
    values = {
        "for_whom": house.staff["kepala"],
        "holder": house.staff["kasi"],
        "order_number": f"800/88/{house.institution.code}/{end.year}",
        "order_on": house.institution.today(),
        "since_on": house.institution.today(),
        "until_on": end.date() + timedelta(days=120),
        "papers": [MandatePaper.ASSESSMENT, MandatePaper.PLANNING],
    }
    standins.enter(kind=StandInKind.MANDATE, values=values, by=house.staff["kepala"])


def _coming(house: House, end: datetime) -> None:
    """The head will be away next week; nobody has confirmed it yet."""
    values = {
        "for_whom": house.staff["kepala"],
        "holder": house.staff["kasi"],
        "order_number": f"800/97/{house.institution.code}/{end.year}",
        "order_on": house.institution.today(),
        "since_on": end.date() + timedelta(days=6),
        "until_on": end.date() + timedelta(days=10),
    }
    standins.enter(kind=StandInKind.DAILY, values=values, by=house.staff["tatausaha"])


def _confirm(row: StandIn, by: User) -> None:
    standins.confirm(stand_in=row, by=by, version=row.version)
