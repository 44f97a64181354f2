"""The monthly report as chapters of tables and pictures, the same on screen and on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.enums import ServiceKind
from cases import reference
from cases.enums import Outcome, Stage, StayEnd
from rehsos.formatting import SHORT_MONTHS, long_date, number
from reports import narrative, obstacles, pictures, proof, session_sheets
from reports.blocks import Cell, Chapter, Column, Facts, Picture, Row, Table, Words, count, numbered, row
from reports.counts import BySex, Flow, MonthReport
from reports.dates import period
from reports.dossier import written_out
from services.catalogue import CATALOGUE, LISTS
from services.enums import Kind
from services.models import MonthWords
from services.workflow import WORKFLOW

# The kinds of decision that the head endorses, with their answers.
DECISIONS: Mapping[Kind, Sequence[tuple[str, str]]] = {
    **{
        step.decision.kind: [(name, way.label) for name, way in step.decision.ways.items()]
        for step in WORKFLOW.values()
        if step.decision
    },
    Kind.EXIT: StayEnd.choices,
    Kind.TRANSFER: (),
    Kind.REVERSAL: (),
}
# A stay ends in any of these ways; only candidates withdraw.
STAY_ENDS = [choice for choice in StayEnd.choices if choice[0] != StayEnd.WITHDREW]
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Links:
    """Where the rows behind a number are listed; empty where no list shows them."""

    cases: str = ""

    def stage(self, stage: Stage) -> str:
        return f"{self.cases}?stage={stage.value}" if self.cases else ""


def chapters(report: MonthReport, links: Links | None = None, words: MonthWords | None = None) -> list[Chapter]:
    """All chapters, numbered. The tables' numbers are those the sheet of checks names; ``words`` are the head's own."""
    links = links if links and report.is_running else Links()
    told = [
        Chapter(_("Ringkasan dan cara menghitung"), [summary(report), Words(method(report))]),
        Chapter(_("Keadaan klien"), [residents(report), year(report), comings(report), categories(report)]),
        Chapter(
            _("Tahap pelayanan"),
            [
                stages(report, links),
                stocks(report),
                candidates(report, links),
                aftercare(report, links),
                decided(report),
            ],
        ),
        Chapter(_("Kegiatan menurut butir"), [work(report)]),
        Chapter(_("Pengajuan dan supervisi"), [requests(report), sign_offs(report)]),
        Chapter(_("Sesi bimbingan dan kehadiran"), session_sheets.blocks(report)),
        Chapter(_("Hambatan"), [obstacles.table(report.obstacles)]),
        *narrative.chapters(words),
        Chapter(_("Pemeriksaan angka"), [proof.sheet(report)]),
    ]
    for letter, chapter in zip(ROMAN, told, strict=False):
        chapter.letter = letter
    numbered(block for chapter in told for block in chapter.blocks)
    return told


def summary(report: MonthReport) -> Facts:
    flow, month = report.stays, report.month
    zone = month.zone_name(report.institution.time_zone)
    end = {"total": flow.end.total, "male": flow.end.male, "female": flow.end.female}
    end = {name: number(value) for name, value in end.items()}
    came = {"came": number(flow.came.total), "left": number(flow.left.total)}
    settled = {"made": number(report.requests.made), "settled": number(report.requests.settled)}
    return Facts(
        [
            (_("Masa laporan"), f"{period(month.first, report.until)} ({zone})"),
            (
                _("Klien akhir bulan"),
                _("%(total)s orang (laki-laki %(male)s, perempuan %(female)s)") % end,
            ),
            (_("Masuk / keluar"), _("%(came)s / %(left)s orang") % came),
            (_("Kegiatan tercatat"), _("%s kali") % number(sum(work.times for work in report.work.values()))),
            (_("Pengajuan"), _("%(made)s diajukan, %(settled)s diselesaikan") % settled),
        ]
    )


def method(report: MonthReport) -> str:
    is_residential = report.institution.service_kind == ServiceKind.RESIDENTIAL
    place = _("penempatan di asrama") if is_residential else _("penempatan dalam program")
    return _(
        "Klien masuk dihitung pada tanggal %(place)s, klien keluar pada tanggal keluarnya; perpindahan tahap dan "
        "supervisi pada tanggalnya. Keadaan awal bulan sama dengan keadaan akhir bulan sebelumnya. Klien dengan "
        "beberapa kategori dihitung satu kali menurut kategori utamanya. Batas hari mengikuti %(zone)s. Tanda – "
        "berarti nihil."
    ) % {"place": place, "zone": report.month.zone_name(report.institution.time_zone)}


def by_sex(lines: Sequence[tuple[str, str, BySex, str]], caption: str, url: str = "") -> Table:
    """Number, words, L, P and total; the tone of a line says whether it is a total, the total may lead to its rows."""
    columns = [
        Column(_("No."), 8, "c"),
        Column(_("Uraian"), 56),
        Column(_("L"), 12, "n"),
        Column(_("P"), 12, "n"),
        Column(_("Jumlah"), 12, "n"),
    ]
    rows = [
        Row([Cell(at), Cell(words), count(n.male), count(n.female), count(n.total, url if tone else "")], tone)
        for at, words, n, tone in lines
    ]
    return Table(columns, rows, caption, head=1)


def listed(counts: Mapping[str, BySex], names: Sequence[tuple[str, str]]) -> list[tuple[str, str, BySex, str]]:
    """Lettered lines under a numbered one."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [
        ("", f"{letter}. {label}", counts.get(name, BySex()), "")
        for letter, (name, label) in zip(letters, names, strict=False)
    ]


