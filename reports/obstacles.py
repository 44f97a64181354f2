"""What stood in the way in a month, by bimbingan: open before, named, overcome, open after; and what was tried."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Aggregate, Count, F, Q, QuerySet, Value
from django.utils.translation import gettext as _

from accounts.models import Institution
from cases.enums import Bimbingan
from reports.blocks import Cell, Column, Row, Table, count
from reports.counts import ObstacleFlow, ObstacleMonth
from reports.months import Month
from services.models import Activity, Obstacle, ObstacleEffort, Session
from services.session_enums import SessionState
from services.workflow import PAIRS

CODES = tuple(dict.fromkeys(pair.obstacle for pair in PAIRS.values()))
RECORDS = ("obstacle", "obstacleeffort", "session")


def counted(institution: Institution, month: Month) -> ObstacleMonth:
    """Four independent counts over obstacles, those over efforts and sessions, and the work logged of them all."""
    within = (month.first, month.last)
    stood = Obstacle.objects.filter(institution=institution, on__lte=month.last)
    stood = stood.filter(Q(overcome_on__isnull=True) | Q(overcome_on__gte=month.first))
    open_after = Q(overcome_on__isnull=True) | Q(overcome_on__gt=month.last)
    flow = (Q(on__lt=month.first), Q(on__range=within), Q(overcome_on__range=within), open_after)
    tried = ObstacleEffort.objects.filter(obstacle__institution=institution, on__range=within)
    met = Session.objects.filter(institution=institution, on__range=within, state=SessionState.HELD)
    work = Activity.objects.filter(institution=institution, code__in=CODES, on__range=within)
    asked = [
        _lines("flow", stood, "bimbingan", *(Count("pk", filter=test) for test in flow)),
        _lines("tried", tried, "obstacle__bimbingan", Count("pk")),
        _lines("met", met.exclude(obstacle=""), "activity__bimbingan", Count("pk")),
        _lines("work", work, "record_kind", Count("pk")),
    ]
    told: dict[str, dict[str, list[int]]] = {"flow": {}, "tried": {}, "met": {}, "work": {}}
    for what, key, *numbers in asked[0].union(*asked[1:], all=True):
        told[what][key] = numbers
    first = {what: Counter({key: numbers[0] for key, numbers in rows.items()}) for what, rows in told.items()}
    flows = {key: ObstacleFlow(*numbers) for key, numbers in told["flow"].items()}
    return ObstacleMonth(flows, first["tried"], first["met"], first["work"])


def _lines(what: str, rows: QuerySet[Any], key: str, *numbers: Aggregate) -> QuerySet[Any]:
    """One line for each key: what is counted, the key, and four numbers, those not asked for nothing."""
    kept = [*numbers, *(Value(0) for _rest in range(4 - len(numbers)))]
    counts = {f"number_{at}": one for at, one in enumerate(kept)}
    named = rows.order_by().annotate(what=Value(what), key=F(key)).values("what", "key")
    return named.annotate(**counts).values_list("what", "key", *counts)


def table(found: ObstacleMonth) -> Table:
    """Every bimbingan in which something stood in the way, its effort and where it stands."""
    columns = [Column(_("Bimbingan"), 28)]
    heads = (_("Awal bulan"), _("Muncul"), _("Teratasi"), _("Belum teratasi"), _("Upaya lanjutan"), _("Dari sesi"))
    columns += [Column(head, 12, "n") for head in heads]
    names = [one for one in Bimbingan if one in found.flows or found.tried[one] or found.met[one]]
    rows = [Row([Cell(str(one.label)), *_cells(found, [one])]) for one in names]
    rows.append(Row([Cell(_("Jumlah")), *_cells(found, names)], "j"))
    note = _(
        "Hambatan pada kasus: belum teratasi = awal bulan + muncul − teratasi; tiap hambatan yang muncul disertai "
        "upayanya. Dari sesi: sesi terlaksana yang mencatat hambatan."
    )
    return Table(columns, rows, _("Hambatan menurut bimbingan"), note=note)


def _cells(found: ObstacleMonth, names: Sequence[str]) -> list[Cell]:
    flow = found.total(names)
    tried, met = (sum(counts[name] for name in names) for counts in (found.tried, found.met))
    return [count(value) for value in (*flow, tried, met)]


def figures(found: ObstacleMonth) -> tuple[int, int]:
    """The rows of the table as pieces of work, and the work logged under the codes of obstacles for them."""
    told = found.total().named + found.tried.total() + found.met.total()
    return told, sum(found.work[kind] for kind in RECORDS)
