"""How a former client fares over time as one picture: a row for each side of life, a column for each visit.

The same drawing on screen and on paper; a mark in every cell says what its colour says.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rehsos.formatting import SHORT_MONTHS
from services.aftercare.enums import Acceptance, Living, Pursuit, Standing
from services.enums import Relapse
from services.models import AftercareMiss, AftercareVisit

LEFT, CELL, ROW, TOP = 118, 36, 30, 36
FEWEST, MOST = 6, 16  # columns
GOOD, FAIR, POOR, NONE = "good", "fair", "poor", "none"
MARKS = {GOOD: "✓", FAIR: "~", POOR: "✗", NONE: "?"}
GREYS = {GOOD: "#d5d5d5", FAIR: "#f0f0f0", POOR: "#444", NONE: "#fff"}

ROWS: tuple[tuple[str, Any, Mapping[str, str]], ...] = (
    (
        "living",
        gettext_lazy("Tempat tinggal"),
        {
            **dict.fromkeys((Living.FAMILY, Living.RELATIVES, Living.FOSTER, Living.ALONE), GOOD),
            Living.INSTITUTION: FAIR,
            **dict.fromkeys((Living.DETAINED, Living.STREET), POOR),
        },
    ),
    (
        "acceptance",
        gettext_lazy("Keluarga"),
        {
            Acceptance.ACCEPTED: GOOD,
            Acceptance.PARTLY: FAIR,
            Acceptance.NO_FAMILY: FAIR,
            Acceptance.REJECTED: POOR,
        },
    ),
    (
        "pursuit",
        gettext_lazy("Sekolah, kerja"),
        {
            **dict.fromkeys((*Pursuit.busy(), Pursuit.HOUSEHOLD), GOOD),
            **dict.fromkeys((Pursuit.SEEKING, Pursuit.UNABLE), FAIR),
            Pursuit.IDLE: POOR,
        },
    ),
    (
        "standing",
        gettext_lazy("Masyarakat"),
        {Standing.TAKES_PART: GOOD, Standing.QUIET: FAIR, Standing.SHUNNED: POOR},
    ),
    (
        "relapse",
        gettext_lazy("Kekambuhan"),
        {Relapse.NONE: GOOD, Relapse.SUSPECTED: FAIR, Relapse.YES: POOR},
    ),
)


def of(visits: Iterable[AftercareVisit], missed: Iterable[AftercareMiss]) -> dict[str, Any] | None:
    """What the drawing needs; nothing where nobody has gone yet. The last visits, if there are very many."""
    columns = sorted([*visits, *missed], key=lambda row: (row.on, row.pk))[-MOST:]
    if not columns:
        return None
    width = LEFT + max(len(columns), FEWEST) * CELL
    heads = [_head(place, row.on) for place, row in enumerate(columns)]
    lines = [_line(place, row, columns) for place, row in enumerate(ROWS)]
    return {
        "title": _title(columns),
        "width": str(width),
        "height": str(TOP + len(ROWS) * ROW),
        "heads": heads,
        "rows": lines,
        "gaps": [_gap(place) for place, row in enumerate(columns) if isinstance(row, AftercareMiss)],
    }


def _head(place: int, day: date) -> dict[str, str]:
    middle = str(LEFT + place * CELL + (CELL - 4) // 2)
    return {"x": middle, "day": f"{day.day} {SHORT_MONTHS[day.month - 1]}", "year": str(day.year)}


def _line(place: int, row: tuple[str, Any, Mapping[str, str]], columns: list[Any]) -> dict[str, Any]:
    name, label, tones = row
    top = TOP + place * ROW
    cells = [
        _cell(column, top, tones.get(getattr(visit, name), NONE))
        for column, visit in enumerate(columns)
        if isinstance(visit, AftercareVisit)
    ]
    return {"label": str(label), "base": str(top + 18), "cells": cells}


def _cell(column: int, top: int, tone: str) -> dict[str, str]:
    left = LEFT + column * CELL
    return {
        "x": str(left),
        "y": str(top),
        "middle": str(left + (CELL - 4) // 2),
        "base": str(top + 18),
        "tone": tone,
        "fill": GREYS[tone],
        "is_dark": "1" if tone == POOR else "",
        "mark": MARKS[tone],
    }


def _gap(column: int) -> dict[str, str]:
    """A column in which nobody was met."""
    left = LEFT + column * CELL
    return {"x": str(left), "y": str(TOP), "height": str(len(ROWS) * ROW - 4), "middle": str(left + (CELL - 4) // 2)}


def _title(columns: list[Any]) -> str:
    """The whole picture in words, for who does not see it."""
    parts = []
    for row in columns:
        day = f"{row.on.day} {SHORT_MONTHS[row.on.month - 1]} {row.on.year}"
        if isinstance(row, AftercareMiss):
            parts.append(_("%s tidak bertemu") % day)
        else:
            told = [str(getattr(row, f"get_{name}_display")()).lower() for name, _label, _tones in ROWS]
            parts.append(f"{day}: {', '.join(told)}")
    return _("Keadaan eks klien pada tiap kunjungan. %s") % "; ".join(parts)
