"""How many of those who left live well three, six and twelve months later: bars side by side, in per cent."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from reports.outcomes import MONTHS, Line, Measure

SHOWN = (Measure.FAMILY, Measure.BUSY, Measure.RELAPSED, Measure.BACK, Measure.LOST, Measure.UNKNOWN)
LEFT, WIDTH, BAR, GAP, TOP = 0, 230, 16, 14, 22
FILLS = (("h-3", "#ddd"), ("h-4", "#aaa"), ("h-5", "#444"))


def of(lines: Sequence[Line]) -> dict[str, Any]:
    """One line for each of ``MONTHS``."""
    rows, told, y = [], [], TOP
    for measure in SHOWN:
        shares = [round(100 * line.counts[measure] / line.people) if line.people else None for line in lines]
        bars = [_bar(share, y + 18 + at * BAR, FILLS[at], MONTHS[at]) for at, share in enumerate(shares)]
        rows.append({"label": str(measure.label), "base": str(y + 12), "bars": bars})
        parts = [
            _("bulan ke-%(n)s %(share)s") % {"n": n, "share": _share(s)} for n, s in zip(MONTHS, shares, strict=True)
        ]
        told.append(f"{measure.label}: {', '.join(parts)}")
        y += 18 + len(lines) * BAR + GAP
    return {"title": "; ".join(told), "rows": rows, "height": str(y)}


def _bar(share: int | None, top: int, fill: tuple[str, str], months: int) -> dict[str, str]:
    width = WIDTH * (share or 0) / 100
    return {
        "y": str(top),
        "base": str(top + 11),
        "width": f"{width:g}",
        "end": f"{34 + width + 4:g}",
        "css": fill[0],
        "fill": fill[1],
        "months": str(months),
        "text": _share(share),
    }


def _share(share: int | None) -> str:
    return "–" if share is None else f"{share}%"
