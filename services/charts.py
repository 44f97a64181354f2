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


LINE_LEFT, LINE_RIGHT, LINE_ROW, LINE_UNIT = 12, 278, 66, 6


def lines(columns: Sequence[str], rows: Sequence[tuple[str, Sequence[int | None]]]) -> dict:
    """Scores of 1–5 over time, one small picture under the other; each row has as many scores as there are columns.

    Every point carries its number, the first is hollow, and where a score is missing the line stops.
    """
    step = (LINE_RIGHT - LINE_LEFT) / max(len(columns) - 1, 1)
    places = [LINE_LEFT + at * step for at in range(len(columns))]
    told = [f"{label} {' → '.join(_score(score) for score in scores)}" for label, scores in rows]
    return {
        "title": _("Nilai %(columns)s, skala 1–5: %(parts)s")
        % {"columns": ", ".join(columns), "parts": "; ".join(told)},
        "rows": [_line_row(at * LINE_ROW, label, scores, places) for at, (label, scores) in enumerate(rows)],
        "columns": [
            (f"{x:g}", _anchor(at, len(columns)), name)
            for at, (x, name) in enumerate(zip(places, columns, strict=True))
        ],
        "base": str(len(rows) * LINE_ROW + 12),
        "height": str(len(rows) * LINE_ROW + 18),
    }


def _line_row(top: int, label: str, scores: Sequence[int | None], places: Sequence[float]) -> dict:
    floor = top + LINE_ROW - 8
    points = [
        {"x": f"{x:g}", "y": f"{y:g}", "text_y": f"{y - 7:g}", "score": str(score), "is_first": at == 0}
        for at, (x, score) in enumerate(zip(places, scores, strict=True))
        if score is not None and (y := floor - (score - 1) * LINE_UNIT)
    ]
    return {
        "label": label,
        "base": str(top + 12),
        "floor": str(floor),
        "strokes": _strokes(scores, [(x, floor) for x in places]),
        "points": points,
    }


def _strokes(scores: Sequence[int | None], places: Sequence[tuple[float, int]]) -> list[str]:
    """The line in pieces: each as long as no score is missing."""
    found: list[list[str]] = [[]]
    for score, (x, floor) in zip(scores, places, strict=True):
        if score is None:
            found.append([])
        else:
            found[-1].append(f"{x:g},{floor - (score - 1) * LINE_UNIT:g}")
    return [" ".join(piece) for piece in found if len(piece) > 1]


def _anchor(at: int, number_of: int) -> str:
    return "start" if at == 0 else "end" if at == number_of - 1 else "middle"