def residents(report: MonthReport) -> Table:
    flow, month = report.stays, report.month
    words = {"first": long_date(month.first), "last": long_date(report.until), "month": month.label}
    lines = [
        ("1", _("Keadaan awal bulan (%(first)s)") % words, flow.start, ""),
        ("2", _("Masuk selama %(month)s") % words, flow.came, ""),
        ("3", _("Keluar selama %(month)s") % words, flow.left, ""),
        *listed(report.ends, STAY_ENDS),
        ("4", _("Keadaan akhir bulan (%(last)s) = 1 + 2 − 3") % words, flow.end, "j"),
    ]
    return by_sex(lines, _("Keadaan klien %s") % month.label)


def year(report: MonthReport) -> Table:
    columns = [Column(_("No."), 8, "c"), Column(_("Bulan"), 28)]
    columns += [Column(label, 16, "n") for label in (_("Awal"), _("Masuk"), _("Keluar"), _("Akhir"))]
    rows = [row(str(at), month.label, *_totals(flow)) for at, (month, flow) in enumerate(report.year, 1)]
    caption = _("Mutasi klien Januari s.d. %s") % report.month.label
    if len(report.year) == 1:
        caption = _("Mutasi klien %s") % report.month.label
    return Table(columns, rows, caption, formula=("1", "2", "3", "4", "5", "6 = 3+4−5"), head=1)


def _totals(flow: Flow) -> list[Cell]:
    return [count(n.total) for n in (flow.start, flow.came, flow.left, flow.end)]


def comings(report: MonthReport) -> Picture:
    rows = [(SHORT_MONTHS[month.first.month - 1], flow.came.total, flow.left.total) for month, flow in report.year]
    chart = pictures.pairs_of_bars(rows, (_("Masuk"), _("Keluar")))
    return Picture(
        "reports/print/_pairs_of_bars.html", chart, _("Klien masuk dan keluar tiap bulan %d") % report.month.first.year
    )


