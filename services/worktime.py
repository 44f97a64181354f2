"""How much work somebody has on record, by month."""

import re
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from accounts.models import User
from services.due_dates import add_months
from services.models import Activity

MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 1)


def in_month(day: date) -> Q:
    """Activities of the calendar month a day lies in."""
    first = day.replace(day=1)
    return Q(on__gte=first, on__lt=add_months(first, 1))


def done_in_month(user: User, day: date) -> QuerySet[Activity]:
    """The activities of one person in the month of a day."""
    return Activity.objects.filter(in_month(day), by=user)


def of_month(user: User, day: date) -> dict[str, Any]:
    """``number`` of activities and ``minutes`` of one person in the month of a day."""
    sums = done_in_month(user, day).aggregate(number=Count("pk"), minutes=Sum("minutes"))
    return {"number": sums["number"], "minutes": sums["minutes"] or 0, "day": day}


def month(written: str) -> date:
    """The first day of a month written ``2026-07``; ``ValueError`` for what is none, or lies outside 1900–2200."""
    if not MONTH.fullmatch(written):
        raise ValueError(written)
    first = date.fromisoformat(f"{written}-01")
    if not EARLIEST <= first <= LATEST:
        raise ValueError(written)
    return first


def month_before(first: date) -> date:
    return add_months(first, -1)


def month_after(first: date) -> date:
    return add_months(first, 1)
