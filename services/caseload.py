"""Many cases at once, for lists and homes: what a row shows, who is quiet, who carries how much."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.models import Assignment, Case, CaseQuerySet, Stay, in_force
from services.enums import State
from services.models import Activity, CourtDate, Request
from services.note_enums import CourtState

QUIET_DAYS = 14
SOON_DAYS = 7
BADGES = {
    State.SUBMITTED: (_("diajukan"), "wait"),
    State.AWAITING_HEAD: (_("menunggu pengesahan"), "wait"),
    State.RETURNED: (_("dikembalikan"), "stop"),
}


@dataclass(frozen=True)
class Row:
    """One case as lists show it."""

    case: Case
    workers: str
    days: int
    tone: str
    is_soon: bool
    badge: str
    badge_tone: str
    court_on: date | None


def listed(cases: CaseQuerySet, today: date) -> CaseQuerySet:
    """The cases with everything ``rows`` needs, in two queries whatever their number."""
    mine = Request.objects.filter(case=OuterRef("pk"), case_version=OuterRef("version"))
    ahead = CourtDate.objects.filter(case=OuterRef("pk"), state=CourtState.PLANNED).order_by("on")
    present = Assignment.objects.filter(in_force(today)).select_related("worker")
    return (
        cases.select_related("client")
        .defer("client__nik")
        .annotate(last_state=Subquery(mine.order_by("-requested_at", "-pk").values("state")[:1]))
        .annotate(court_on=Subquery(ahead.values("on")[:1]))
        .prefetch_related(Prefetch("assignments", present, "present"))
    )


def rows(cases: Iterable[Any], today: date) -> list[Row]:
    """What a list shows of cases that came through ``listed``."""
    return [_row(case, today) for case in cases]


def _row(case: Any, today: date) -> Row:
    badge, badge_tone = BADGES.get(case.last_state, ("", ""))
    due = case.next_due_on
    tone = "" if due is None or due > today else "is-late" if due < today else "is-today"
    workers = ", ".join(assignment.worker.name for assignment in case.present)
    is_soon = due is not None and today <= due <= today + timedelta(days=SOON_DAYS)
    return Row(case, workers, (today - case.stage_since_on).days, tone, is_soon, badge, badge_tone, case.court_on)


def quiet(cases: CaseQuerySet, today: date) -> CaseQuerySet:
    """Open cases with nothing done for them in the last two weeks; a supervision is not a contact."""
    since = today - timedelta(days=QUIET_DAYS)
    recent = Activity.objects.filter(links__case=OuterRef("pk"), on__gte=since).exclude(record_kind="supervision")
    return cases.open().filter(~Exists(recent), opened_on__lt=since)


def last_contact(case: str = "pk") -> Subquery:
    """The day of the last work done for a case, as an annotation."""
    done = Activity.objects.filter(links__case=OuterRef(case)).exclude(record_kind="supervision")
    return Subquery(done.order_by("-on").values("on")[:1])


def carried_by(worker: int | str, today: date) -> Q:
    """Cases that somebody is responsible for today."""
    return Q(Exists(Assignment.objects.filter(in_force(today), worker=worker, case=OuterRef("pk"))))


def stays(which: str, today: date) -> Q:
    """Cases with a stay that runs, or that began or ended this month: ``running``, ``came``, ``gone``."""
    first = today.replace(day=1)
    wanted = {"running": Q(left_on__isnull=True), "came": Q(placed_on__gte=first), "gone": Q(left_on__gte=first)}
    return Q(Exists(Stay.objects.filter(wanted[which], case=OuterRef("pk"))))


def late(today: date) -> Q:
    return Q(next_due_on__lt=today)


def due_soon(today: date) -> Q:
    return Q(next_due_on__range=(today, today + timedelta(days=SOON_DAYS)))


def workers(upt: Institution) -> list[User]:
    """The social workers of a UPT by name."""
    members = upt.memberships.filter(role=Role.SOCIAL_WORKER)
    return list(User.objects.filter(is_active=True, memberships__in=members).order_by("name", "pk").distinct())


def loads(upt: Institution, today: date) -> list[User]:
    """The social workers of a UPT with ``open_cases`` and ``late_cases``, the heaviest load first."""
    members = upt.memberships.filter(role=Role.SOCIAL_WORKER)
    carried = Q(in_force_on(today), assignments__case__closed_on__isnull=True, assignments__case__institution=upt)
    overdue = carried & Q(assignments__case__next_due_on__lt=today)
    people = User.objects.filter(is_active=True, memberships__in=members).annotate(
        open_cases=Count("assignments__case", filter=carried, distinct=True),
        late_cases=Count("assignments__case", filter=overdue, distinct=True),
    )
    return list(people.order_by("-open_cases", "name", "pk"))


def in_force_on(today: date) -> Q:
    """``cases.models.in_force``, seen from the worker."""
    return Q(assignments__since_on__lte=today) & (
        Q(assignments__until_on__isnull=True) | Q(assignments__until_on__gt=today)
    )
