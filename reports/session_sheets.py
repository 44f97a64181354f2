"""The sessions of a month in its report: planned, held and attended by bimbingan and activity, and as a heat map.

The sums are those of ``services.delivered``, which the recap on screen shows; the sheet of checks says that they agree.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from cases.enums import Bimbingan
from rehsos.formatting import number, short_date
from reports.blocks import Block, Cell, Column, Picture, Row, Table, count
from reports.counts import MonthReport
from services import delivered
from services.delivered import Sums
from services.pages import heat
from services.session_enums import Mark


def blocks(report: MonthReport) -> list[Block]:
    """Two tables, and the picture with its figures where there was any session."""
    found: list[Block] = [sessions(report), attendance(report)]
    if report.weeks:
        found += [weeks(report), week_figures(report)]
    return found


def sessions(report: MonthReport) -> Table:
    """Planned beside held, every bimbingan with its activities."""
    columns = [Column(_("Bimbingan dan kegiatan"), 40)]
    heads = (_("Terjadwal"), _("Terlaksana"), _("Dibatalkan"), _("Belum dicatat"), _("%"))
    columns += [Column(head, 12, "n") for head in heads]
    rows = []
    for bimbingan, sums in _groups(report):
        rows.append(Row([Cell(str(bimbingan.label)), *_held(sums)], "g"))
        rows += [Row([Cell(name), *_held(one)]) for name, one in _activities(report, bimbingan)]
    rows.append(Row([Cell(_("Jumlah")), *_held(total(report))], "j"))
    note = _("% = terlaksana dibagi terjadwal. Sesi hari ini yang belum dicatat tidak dihitung.")
    return Table(columns, rows, _("Sesi bimbingan menurut kegiatan"), note=note)


def attendance(report: MonthReport) -> Table:
    """The marks of held sessions, by bimbingan."""
    columns = [Column(_("Bimbingan"), 30), Column(_("Peserta"), 10, "n")]
    columns += [Column(str(mark.label), 10, "n") for mark in Mark]
    columns.append(Column(_("Hadir (%)"), 10, "n"))
    rows = [Row([Cell(str(bimbingan.label)), *_marks(sums)]) for bimbingan, sums in _groups(report)]
    rows.append(Row([Cell(_("Jumlah")), *_marks(total(report))], "j"))
    note = _("Peserta: nama dalam daftar sesi yang terlaksana, dihitung tiap sesi.")
    return Table(columns, rows, _("Kehadiran menurut bimbingan"), note=note)


def weeks(report: MonthReport) -> Picture:
    chart = heat.of(_weekly(report), delivered.weeks_up_to(report.until), is_one_client=False)
    caption = _("Persentase kehadiran per minggu, %d minggu terakhir") % delivered.WEEKS
    return Picture("services/_heat.html", chart, caption, "sempit")


def week_figures(report: MonthReport) -> Table:
    """The same in figures: plan against delivered, week by week."""
    rows = []
    for week in delivered.weeks_up_to(report.until):
        sums = sum((one for (_kind, monday), one in report.weeks.items() if monday == week), Sums())
        last = week + timedelta(days=6)
        cells = [count(sums.planned), count(sums.held), _rate(sums.delivered), count(sums.seats), _rate(sums.rate)]
        rows.append(Row([Cell(f"{short_date(week)} – {short_date(last)}"), *cells]))
    columns = [Column(_("Minggu"), 34), Column(_("Terjadwal"), 13, "n"), Column(_("Terlaksana"), 13, "n")]
    columns += [Column(_("%"), 13, "n"), Column(_("Peserta"), 13, "n"), Column(_("Hadir (%)"), 14, "n")]
    return Table(columns, rows, _("Rencana dan pelaksanaan per minggu"))


def total(report: MonthReport) -> Sums:
    return sum(report.sessions.values(), Sums())


def _weekly(report: MonthReport) -> dict[str, Mapping[date, Sums]]:
    found: dict[str, dict[date, Sums]] = {}
    for (bimbingan, week), sums in report.weeks.items():
        found.setdefault(bimbingan, {})[week] = sums
    return dict(found)


def _groups(report: MonthReport) -> list[tuple[Bimbingan, Sums]]:
    groups = delivered.by_bimbingan(report.sessions)
    return [(one, groups[one.value]) for one in Bimbingan if one.value in groups]


def _activities(report: MonthReport, bimbingan: Bimbingan) -> list[tuple[str, Sums]]:
    found = [(name, sums) for (kind, _pk, name), sums in report.sessions.items() if kind == bimbingan.value]
    return sorted(found, key=lambda one: one[0])


def _held(sums: Sums) -> list[Cell]:
    counts = (sums.planned, sums.held, sums.cancelled, sums.unrecorded)
    return [*(count(value) for value in counts), _rate(sums.delivered)]


def _marks(sums: Sums) -> list[Cell]:
    return [count(sums.seats), *(count(sums.marks[mark]) for mark in Mark), _rate(sums.rate)]


def _rate(value: int | None) -> Cell:
    return Cell("–" if value is None else number(value))
