"""The home of the dinas: all UPT in numbers, small cells hidden, not one name.

These counts go over every UPT on purpose, so they do not begin with ``visible_to``; no row leaves this module.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import InstitutionKind
from accounts.models import Institution, User
from cases.models import Case, Stay
from services.homes.home import Home, month_start

SMALLEST = 5
NAMES = {
    "open": _("Kasus terbuka"),
    "running": _("Dalam pelayanan"),
    "came": _("Masuk"),
    "gone": _("Keluar"),
}


@dataclass(frozen=True)
class Line:
    """One UPT; numbers as they may be shown."""

    upt: str
    cells: list[tuple[Any, str | int]]


def build(user: User) -> Home:
    first = month_start(user.institution.today())
    upts = list(Institution.objects.filter(kind=InstitutionKind.UPT))
    counts = _counts(first)
    table = [[counts.get(upt.pk, {}).get(name, 0) for name in NAMES] for upt in upts]
    lines = [Line(upt.name, _labelled(map(masked, row))) for upt, row in zip(upts, table, strict=True)]
    context = {"headings": NAMES.values(), "lines": lines, "totals": _labelled(totals(table)) if upts else []}
    return Home("services/home_province.html", context)


def _labelled(cells: Iterable[Any]) -> list[tuple[Any, Any]]:
    return list(zip(NAMES.values(), cells, strict=True))


def masked(number: int) -> str | int:
    """One to four people could be recognised."""
    return f"<{SMALLEST}" if 0 < number < SMALLEST else number


def totals(table: list[list[int]]) -> list[int | None]:
    """The sum of each column, unless it would give a hidden cell away."""
    columns = [list(column) for column in zip(*table, strict=True)]
    return [sum(column) if all(n == 0 or n >= SMALLEST for n in column) else None for column in columns]


def _counts(first: Any) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = {}
    cases = Case.objects.open().order_by().values("institution").annotate(open=Count("pk"))
    stays = Stay.objects.order_by().values("institution")
    stays = stays.annotate(
        running=Count("pk", Q(left_on__isnull=True)),
        came=Count("pk", Q(placed_on__gte=first)),
        gone=Count("pk", Q(left_on__gte=first)),
    )
    for row in [*cases, *stays]:
        found.setdefault(row.pop("institution"), {}).update(row)
    return found
