"""Laporan perkembangan: one progress sheet with the scale then and now, and the attendance of its period."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Aspect, Bimbingan, Stage
from cases.models import Case
from rehsos.formatting import long_date, month_and_year, number
from reports import pdf, pictures, portrait
from reports.blocks import Block, Cell, Chapter, Column, Facts, Picture, Row, Table, Words, count, numbered
from reports.dates import period
from reports.layouts import parts_of
from reports.letters import Made, framed
from reports.paper import Stamp, place_and_date, signature
from reports.signers import supervisor_signature
from services import delivered, due_dates
from services.delivered import Sums
from services.models import AspectProgress, Assessment, GoalProgress, Note, ProgressSheet, Transition
from services.note_enums import NoteKind, Variant
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


def subject(sheet: ProgressSheet) -> str:
    """What tells the paper of one sheet from those of others."""
    return f"{sheet.period_on:%Y-%m}-{sheet.round}"


def context(case: Case, sheet: ProgressSheet, *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    with timezone.override(ZoneInfo(case.institution.time_zone)):
        blocks = _blocks(case, sheet)
        numbered(blocks)
        return {"paper": _paper(case, sheet, Made(case.institution, by, stamp)), "chapters": [Chapter("", blocks)]}


def _blocks(case: Case, sheet: ProgressSheet) -> list[Block]:
    captions = {AspectProgress: _("Perkembangan empat aspek"), GoalProgress: _("Keadaan tiap tujuan rencana")}
    told = [(_("Kendala"), sheet.obstacles), (_("Rencana tindak lanjut"), sheet.follow_up)]
    return [
        Facts(_facts(case, sheet), is_first_strong=True, photo=portrait.of(case.client)),
        *(parts_of(sheet, captions) if sheet.pk else [Words(_("Belum ada lembar perkembangan untuk periode ini."))]),
        *_profile(case, sheet),
        *_attendance(case, sheet),
        *_health(case, sheet),
        *(Words(text, label) for label, text in told if text),
    ]


def _period_end(case: Case, sheet: ProgressSheet) -> date:
    return due_dates.periods(sheet.period_on, sheet.period_on, case.institution.progress_months)[0][1]


def _profile(case: Case, sheet: ProgressSheet) -> list[Block]:
    """The four aspects at the assessment and in this sheet, once the sheet has them all."""
    now = {row.key: row.score for row in sheet.aspects.all()} if sheet.pk else {}
    if any(aspect not in now for aspect in Aspect):
        return []
    assessed = Assessment.of(case).prefetch_related("findings").order_by("on", "pk").last()
    then = {row.key: row.score for row in assessed.findings.all()} if assessed else {}
    chart = pictures.profile([(str(one.label), then.get(one), now[one]) for one in Aspect])
    told = {"then": long_date(assessed.on) if assessed else "–", "now": long_date(sheet.on)}
    caption = _("Skala perkembangan 1–5: putus-putus asesmen %(then)s, garis penuh lembar %(now)s") % told
    return [Picture("reports/print/_profile.html", chart, caption, "sempit")]


def _health(case: Case, sheet: ProgressSheet) -> list[Block]:
    """How often health was looked at; what was found stays with the nurse."""
    within = (sheet.period_on, _period_end(case, sheet))
    notes = Note.objects.filter(case=case, kind=NoteKind.HEALTH, on__range=within).standing()
    seen = notes.aggregate(all=Count("pk"), urine=Count("pk", filter=Q(variant=Variant.URINE)))
    if not seen["all"]:
        return []
    told = {"checks": number(seen["all"] - seen["urine"]), "urine": number(seen["urine"])}
    text = _("Pemeriksaan kesehatan %(checks)s kali, tes urine %(urine)s kali.") % told
    return [Words(text + " " + _("Hasil dan rinciannya disimpan terbatas dan tidak dicetak di sini."), _("Kesehatan"))]


def _facts(case: Case, sheet: ProgressSheet) -> list[tuple[str, str]]:
    stay = case.stays.order_by("placed_on").last()
    moves = Transition.objects.filter(case=case, on__lte=sheet.on).order_by("version")
    move = moves.exclude(from_stage=F("to_stage")).last()
    stage = f"{Stage(move.to_stage).letter} {Stage(move.to_stage).label}" if move else ""
    rows = [
        (_("Nama"), case.client.name.upper()),
        (_("No. induk / no. kasus"), f"{case.client.number} / {case.number}"),
        (_("Tahap"), _("%(stage)s sejak %(day)s") % {"stage": stage, "day": long_date(move.on)} if move else ""),
        (_("Wisma / asrama"), str(stay.place) if stay else ""),
        (_("Tanggal lembar"), long_date(sheet.on)),
        (_("Dicatat oleh"), sheet.author.full_name),
    ]
    return [fact for fact in rows if fact[1]]


def _attendance(case: Case, sheet: ProgressSheet) -> list[Block]:
    """Plan beside delivered in the period, and the weeks up to its end as a heat map."""
    now = Situation(case)
    end = min(_period_end(case, sheet), now.today)
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


def _paper(case: Case, sheet: ProgressSheet, made: Made) -> Any:
    """Signed by who wrote the sheet and who supervises the case."""
    upt, author = case.institution, sheet.author
    lead = place_and_date(upt, long_date(sheet.on))
    maker = signature(author, lead=lead, post=_("%s,") % (author.position or _("Pekerja Sosial")))
    checker = supervisor_signature(case, lead=_("Telah diperiksa,"), maker=author)
    return framed(
        made,
        _("Laporan Perkembangan Klien"),
        _("%(month)s, kasus %(number)s") % {"month": month_and_year(sheet.period_on), "number": case.number},
        under=_("Periode %s") % period(sheet.period_on, _period_end(case, sheet)),
        is_secret=True,
        closing=_("Demikian laporan perkembangan ini disusun berdasarkan catatan kegiatan."),
        signatures=[(checker, maker)],
    )
