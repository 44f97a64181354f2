"""The sheet that proves the numbers of a monthly report: each equality with its figures, and whether it holds."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from rehsos.formatting import number
from reports import obstacles
from reports.blocks import Column, Table, row
from reports.counts import BySex, Flow, MonthReport
from services.catalogue import CATALOGUE, Kind
from services.delivered import Sums
from services.session_enums import Mark
from services.workflow import stage_of_sign_off


class Check(NamedTuple):
    """An equality: what must be equal, the figures as they stand, and whether they are."""

    words: str
    figures: str
    holds: bool


def checks(report: MonthReport) -> list[Check]:
    """Every equality between the tables and with the month before."""
    return [*_clients(report), *_stages(report), *_process(report), *_sessions(report), *_obstacles(report)]


def _clients(report: MonthReport) -> list[Check]:
    flow, month = report.stays, report.month
    parts = list(report.categories.values())
    return [
        Check(
            _("Tabel 1: awal + masuk − keluar = akhir"),
            f"{_sum(flow.start.total, '+', flow.came.total, '−', flow.left.total)} = {number(flow.end.total)}",
            flow.balances,
        ),
        _equal(
            _("Akhir %(before)s = awal %(month)s") % {"before": month.previous.label, "month": month.label},
            [(report.previous.end.total, flow.start.total)],
            holds=report.previous.end == flow.start,
        ),
        Check(
            _("Tabel 1: keluar = jumlah cara keluar"),
            f"{number(flow.left.total)} = {number(_total(report.ends.values()).total)}",
            flow.left == _total(report.ends.values()),
        ),
        _equal(
            _("Tabel 2: akhir tiap bulan = awal bulan berikutnya, baris terakhir = Tabel 1"),
            [(report.year[-1][1].end.total, flow.end.total)],
            holds=_chains([one for _month, one in report.year]) and report.year[-1][1] == flow,
        ),
        _equal(
            _("Tabel 3 = Tabel 1: awal, masuk, keluar, akhir"),
            [
                (_total(getattr(part, name) for part in parts).total, getattr(flow, name).total)
                for name in ("start", "came", "left", "end")
            ],
            holds=all(
                _total(getattr(part, name) for part in parts) == getattr(flow, name)
                for name in ("start", "came", "left", "end")
            ),
        ),
    ]


def _stages(report: MonthReport) -> list[Check]:
    flows = list(report.stages.values())
    start, end = (_total(getattr(f, name) for f in flows) for name in ("start", "end"))
    opened, closed = (_total(getattr(f, name) for f in flows) for name in ("opened", "closed"))
    came, went = (_total(getattr(f, name) for f in flows) for name in ("from_others", "to_others"))
    return [
        Check(
            _("Tabel 4: awal + dibuka − ditutup = akhir"),
            f"{_sum(start.total, '+', opened.total, '−', closed.total)} = {number(end.total)}",
            start + opened - closed == end,
        ),
        _equal(_("Tabel 4: dari tahap lain = ke tahap lain"), [(came.total, went.total)], holds=came == went),
    ]


def _process(report: MonthReport) -> list[Check]:
    asked = report.requests
    endorsed = _total(n for answers in report.endorsed.values() for n in answers.values()).total
    signed = sum(sum(counts) for counts in report.sign_offs.values())
    worked = sum(work.times for code, work in report.work.items() if _is_on_a_case(code))
    return [
        Check(
            _("Tabel 9: menunggu awal + diajukan − diselesaikan = menunggu akhir"),
            f"{_sum(asked.start, '+', asked.made, '−', asked.settled)} = {number(asked.end)}",
            asked.balances,
        ),
        _equal(_("Keputusan disahkan: Tabel 7 = Tabel 9"), [(endorsed, asked.endorsed)]),
        _equal(_("Supervisi pada kasus: Tabel 10 = Tabel 8"), [(signed, worked)]),
    ]


def _sessions(report: MonthReport) -> list[Check]:
    """Tables 11 and 12 tell of sessions by activity and by bimbingan; the work logged tells of them once more."""
    sums = sum(report.sessions.values(), Sums())
    return [
        Check(
            _("Tabel 11: terlaksana + dibatalkan + belum dicatat = terjadwal"),
            f"{_sum(sums.held, '+', sums.cancelled, '+', sums.unrecorded)} = {number(sums.planned)}",
            sums.held + sums.cancelled + sums.unrecorded == sums.planned,
        ),
        _equal(
            _("Tabel 11 terlaksana, Tabel 12 hadir = kegiatan dan klien yang tercatat dari sesi itu"),
            [(sums.held, report.session_work.times), (sums.present, report.session_work.links)],
        ),
        Check(
            _("Tabel 12: hadir + izin + sakit + alpa + tugas luar = peserta"),
            f"{_sum(*_plus(sums))} = {number(sums.seats)}",
            sum(sums.marks[mark] for mark in Mark) == sums.seats,
        ),
    ]


def _obstacles(report: MonthReport) -> list[Check]:
    """The table of obstacles balances in every bimbingan and is what the work logged tells of them."""
    total = report.obstacles.total()
    return [
        Check(
            _("Tabel hambatan: awal bulan + muncul − teratasi = belum teratasi"),
            f"{_sum(total.start, '+', total.named, '−', total.overcome)} = {number(total.end)}",
            all(flow.balances for flow in report.obstacles.flows.values()),
        ),
        _equal(
            _("Tabel hambatan: muncul + upaya lanjutan + dari sesi = kegiatan yang tercatat dari hambatan itu"),
            [obstacles.figures(report.obstacles)],
        ),
    ]


def _plus(sums: Sums) -> list[int | str]:
    parts: list[int | str] = []
    for mark in Mark:
        parts += ["+", sums.marks[mark]] if parts else [sums.marks[mark]]
    return parts


def _is_on_a_case(code: str) -> bool:
    """Supervisions that sign a case; A.i signs outreach and is logged like any other work."""
    return CATALOGUE[code].kind == Kind.SUPERVISE and stage_of_sign_off(code) is not None


def _equal(words: str, pairs: Sequence[tuple[int, int]], holds: bool | None = None) -> Check:
    figures = "; ".join(f"{number(left)} = {number(right)}" for left, right in pairs)
    return Check(words, figures, all(left == right for left, right in pairs) if holds is None else holds)


def _sum(*parts: int | str) -> str:
    return " ".join(part if isinstance(part, str) else number(part) for part in parts)


def _total(counts: Iterable[BySex]) -> BySex:
    return sum(counts, BySex())


def _chains(flows: Sequence[Flow]) -> bool:
    return all(one.end == following.start for one, following in zip(flows, flows[1:], strict=False))


def sheet(report: MonthReport) -> Table:
    """The checks as a table."""
    columns = [
        Column(_("No."), 6, "c"),
        Column(_("Pemeriksaan"), 52),
        Column(_("Angka"), 30, "c"),
        Column(_("Cocok"), 12, "c"),
    ]
    rows = [
        row(str(at), check.words, check.figures, _("ya") if check.holds else _("TIDAK"))
        for at, check in enumerate(checks(report), 1)
    ]
    return Table(columns, rows, _("Kecocokan antartabel"), head=1)
