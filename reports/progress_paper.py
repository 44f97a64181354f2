"""Laporan perkembangan: one progress sheet with the attendance of its period, as a print to be signed."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Bimbingan
from cases.models import Case
from rehsos.formatting import long_date, month_and_year, number
from reports import pdf
from reports.blocks import Block, Cell, Chapter, Column, Facts, Picture, Row, Table, Words, count
from reports.layouts import parts_of
from reports.letters import Made, framed
from reports.paper import place_and_date, signature
from reports.signers import head_signature
from services import delivered, due_dates
from services.delivered import Sums
from services.models import AspectProgress, GoalProgress, ProgressSheet
from services.pages import heat, programme_tab
from services.session_enums import Mark
from services.situation import Situation

TEMPLATE = "reports/print/session_sheet.html"


def progress_report(case: Case, sheet: ProgressSheet, *, by: User) -> bytes:
    """The paper as a PDF."""
    return pdf.render(TEMPLATE, context(case, sheet, by=by))


def sheet_of(case: Case, start: date | None, *, by: User) -> ProgressSheet:
    """The sheet of a period, the last one unless told; blank, with the attendance alone, where there is none."""
    rows = ProgressSheet.objects.filter(case=case).select_related("author").order_by("period_on", "round")
    found = (rows.filter(period_on=start) if start else rows).last()
    today = case.institution.today()
    return found or ProgressSheet(case=case, period_on=start or today.replace(day=1), on=today, author=by)


def context(case: Case, sheet: ProgressSheet, *, by: User) -> dict[str, Any]:
    with timezone.override(ZoneInfo(case.institution.time_zone)):
        return {"paper": _paper(case, sheet, by), "chapters": [Chapter("", _blocks(case, sheet))], "is_wide": False}


def _blocks(case: Case, sheet: ProgressSheet) -> list[Block]:
    captions = {AspectProgress: _("Perkembangan empat aspek"), GoalProgress: _("Keadaan tiap tujuan rencana")}
    told = [(_("Kendala"), sheet.obstacles), (_("Rencana tindak lanjut"), sheet.follow_up)]
    return [
        Facts(_facts(case, sheet), is_first_strong=True),
        *(parts_of(sheet, captions) if sheet.pk else [Words(_("Belum ada lembar perkembangan untuk periode ini."))]),
        *_attendance(case, sheet),
        *(Words(text, label) for label, text in told if text),
    ]


def _facts(case: Case, sheet: ProgressSheet) -> list[tuple[str, str]]:
    stay = case.stays.order_by("placed_on").last()
    rows = [
        (_("Nama"), case.client.name.upper()),
        (_("No. induk / no. kasus"), f"{case.client.number} / {case.number}"),
        (_("Wisma / asrama"), str(stay.place) if stay else ""),
        (_("Tanggal lembar"), long_date(sheet.on)),
        (_("Dicatat oleh"), sheet.author.full_name),
    ]
    return [fact for fact in rows if fact[1]]


def _attendance(case: Case, sheet: ProgressSheet) -> list[Block]:
    """Plan beside delivered in the period, and the weeks up to its end as a heat map."""
    now = Situation(case)
    end = min(due_dates.periods(sheet.period_on, sheet.period_on, case.institution.progress_months)[0][1], now.today)
    weeks = delivered.weeks_up_to(end)
    planned = [one.value for one in now.planned]
    met = delivered.of_case(case, now.stays, planned, end, since=min(weeks[0], sheet.period_on))
    sums = delivered.sums(one for one in met if one.session.on >= sheet.period_on)
    if not sums:
        return [Words(_("Tidak ada sesi bimbingan yang tercatat dalam periode ini."))]
    wanted = [one for one in Bimbingan if one in sums]
    rows = [Row([Cell(str(one.label)), *_cells(sums[one])]) for one in wanted]
    rows.append(Row([Cell(_("Jumlah")), *_cells(sum(sums.values(), Sums()))], "j"))
    columns = [Column(_("Bimbingan"), 30), Column(_("Terjadwal"), 11, "n"), Column(_("Terlaksana"), 11, "n")]
    columns += [Column(str(mark.label), 8, "n") for mark in Mark]
    columns.append(Column(_("%"), 8, "n"))
    chart = heat.of(programme_tab.weekly(met, wanted), weeks)
    return [
        Table(columns, rows, _("Kehadiran dalam kegiatan bimbingan")),
        Picture("services/_heat.html", chart, _("Berapa kali hadir tiap minggu"), "sempit"),
    ]


def _cells(sums: Sums) -> list[Cell]:
    rate = Cell("–" if sums.rate is None else number(sums.rate))
    return [count(sums.planned), count(sums.held), *(count(sums.marks[mark]) for mark in Mark), rate]


def _paper(case: Case, sheet: ProgressSheet, by: User) -> Any:
    upt, author = case.institution, sheet.author
    head = head_signature(upt, sheet.on, lead=_("Mengetahui,"), maker=author)
    lead = place_and_date(upt, long_date(sheet.on))
    maker = signature(author, lead=lead, post=_("%s,") % (author.position or _("Pekerja Sosial")))
    return framed(
        Made(upt, by),
        _("Laporan Perkembangan Klien"),
        _("%(month)s, kasus %(number)s") % {"month": month_and_year(sheet.period_on), "number": case.number},
        under=_("Periode mulai %s") % long_date(sheet.period_on),
        is_secret=True,
        closing=_("Demikian laporan perkembangan ini disusun berdasarkan catatan kegiatan."),
        signatures=[(head, maker)],
    )
