"""Then and now: the scores of a client in the four aspects, from assessment, progress sheets and evaluation."""

from django.db.models import CharField, F, Value
from django.utils.translation import gettext as _

from cases.enums import Aspect
from cases.models import Case
from rehsos import clock, formatting
from services import charts
from services.models import AspectFinding, AspectOutcome, AspectProgress

THEN, NOW = "then", "now"


def then_and_now(case: Case) -> dict | None:
    """What ``services/_radar.html`` draws; ``None`` before the assessment. All scores come in one query."""
    rows = [_rows(AspectFinding, case, THEN, "record__on")]
    rows += [_rows(AspectProgress, case, NOW, "record__period_on"), _rows(AspectOutcome, case, NOW, "record__on")]
    scores: dict[str, dict[str, int]] = {THEN: {}, NOW: {}}
    days: dict[str, object] = {}
    for when, on, key, score in sorted(rows[0].union(*rows[1:])):
        scores[when][key], days[when] = score, on
    if not scores[THEN]:
        return None
    chart = charts.radar([(str(aspect.label), scores[THEN].get(aspect), scores[NOW].get(aspect)) for aspect in Aspect])
    then_label = _("awal, %s") % formatting.long_date(days[THEN])
    now_label = _("kini, %s") % clock.spelled(days[NOW]).split(" ", 1)[1] if NOW in days else ""
    return {"chart": chart, "then_label": then_label, "now_label": now_label}


def _rows(part: type, case: Case, when: str, day: str):
    marked = part.objects.filter(record__case=case).annotate(when=Value(when, CharField()), day=F(day))
    return marked.order_by().values_list("when", "day", "key", "score")