def categories(report: MonthReport) -> Table:
    columns = [Column(_("No."), 5, "c"), Column(_("Kategori PPKS utama"), 35)]
    columns += [Column(label, 5, "n") for _part in range(4) for label in (_("L"), _("P"), _("Jml"))]
    known = {**reference.CATEGORIES, "": _("Belum ditentukan")}
    present = [(name, report.categories[name]) for name in known if name in report.categories]
    rows = [row(str(at), known[name], *_each(flow)) for at, (name, flow) in enumerate(present, 1)]
    rows.append(Row([Cell(""), Cell(_("Jumlah")), *_each(report.stays)], "j"))
    groups = (("", 2), (_("Awal bulan"), 3), (_("Masuk"), 3), (_("Keluar"), 3), (_("Akhir bulan"), 3))
    formula = [str(at) for at in range(1, len(columns) + 1)]
    return Table(columns, rows, _("Klien menurut kategori PPKS utama"), groups, formula, head=1)


def _each(flow: Flow) -> list[Cell]:
    return [count(n) for s in (flow.start, flow.came, flow.left, flow.end) for n in (s.male, s.female, s.total)]


def stages(report: MonthReport, links: Links) -> Table:
    columns = [Column(_("No."), 6, "c"), Column(_("Tahap"), 24)]
    heads = (_("Awal"), _("Dibuka"), _("Dari tahap lain"), _("Ke tahap lain"), _("Ditutup"), _("Akhir"))
    columns += [Column(head, 11 if head != heads[-1] else 15, "n") for head in heads]
    lines, sums = [], [0] * len(heads)
    for at, (stage, flow) in enumerate(report.stages.items(), 1):
        parts = (flow.start, flow.opened, flow.from_others, flow.to_others, flow.closed, flow.end)
        values = [part.total for part in parts]
        sums = [total + value for total, value in zip(sums, values, strict=True)]
        cells = [count(value) for value in values[:-1]] + [count(values[-1], links.stage(stage))]
        lines.append(row(str(at), f"{stage.letter}. {stage.label}", *cells))
    cells = [count(value) for value in sums[:-1]] + [count(sums[-1], links.cases)]
    lines.append(Row([Cell(""), Cell(_("Jumlah")), *cells], "j"))
    formula = ("1", "2", "3", "4", "5", "6", "7", "8 = 3+4+5−6−7")
    note = _("Dibuka: termasuk kasus yang dibuka lagi karena klien kembali atau keputusan dibatalkan.")
    return Table(columns, lines, _("Kasus menurut tahap pelayanan"), formula=formula, head=1, note=note)


def stocks(report: MonthReport) -> Picture:
    rows = [(f"{stage.letter}. {stage.label}", flow.end.total) for stage, flow in report.stages.items()]
    return Picture(
        "reports/print/_bars.html", pictures.bars(rows), _("Kasus tiap tahap pada akhir %s") % report.month.label
    )


def candidates(report: MonthReport, links: Links) -> Table:
    flow = report.stages[Stage.INTAKE]
    lines = [
        ("1", _("Calon klien awal bulan (tahap %s)") % written_out(Stage.INTAKE), flow.start, ""),
        ("2", _("Kasus dibuka"), flow.opened, ""),
        ("3", _("Lanjut ke tahap asesmen"), flow.to_others, ""),
        ("4", _("Ditutup tanpa diterima"), flow.closed, ""),
        ("5", _("Calon klien akhir bulan = 1 + 2 − 3 − 4"), flow.end, "j"),
    ]
    return by_sex(lines, _("Calon klien"), links.stage(Stage.INTAKE))


def aftercare(report: MonthReport, links: Links) -> Table:
    flow = report.stages[Stage.AFTERCARE]
    lines = [
        ("1", _("Eks klien dalam bimbingan lanjut awal bulan"), flow.start, ""),
        ("2", _("Masuk bimbingan lanjut"), flow.from_others, ""),
        ("3", _("Bimbingan lanjut berakhir"), flow.closed, ""),
        *listed(report.aftercare_ends, [c for c in Outcome.choices if c[0] in report.aftercare_ends]),
        ("4", _("Eks klien akhir bulan = 1 + 2 − 3"), flow.end, "j"),
        ("5", _("Kunjungan (kali)"), report.visits.times, ""),
        ("6", _("Eks klien yang dikunjungi (orang)"), report.visits.people, ""),
    ]
    return by_sex(lines, _("Bimbingan lanjut"), links.stage(Stage.AFTERCARE))


