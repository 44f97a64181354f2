"""Pictures as numbers: what the SVG fragments draw, on screen and on paper alike. Every number is ready text."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cases.enums import Stage
from rehsos.formatting import number

CENTRE_X, CENTRE_Y, UNIT = 140, 108, 16.8  # one point of the scale 1–5 is 16.8 wide
DIRECTIONS = ((0, -1), (1, 0), (0, 1), (-1, 0))  # up, right, down, left
RINGS = (1, 3, 5)
BAR_WIDTH = 92


def radar(aspects: Sequence[tuple[str, int | None, int | None]]) -> dict:
    """Then and now of four aspects, each ``(label, score then, score now)`` on a scale of 1–5; None is not assessed."""
    if len(aspects) != len(DIRECTIONS):
        raise ValueError("the radar has four directions")
    labels = [str(label) for label, _then, _now in aspects]
    scores = [(_score(then), _score(now)) for _label, then, now in aspects]
    parts = [
        _("%(aspect)s %(then)s ke %(now)s") % {"aspect": label, "then": then, "now": now}
        for label, (then, now) in zip(labels, scores, strict=True)
    ]
    return {
        "title": _("Awal ke kini, skala 1–5: %(parts)s") % {"parts": ", ".join(parts)},
        "rings": [_polygon([ring] * 4) for ring in RINGS],
        "axes": "M140 24v168M56 108h168",
        "then": _polygon([then for _label, then, _now in aspects]),
        "now": _polygon([now for _label, _then, now in aspects]),
        "labels": _radar_labels(labels, scores),
    }


def _score(value: int | None) -> str:
    return "–" if value is None else number(value)


def _polygon(scores: Sequence[int | None]) -> str:
    """The corners of a shape; empty as long as one score is missing, for a shape with a hole would lie."""
    if None in scores:
        return ""
    return " ".join(
        f"{CENTRE_X + dx * score * UNIT:g},{CENTRE_Y + dy * score * UNIT:g}"
        for (dx, dy), score in zip(DIRECTIONS, scores, strict=True)
    )


def _radar_labels(labels: list[str], scores: list[tuple[str, str]]) -> list[dict]:
    """Above and below on one line; at the sides the name over its scores."""
    texts = [(f"{then} → ", now) for then, now in scores]
    (up, right, down, left), (up_text, right_text, down_text, left_text) = labels, texts
    return [
        _label("mid", 140, 14, "middle", f"{up} {up_text[0]}", up_text[1]),
        _label("end", 280, 88, "end", right),
        _label("end", 280, 104, "end", *right_text),
        _label("mid", 140, 210, "middle", f"{down} {down_text[0]}", down_text[1]),
        _label("start", 0, 88, "start", left),
        _label("start", 0, 104, "start", *left_text),
    ]


def _label(css: str, x: int, y: int, anchor: str, before: str, strong: str = "") -> dict:
    return {"css": css, "x": str(x), "y": str(y), "anchor": anchor, "before": before, "strong": strong}


def funnel(counts: Sequence[tuple[Stage, int]]) -> dict:
    """Cases per stage as bars; the longest fills the width."""
    most = max((count for _stage, count in counts), default=0) or 1
    rows = []
    for place, (stage, count) in enumerate(counts):
        top = place * 32
        width = round(BAR_WIDTH * count / most)
        rows.append(
            {
                "letter": stage.letter,
                "label": str(stage.label),
                "css": stage.letter.lower(),
                "is_dark": stage.letter >= "D",
                "number": number(count),
                "top": str(top),
                "bar_top": str(top + 3),
                "base": str(top + 16),
                "width": str(width),
                "end": str(168 + width + 6),
            }
        )
    parts = ", ".join(f"{stage.letter} {number(count)}" for stage, count in counts)
    return {
        "title": _("Kasus tiap tahap: %(parts)s") % {"parts": parts},
        "height": str(len(counts) * 32 - 10),
        "rows": rows,
    }
