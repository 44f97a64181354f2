"""The six stages of one case with their dates, as the stepper draws them."""

from datetime import date

from django.utils.translation import gettext as _

from cases.enums import Stage
from rehsos import formatting
from services.enums import Move
from services.pages import links
from services.situation import Situation


def steps(now: Situation) -> list[dict]:
    """Six steps: those behind with their days, the present one with what it waits for, those ahead."""
    return [
        {
            "letter": stage.letter,
            "label": str(stage.label),
            "state": _state(now, stage),
            "note": _note(now, stage),
            "url": links.stage(now.case, stage) if stage.position <= now.stage.position else "",
        }
        for stage in Stage
    ]


def _state(now: Situation, stage: Stage) -> str:
    if stage == now.stage:
        return "now"
    return "done" if stage.position < now.stage.position else "todo"


def _note(now: Situation, stage: Stage) -> str:
    if stage == now.stage:
        return _present(now)
    if stage.position > now.stage.position:
        return "–" if now.case.is_closed else _("belum")
    if now.is_before_system(stage):
        return _("sebelum sistem")
    began, ended = span(now, stage)
    if began is None or ended is None:
        return ""
    return f"{_brief(began)} – {_brief(ended)}"


def _present(now: Situation) -> str:
    if now.case.closed_on:
        return _("ditutup %s") % _brief(now.case.closed_on)
    if now.waiting:
        return _("diajukan %s") % _brief(formatting.local_date(now.waiting.requested_at))
    return _("sejak %s") % formatting.day_and_month(now.case.stage_since_on)


def _brief(day: date) -> str:
    """``26 Okt`` this year, ``26 Okt 2025`` in another: a step is narrow."""
    text = formatting.short_date(day)
    return text if day.year != formatting.today().year else text.rsplit(" ", 1)[0]


def is_reached(now: Situation, stage: Stage) -> bool:
    """Whether the case is or has been in a stage; only then is there something to report on it."""
    return any(move.to_stage == stage for move in now.transitions)


def span(now: Situation, stage: Stage) -> tuple[date | None, date | None]:
    """The days a stage began and ended in the present round; ``None`` for what has not been."""
    began = now.began_on(stage)
    left = [move.on for move in now.transitions if move.from_stage == stage and move.move == Move.FORWARD]
    return began, left[-1] if left else None