def decided(report: MonthReport) -> Table:
    """Selection and closing with all their answers, the other kinds of decision with those that were given."""
    lines: list[tuple[str, str, BySex, str]] = []
    for at, (kind, ways) in enumerate(DECISIONS.items(), 1):
        counts = report.endorsed[kind]
        lines.append((str(at), str(kind.label), sum(counts.values(), BySex()), ""))
        lines += listed(counts, [way for way in ways if kind != Kind.EXIT or way[0] in counts])
    total = sum((n for counts in report.endorsed.values() for n in counts.values()), BySex())
    lines.append(("", _("Jumlah"), total, "j"))
    return by_sex(lines, _("Keputusan yang disahkan Kepala UPT"))


def work(report: MonthReport) -> Table:
    """The codes that were worked on, under their list with its total; then the total of all lists."""
    columns = [
        Column(_("Kode"), 10, "c"),
        Column(_("Butir kegiatan"), 62),
        Column(_("Kali"), 12, "n"),
        Column(_("Menit"), 16, "n"),
    ]
    rows = []
    for code, printed in LISTS.items():
        done = [(item, report.work[item.code]) for item in printed.items if item.code in report.work]
        times, minutes = sum(w.times for _i, w in done), sum(w.minutes for _i, w in done)
        rows.append(Row([Cell(code), Cell(printed.name), count(times), count(minutes)], "g"))
        rows += [row(i.code, f"{i.display}.", count(w.times), count(w.minutes)) for i, w in done]
    times, minutes = (sum(part) for part in zip(*report.work.values(), strict=True)) if report.work else (0, 0)
    rows.append(Row([Cell(""), Cell(_("Jumlah")), count(times), count(minutes)], "j"))
    note = _("Baris tebal: daftar butir dengan jumlahnya. Butir tanpa kegiatan pada bulan ini tidak ditulis.")
    return Table(columns, rows, _("Kegiatan menurut butir"), head=1, note=note)


def requests(report: MonthReport) -> Table:
    asked = report.requests
    lines = [
        ("1", _("Menunggu pada awal bulan"), asked.start, ""),
        ("2", _("Diajukan"), asked.made, ""),
        ("3", _("Disetujui supervisor (akhir tahap)"), asked.approved, ""),
        ("4", _("Disahkan Kepala UPT (keputusan)"), asked.endorsed, ""),
        ("5", _("Dikembalikan untuk diperbaiki"), asked.returned, ""),
        ("6", _("Ditarik pekerja sosial"), asked.withdrawn, ""),
        ("7", _("Menunggu pada akhir bulan = 1 + 2 − 3 − 4 − 5 − 6"), asked.end, "j"),
    ]
    columns = [Column(_("No."), 8, "c"), Column(_("Uraian"), 76), Column(_("Jumlah"), 16, "n")]
    rows = [Row([Cell(at), Cell(words), count(value)], tone) for at, words, value, tone in lines]
    return Table(columns, rows, _("Pengajuan"), head=1)


def sign_offs(report: MonthReport) -> Table:
    columns = [
        Column(_("Kode"), 10, "c"),
        Column(_("Supervisi"), 54),
        Column(_("Disetujui"), 18, "n"),
        Column(_("Dikembalikan"), 18, "n"),
    ]
    codes = [code for code in CATALOGUE if code in report.sign_offs]
    rows = [row(code, f"{CATALOGUE[code].display}.", *map(count, report.sign_offs[code])) for code in codes]
    totals = [sum(part) for part in zip(*report.sign_offs.values(), strict=True)] or [0, 0]
    rows.append(Row([Cell(""), Cell(_("Jumlah")), *map(count, totals)], "j"))
    return Table(columns, rows, _("Supervisi pada kasus"), head=1)
