"""Drawings for paper: one unit is a millimetre, in greys that survive a copying machine, with a number at every bar."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from rehsos.formatting import number

CENTRE_X, CENTRE_Y, UNIT = 52, 28, 4.4  # one point of the scale 1–5 is 4.4 mm long
DIRECTIONS = ((0, -1), (1, 0), (0, 1), (-1, 0))
PLACES = ((52, 4, "middle"), (76, 29, "start"), (52, 54.2, "middle"), (28, 29, "end"))
BAR_TOP, BAR_HEIGHT = 8, 36


def profile(aspects: Sequence[tuple[str, int | None, int | None]]) -> dict[str, Any]:
    """Four aspects on a scale of 1–5, each ``(label, score then, score now)``; ``None`` where nothing was scored."""
    labels = [f"{label} {_scores(then, now)}" for label, then, now in aspects]
    return {
        "title": _("Diagram empat aspek, skala 1–5: %s") % ", ".join(labels),
        "rings": [(_shape([ring] * 4), f"{CENTRE_Y - ring * UNIT + 2.6:g}", str(ring)) for ring in range(1, 6)],
        "then": _shape([then for _label, then, _now in aspects]),
        "now": _shape([now for _label, _then, now in aspects]),
        "labels": [(f"{x:g}", f"{y:g}", anchor, text) for (x, y, anchor), text in zip(PLACES, labels, strict=True)],
    }


def _scores(then: int | None, now: int | None) -> str:
    return " → ".join(str(score) for score in (then, now) if score is not None) or "–"


def _shape(scores: Sequence[int | None]) -> str:
    """The corners of a shape; a shape with a missing corner would lie."""
    if None in scores:
        return ""
    corners = zip(DIRECTIONS, scores, strict=True)
    return " ".join(f"{CENTRE_X + dx * s * UNIT:g},{CENTRE_Y + dy * s * UNIT:g}" for (dx, dy), s in corners if s)


def pairs_of_bars(rows: Sequence[tuple[str, int, int]], names: tuple[str, str]) -> dict[str, Any]:
    """Two bars side by side for each label, e.g. who came and who left in each month."""
    most = max((max(first, second) for _label, first, second in rows), default=0) or 1
    step = 140 / max(len(rows), 1)
    bars, labels = [], []
    for at, (label, first, second) in enumerate(rows):
        left = 14 + at * step + (step - 12) / 2
        labels.append((f"{left + 6:g}", label))
        for value, x, fill in ((first, left, "#222"), (second, left + 6.2, "#fff")):
            height = BAR_HEIGHT * value / most
            top = BAR_TOP + BAR_HEIGHT - height
            bars.append((f"{x:g}", f"{top:g}", f"{height:g}", fill, f"{x + 2.9:g}", f"{top - 1:g}", number(value)))
    parts = [
        f"{label} {names[0].lower()} {number(first)}, {names[1].lower()} {number(second)}"
        for label, first, second in rows
    ]
    return {"title": f"{names[0]}, {names[1]}: {'; '.join(parts)}", "bars": bars, "labels": labels, "names": names}


def bars(rows: Sequence[tuple[str, int]]) -> dict[str, Any]:
    """One bar under the other, the longest across the page."""
    most = max((value for _label, value in rows), default=0) or 1
    drawn = []
    for at, (label, value) in enumerate(rows):
        width = 95 * value / most
        drawn.append((f"{at * 7 + 1:g}", f"{at * 7 + 4.6:g}", label, f"{width:g}", f"{52 + width:g}", number(value)))
    title = ", ".join(f"{label} {number(value)}" for label, value in rows)
    return {"title": title, "rows": drawn, "height": f"{len(rows) * 7:g}"}
