"""The scores of a client in the four aspects: then and now, and over time; read once for both."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, F, Value
from django.utils.translation import gettext as _

from cases.enums import Aspect
from cases.models import Case
from rehsos import formatting
from services import charts
from services.models import AspectFinding, AspectOutcome, AspectProgress

THEN, SHEET, OUTCOME = "then", "sheet", "outcome"
SHOWN = 10  # moments in the picture; the table has them all


@dataclass(frozen=True)
class Moment:
    """The scores of one assessment, sheet or evaluation, by aspect."""

    what: str
    on: date
    scores: dict[str, int]

    @property
    def place(self) -> tuple[date, int]:
        """A sheet is written at the end of its period, after an assessment of the same month."""
        return self.on.replace(day=1), (THEN, SHEET, OUTCOME).index(self.what)

    @property
    def label(self) -> str:
        if self.what == THEN:
            return _("Asm")
        return _("Akhir") if self.what == OUTCOME else formatting.SHORT_MONTHS[self.on.month - 1]

    @property
    def long_label(self) -> str:
        if self.what == THEN:
            return _("Asesmen, %s") % formatting.long_date(self.on)
        if self.what == OUTCOME:
            return _("Evaluasi hasil, %s") % formatting.long_date(self.on)
        return formatting.month_and_year(self.on)


def moments(case: Case) -> list[Moment]:
    """Every moment at which the four aspects were scored, the oldest first; one query."""
    rows = [_rows(AspectFinding, case, THEN, "record__on")]
    rows += [_rows(AspectProgress, case, SHEET, "record__period_on"), _rows(AspectOutcome, case, OUTCOME, "record__on")]
    found: dict[tuple[date, str], Moment] = {}
    for what, on, key, score in rows[0].union(*rows[1:]):
        found.setdefault((on, what), Moment(what, on, {})).scores[key] = score
    return sorted(found.values(), key=lambda one: one.place)


def then_and_now(told: list[Moment]) -> dict[str, Any] | None:
    """What ``services/_radar.html`` draws; ``None`` before the assessment."""
    first = [one for one in told if one.what == THEN]
    if not first:
        return None
    then = {key: score for one in first for key, score in one.scores.items()}
    now = {key: score for one in told if one.what != THEN for key, score in one.scores.items()}
    chart = charts.radar([(str(aspect.label), then.get(aspect), now.get(aspect)) for aspect in Aspect])
    then_label = _("awal, %s") % formatting.long_date(first[-1].on)
    last = [one for one in told if one.what != THEN]
    now_label = _("kini, %s") % formatting.month_and_year(last[-1].on) if last else ""
    return {"chart": chart, "then_label": then_label, "now_label": now_label}


def over_time(told: list[Moment]) -> dict[str, Any] | None:
    """What ``services/_progress.html`` draws and lists; ``None`` as long as there is nothing to compare."""
    if len(told) < 2 or not any(one.what == SHEET for one in told):
        return None
    shown = told if len(told) <= SHOWN else [told[0], *told[1 - SHOWN :]]
    rows = [(str(aspect.label), [one.scores.get(aspect) for one in shown]) for aspect in Aspect]
    return {
        "chart": charts.lines([one.label for one in shown], rows),
        "aspects": [str(aspect.label) for aspect in Aspect],
        "rows": [(one.long_label, [one.scores.get(aspect) for aspect in Aspect]) for one in told],
        "left_out": len(told) - len(shown),
    }


def _rows(part: type, case: Case, what: str, day: str) -> Any:
    marked = part.objects.filter(record__case=case).annotate(what=Value(what, CharField()), day=F(day))  # type: ignore[attr-defined]
    return marked.order_by().values_list("what", "day", "key", "score")
