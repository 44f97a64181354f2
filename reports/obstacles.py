"""What stood in the way in a month, by bimbingan: open before, named, overcome, open after; and what was tried."""

from collections import Counter
from collections.abc import Sequence

from django.db.models import Count, Q
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
    rows = Obstacle.objects.filter(institution=institution, on__lte=month.last).order_by()
    stood = rows.filter(Q(overcome_on__isnull=True) | Q(overcome_on__gte=month.first)).values_list("bimbingan")
    open_after = Q(overcome_on__isnull=True) | Q(overcome_on__gt=month.last)
    flows = stood.annotate(
        start=Count("pk", filter=Q(on__lt=month.first)),
        named=Count("pk", filter=Q(on__range=within)),
        overcome=Count("pk", filter=Q(overcome_on__range=within)),
        end=Count("pk", filter=open_after),
    )
    tried = ObstacleEffort.objects.filter(obstacle__institution=institution, on__range=within).order_by()
    met = Session.objects.filter(institution=institution, on__range=within, state=SessionState.HELD).order_by()
    met = met.exclude(obstacle="")
    work = Activity.objects.filter(institution=institution, code__in=CODES, on__range=within).order_by()
    return ObstacleMonth(
        flows={kind: ObstacleFlow(*numbers) for kind, *numbers in flows},
        tried=Counter(dict(tried.values_list("obstacle__bimbingan").annotate(Count("pk")))),
        met=Counter(dict(met.values_list("activity__bimbingan").annotate(Count("pk")))),
        work=Counter(dict(work.values_list("record_kind").annotate(Count("pk")))),
    )


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
