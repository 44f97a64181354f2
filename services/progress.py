"""Progress sheets that many cases owe: one query for homes and lists, with the answer ``due_dates`` gives for each."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from accounts.models import User
from cases.enums import Aspect, Stage
from cases.models import Assignment, Case, in_force
from services.attendees import JSONList
from services.due_dates import periods
from services.enums import State
from services.models import AspectProgress, ProgressSheet, Request, Transition

SOON_DAYS = 7


@dataclass(frozen=True)
class Due:
    """One sheet that is wanted: of which case, for which period, whether the period is over."""

    case: Case
    start: date
    end: date
    is_late: bool


def wanted(user: User, *, own: bool = False, running: bool = False) -> list[Due]:
    """The sheets that cases in sight owe by now or within the week, the oldest first; one query.

    ``own``: only of the cases the reader carries; ``running``: also of periods that have weeks to go. A case that is
    leaving is asked for none.
    """
    today = user.institution.today()
    cases = Case.objects.visible_to(user).filter(stage=Stage.INTERVENTION, is_leaving=False).open()
    told = _told(cases.assigned_to(user) if own else cases, today)
    until = date.max if running else today + timedelta(days=SOON_DAYS)
    found = [due for case in told for due in _of(case, today, until)]
    return sorted(found, key=lambda due: (due.end, due.case.number))


def late(found: list[Due]) -> int:
    return sum(due.is_late for due in found)


def _told(cases: QuerySet[Case], today: date) -> Any:
    """Cases with the day their service began, the periods that have a whole sheet, and what waits."""
    moves = Transition.objects.filter(case=OuterRef("pk"), to_stage=Stage.INTERVENTION, round=OuterRef("round"))
    waiting = Request.objects.filter(case=OuterRef("pk"), state__in=State.waiting())
    held = Assignment.objects.filter(in_force(today), case=OuterRef("pk")).order_by("since_on", "pk")
    return (
        cases.select_related("client", "institution")
        .defer("client__nik")
        .annotate(
            began_on=Subquery(moves.order_by("version").values("on")[:1]),
            waiting_since=Subquery(waiting.values("requested_at")[:1]),
            filled=_filled(),
            worker_name=Subquery(held.values("worker__name")[:1]),
        )
    )


def _filled() -> Subquery:
    """The first days of the periods with a sheet in which no aspect is missing."""
    whole = ProgressSheet.objects.filter(case=OuterRef("pk"), round=OuterRef("round"))
    for aspect in Aspect:
        whole = whole.filter(Exists(AspectProgress.objects.filter(record=OuterRef("pk"), key=aspect)))
    return Subquery(whole.order_by().values("case").annotate(all=JSONList(F("period_on"))).values("all"))


def _of(case: Any, today: date, until: date) -> list[Due]:
    """The periods of one case without a sheet that end by a day or, if it asked for its end, ended before that."""
    if case.began_on is None:
        return []
    upt = case.institution
    filled, since = set(case.filled or ()), case.taken_over_on or date.min
    asked_on = case.waiting_since.astimezone(ZoneInfo(upt.time_zone)).date() if case.waiting_since else None
    return [
        Due(case, start, end, end < today)
        for start, end in periods(case.began_on, today, upt.progress_months)
        if start.isoformat() not in filled and end >= since and (end < asked_on if asked_on else end <= until)
    ]
