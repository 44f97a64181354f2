"""The days on which a former client is visited, and what became of each: arithmetic without the database."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SlotState(TextChoices):
    DONE = "done", _("Dikunjungi")
    PASSED_OVER = "passed_over", _("Terlewat")
    LATE = "late", _("Lewat tenggat")
    AHEAD = "ahead", _("Terjadwal")


@dataclass(frozen=True)
class Slot:
    """One day of the schedule; ``visited_on`` is the first visit that counts for it."""

    number: int
    due_on: date
    state: SlotState
    visited_on: date | None = None


def months_of(setting: str) -> list[int]:
    """The UPT's setting ("1,3,6,12") as numbers."""
    return [int(month) for month in setting.split(",") if month.strip().isdigit()]


def days_after(left: date, months: Iterable[int]) -> list[date]:
    """The same day of the month so many months later; where there is none, the last of that month."""
    return [_same_day(left, month) for month in months]


def slots(left: date, days: Sequence[date], visits: Iterable[date], today: date) -> list[Slot]:
    """What became of every day.

    A visit counts for the day it is nearest to: from halfway since the one before. An earlier day that nobody kept is
    passed over by it; one without any later visit stays due, however long ago it was.
    """
    before = [left, *days]
    begins = [earlier + (day - earlier) / 2 for earlier, day in zip(before, days, strict=False)]
    kept: dict[int, date] = {}
    for visit in sorted(visits):
        if place := bisect_right(begins, visit):
            kept.setdefault(place - 1, visit)
    last = max(kept, default=-1)
    return [Slot(n + 1, day, _state(n, day, kept, last, today), kept.get(n)) for n, day in enumerate(days)]


def _state(place: int, day: date, kept: dict[int, date], last: int, today: date) -> SlotState:
    if place in kept:
        return SlotState.DONE
    if place < last:
        return SlotState.PASSED_OVER
    return SlotState.LATE if day < today else SlotState.AHEAD


def next_of(found: Iterable[Slot]) -> date | None:
    """The first day that still waits for its visit."""
    return next((slot.due_on for slot in found if slot.state in (SlotState.LATE, SlotState.AHEAD)), None)


def next_day(found: Iterable[Slot], visits: Iterable[date], misses: Iterable[tuple[date, date | None]]) -> date | None:
    """When to go next: the day agreed when nobody was met since the last visit, else by the schedule."""
    visited = max(visits, default=date.min)
    again = [retry_on for on, retry_on in misses if on > visited]
    return (again[-1] if again else None) or next_of(found)


def _same_day(day: date, months: int) -> date:
    total = day.month - 1 + months
    first = date(day.year + total // 12, total % 12 + 1, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return first.replace(day=min(day.day, last.day))
