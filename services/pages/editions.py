"""Earlier versions of assessment and plan, which stand beside the present one and are only read."""

from typing import Any

from django.utils.translation import gettext as _

from cases.enums import Stage
from services import reading, records
from services.models import StageRecord
from services.pages import links
from services.pages.panels import Panel, card
from services.situation import Situation


def of(now: Situation, stage: Stage, asked: str) -> list[dict[str, Any]]:
    """The versions gone by of a stage; the one that is asked for is shown with what was written in it."""
    kinds = [kind for kind in records.of_stage(stage) if kind.edition_of]
    present = max((getattr(now.case, kind.edition_of) for kind in kinds), default=1)
    return [
        {
            "label": _("Versi %s") % number,
            "query": f"?versi={number}",
            "panels": _panels(now, kinds, number) if asked == str(number) else None,
        }
        for number in range(1, present)
    ]


def _panels(now: Situation, kinds: list[type[StageRecord]], number: int) -> list[Panel]:
    found = []
    for kind in kinds:
        rows = _rows(now, kind, number)
        if rows:
            cards = [card(row, links.record(now.case, row)) for row in rows]
            found.append(Panel(kind, cards, may_write=False, new_url=""))
    return found


def _rows(now: Situation, kind: type[StageRecord], number: int) -> list[Any]:
    rows = kind._default_manager.filter(
        case=now.case, stage=kind.home, round=now.case.round_of(kind.home), edition=number
    )
    return list(rows.select_related("author").prefetch_related(*reading.parts_of(kind)).order_by("on", "pk"))
