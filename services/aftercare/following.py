"""A UPT that changes its months of visits moves the next visit of everybody who has no days of their own."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from accounts.models import Institution
from cases.enums import Stage
from cases.models import Case, Stay
from services.aftercare.schedule import days_after, months_of, next_day, slots
from services.enums import State
from services.models import AftercareMiss, AftercareSchedule, AftercareVisit, Request


@transaction.atomic
def settings_changed(institution: Institution, changed: Collection[str]) -> None:
    """Bring the due dates of the UPT's former clients up to date; a few queries, whatever their number."""
    if "aftercare_months" not in changed:
        return
    cases = list(_concerned(institution))
    visits, misses = _days(AftercareVisit, cases), _days(AftercareMiss, cases)
    months, today = months_of(institution.aftercare_months), institution.today()
    due: dict[date | None, list[int]] = defaultdict(list)
    for case in cases:
        since = case.taken_over_on or date.min
        days = [day for day in days_after(case.left_on, months) if day >= since]
        seen = [on for on, _again in visits[case.pk] if on >= since]
        due[next_day(slots(case.left_on, days, seen, today), seen, misses[case.pk])].append(case.pk)
    for day, keys in due.items():
        Case.objects.filter(pk__in=keys).update(next_due_on=day)


def _concerned(institution: Institution) -> Any:
    own = AftercareSchedule.objects.filter(case=OuterRef("pk"))
    waiting = Request.objects.filter(case=OuterRef("pk"), state__in=State.waiting())
    left = Stay.objects.filter(case=OuterRef("pk"), left_on__isnull=False).order_by("-placed_on", "-pk")
    rows = Case.objects.open().filter(~Exists(own), ~Exists(waiting), institution=institution, stage=Stage.AFTERCARE)
    rows = rows.annotate(left_on=Subquery(left.values("left_on")[:1])).filter(left_on__isnull=False)
    return rows.select_for_update(of=("self",), no_key=True).order_by("pk")


def _days(kind: Any, cases: list[Any]) -> dict[int, list[tuple[date, date | None]]]:
    """The days of visits, or of those in vain with the day agreed for the next try."""
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    again = "retry_days" if kind is AftercareMiss else "pk"
    rows = kind.objects.filter(case__in=[case.pk for case in cases]).order_by("on", "pk")
    for case, on, days in rows.values_list("case", "on", again):
        found[case].append((on, on + timedelta(days=days) if again == "retry_days" and days else None))
    return found
