"""Laporan bimbingan lanjut: the visits of one former client, what was given and arranged, what stood in the way."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from rehsos.formatting import long_date, rupiah
from reports import aftercare_chapter, portrait
from reports.blocks import Block, Chapter, Column, Facts, Picture, Table, Words, numbered, row
from reports.letters import Made, framed
from reports.paper import Stamp, place_and_date, signature
from reports.signers import supervisor_signature
from services.aftercare import picture
from services.aftercare.scheduling import left_on
from services.models import AftercareMiss, AftercarePlan, AftercareVisit, BusinessAid, ResourceLink

TEMPLATE = "reports/print/session_sheet.html"


def context(case: Case, visits: list[AftercareVisit], *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    missed = list(AftercareMiss.of(case))
    blocks: list[Block] = [
        Facts(_facts(case), is_first_strong=True, photo=portrait.of(case.client)),
        *_plan(case),
        *_picture(visits, missed),
        *(block for chapter in aftercare_chapter.visits(None, visits) for block in chapter.blocks),
        *_missed(missed),
        *_links(case),
        *_aids(case),
    ]
    if case.is_closed:
        ended = {"how": case.get_outcome_display().lower(), "day": long_date(case.closed_on)}
        blocks.append(Words(_("Bimbingan lanjut berakhir %(day)s: %(how)s.") % ended, _("Akhir bimbingan lanjut")))
    numbered(blocks)
    return {"paper": _paper(case, visits, Made(case.institution, by, stamp)), "chapters": [Chapter("", blocks)]}


def _facts(case: Case) -> list[tuple[str, str]]:
    left = left_on(case)
    rows = [
        (_("Nama"), case.client.name.upper()),
        (_("No. induk / no. kasus"), f"{case.client.number} / {case.number}"),
        (_("Alamat"), case.client.address),
        (_("Keluar dari UPT"), long_date(left) if left else ""),
        (_("Wali"), case.client.guardian_name),
    ]
    return [fact for fact in rows if fact[1]]


def _plan(case: Case) -> list[Block]:
    plan = AftercarePlan.of(case).last()
    told = [(_("Tujuan"), plan.aim), (_("Kegiatan"), plan.ways)] if plan else []
    return [Words(text, label) for label, text in told]


def _picture(visits: list[AftercareVisit], missed: list[AftercareMiss]) -> list[Block]:
    chart = picture.of(visits, missed)
    caption = _(
        "Keadaan pada tiap kunjungan: ✓ baik, ~ sebagian, ✗ buruk, ? tidak diketahui; garis putus tidak bertemu"
    )
    return [Picture("services/aftercare/_picture.html", chart, caption, "sempit")] if chart else []


def _missed(missed: list[AftercareMiss]) -> list[Block]:
    columns = [Column(_("Tanggal"), 20), Column(_("Sebab"), 25), Column(_("Keterangan"), 55)]
    lines = [row(long_date(one.on), str(one.get_reason_display()), one.note) for one in missed]
    return [Table(columns, lines, _("Kunjungan tanpa bertemu (F.h)"))] if lines else []


def _links(case: Case) -> list[Block]:
    columns = [Column(_("Tanggal"), 18), Column(_("Kebutuhan"), 24), Column(_("Sumber dan pelayanan"), 38)]
    columns.append(Column(_("Hasil"), 20))
    lines = [
        row(long_date(one.on), one.need, f"{one.resource}: {one.service}", str(one.get_result_display()))
        for one in ResourceLink.of(case)
    ]
    return [Table(columns, lines, _("Pengaitan dengan sistem sumber (F.e)"))] if lines else []


def _aids(case: Case) -> list[Block]:
    columns = [Column(_("Tanggal"), 16), Column(_("Bantuan"), 34), Column(_("Nilai"), 16, "n")]
    columns.append(Column(_("Keadaan pada kunjungan"), 34))
    lines = []
    for aid in BusinessAid.of(case).prefetch_related("checks"):
        seen = [
            f"{long_date(check.on)}: {check.get_asset_display().lower()}, usaha {check.get_business_display().lower()}"
            for check in aid.checks.all()
        ]
        lines.append(row(long_date(aid.on), f"{aid.business}: {aid.item}", rupiah(aid.value), "\n".join(seen)))
    return [Table(columns, lines, _("Bantuan pengembangan usaha (F.f)"))] if lines else []


def _paper(case: Case, visits: list[AftercareVisit], made: Made) -> Any:
    upt, last = case.institution, visits[-1]
    lead = place_and_date(upt, long_date(last.on))
    maker = signature(last.author, lead=lead, post=_("%s,") % (last.author.position or _("Pekerja Sosial")))
    checker = supervisor_signature(case, lead=_("Telah diperiksa,"), maker=last.author)
    span = {"first": long_date(visits[0].on), "last": long_date(last.on)}
    return framed(
        made,
        _("Laporan Bimbingan Lanjut"),
        _("kasus %s") % case.number,
        under=_("Kunjungan %(first)s sampai %(last)s") % span,
        is_secret=True,
        closing=_("Demikian laporan bimbingan lanjut ini disusun berdasarkan catatan kunjungan."),
        signatures=[(checker, maker)],
    )
