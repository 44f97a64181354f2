"""Former clients of a UPT as one list: whose visit is due, who was not met, who is lost. One query for a page."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, TextChoices
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import Outcome, Stage
from cases.models import Assignment, Case, CaseQuerySet, Stay, in_force
from services.enums import State
from services.models import AftercareMiss, AftercareVisit, Request

SOON_DAYS = 30
LOST = (Outcome.LOST_CONTACT,)


class Tab(TextChoices):
    """Which former clients to show; the values stand in addresses."""

    DUE = "", _("Jatuh tempo")
    LATE = "lewat", _("Lewat tenggat")
    MISSED = "tidak-bertemu", _("Tidak bertemu")
    ALL = "semua", _("Semua")
    LOST = "putus", _("Putus kontak")
    DONE = "selesai", _("Selesai")


@dataclass(frozen=True)
class Row:
    """A former client with the last visit and the next."""

    case: Case
    left_on: date | None
    worker: str
    visited_on: date | None
    way: str
    is_waiting: bool
    is_own: bool


def in_sight(user: User) -> CaseQuerySet:
    """Everybody in aftercare, and whose case ended in it."""
    return Case.objects.visible_to(user).filter(stage=Stage.AFTERCARE)


def of_tab(tab: Tab, today: date) -> Q:
    """Cases whose end waits to be decided are visited no more, so they are due for nothing."""
    is_open, asked = Q(closed_on__isnull=True), Q(Exists(_waiting()))
    wanted = {
        Tab.DUE: is_open & ~asked & Q(next_due_on__lte=today + timedelta(days=SOON_DAYS)),
        Tab.LATE: is_open & ~asked & Q(next_due_on__lt=today),
        Tab.MISSED: is_open & ~asked & Q(Exists(_missed())),
        Tab.ALL: is_open,
        Tab.LOST: Q(outcome__in=LOST),
        Tab.DONE: Q(closed_on__isnull=False) & ~Q(outcome__in=LOST),
    }
    return wanted[tab]


def counts(cases: CaseQuerySet, today: date) -> dict[Tab, int]:
    """How many stand under each tab, in one query."""
    found = cases.order_by().aggregate(**{tab.name: Count("pk", of_tab(tab, today)) for tab in Tab})
    return {tab: found[tab.name] for tab in Tab}


def overdue(today: date) -> Q:
    """Of any cases, those whose visit is overdue; for homes."""
    return Q(stage=Stage.AFTERCARE) & of_tab(Tab.LATE, today)


def listed(cases: CaseQuerySet, user: User, today: date) -> CaseQuerySet:
    """The cases with everything ``rows`` needs, the nearest due date first; closed ones by their end."""
    held = Assignment.objects.filter(in_force(today), case=OuterRef("pk")).order_by("since_on", "pk")
    stays = Stay.objects.filter(case=OuterRef("pk"), left_on__isnull=False).order_by("-left_on")
    visits = AftercareVisit.objects.filter(case=OuterRef("pk")).order_by("-on", "-pk")
    found = cases.select_related("client").defer("client__nik")
    return found.order_by(F("closed_on").desc(nulls_first=True), F("next_due_on").asc(nulls_last=True), "-pk").annotate(
        worker_name=Subquery(held.values("worker__name")[:1]),
        left_on=Subquery(stays.values("left_on")[:1]),
        visit=Subquery(visits.values(told=JSONObject(on="on", way="way"))[:1]),
        is_waiting=Exists(_waiting()),
        is_own=Exists(held.filter(worker=user)),
    )


def rows(cases: Any) -> list[Row]:
    return [_row(case) for case in cases]


def _row(case: Any) -> Row:
    visit = case.visit or {}
    on = date.fromisoformat(visit["on"]) if visit else None
    return Row(case, case.left_on, case.worker_name or "", on, visit.get("way", ""), case.is_waiting, case.is_own)


def _missed() -> Any:
    """Nobody was met since the last visit."""
    later = AftercareVisit.objects.filter(case=OuterRef("case"), on__gte=OuterRef("on"))
    return AftercareMiss.objects.filter(~Exists(later), case=OuterRef("pk"))


def _waiting() -> Any:
    return Request.objects.filter(case=OuterRef("pk"), state__in=State.waiting())
