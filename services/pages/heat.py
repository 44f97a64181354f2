"""Attendance by week as a picture: a row per bimbingan, a cell per week; the same on screen and on paper."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.enums import Bimbingan
from rehsos import formatting
from services.delivered import Sums

LEFT, CELL, ROW = 0, 24, 46
# On paper, where no stylesheet reaches: the fuller the darker.
GREYS = ("#f4f4f4", "#e8e8e8", "#d5d5d5", "#b8b8b8", "#999", "#444")


def of(rows: Mapping[str, Mapping[date, Sums]], weeks: Sequence[date], is_one_client: bool = True) -> dict[str, Any]:
    """``rows``: bimbingan → Monday → sums. A cell says how often somebody came, or how many per cent came."""
    lines = []
    for place, bimbingan in enumerate(one for one in Bimbingan if one.value in rows):
        top = place * ROW + 20
        here = rows[bimbingan.value]
        lines.append(
            {
                "label": str(bimbingan.label),
                "base": str(top + 12),
                "cells": [_cell(here.get(week), column, top + 18, is_one_client) for column, week in enumerate(weeks)],
            }
        )
    return {
        "title": _title(rows, weeks, is_one_client),
        "height": str(len(lines) * ROW + 22),
        "rows": lines,
        "months": _months(weeks),
    }


def _cell(sums: Sums | None, column: int, top: int, is_one_client: bool) -> dict[str, str]:
    rate = sums.rate if sums else None
    heat = 0 if rate is None else 1 + min(4, rate // 25) if rate else 1
    text = "" if sums is None or rate is None else str(sums.present if is_one_client else rate)
    left = LEFT + column * CELL
    return {
        "x": str(left),
        "y": str(top),
        "base": str(top + 16),
        "middle": str(left + (CELL - 2) // 2),
        "css": f"h-{heat}",
        "fill": GREYS[heat],
        "is_dark": "1" if heat == 5 else "",
        "text": text,
    }


def _months(weeks: Sequence[date]) -> list[dict[str, str]]:
    """The name of a month over its first week."""
    found, before = [], ""
    for column, week in enumerate(weeks):
        name = formatting.SHORT_MONTHS[week.month - 1]
        if name != before and (not found or column - int(found[-1]["column"]) > 1):
            found.append({"x": str(LEFT + column * CELL), "text": name, "column": str(column)})
        before = name
    return found


def _title(rows: Mapping[str, Mapping[date, Sums]], weeks: Sequence[date], is_one_client: bool) -> str:
    parts = []
    for bimbingan in (one for one in Bimbingan if one.value in rows):
        told = sum((rows[bimbingan.value].get(week, Sums()) for week in weeks), Sums())
        parts.append(f"{bimbingan.label} {told.present}/{told.seats}")
    what = _("Kehadiran per minggu") if is_one_client else _("Persentase kehadiran per minggu")
    return f"{what}: {'; '.join(parts)}"
