"""Berita acara saldo awal: the running cases of one endorsed list, each as it was taken over, signed by the head."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from rehsos.formatting import local_date, long_date, number
from reports import pdf
from reports.blocks import Column, Table, row
from reports.paper import Paper, foot, head_post, place_and_date, signature
from reports.spelling import dated
from services.models import OpeningEntry, OpeningList


def opening_report(opening: OpeningList, entries: list[OpeningEntry], *, by: User) -> bytes:
    """The PDF; ``entries`` with their cases, clients and stays. Only what was endorsed has one."""
    upt = opening.institution
    with timezone.override(ZoneInfo(upt.time_zone)):
        on = local_date(opening.endorsed_at)
        told = {"date": dated(on), "number": number(len(entries)), "upt": upt.name, "list": str(opening)}
        context = {
            "paper": _paper(opening, by),
            "opening": _(
                "Pada hari ini %(date)s disahkan %(list)s %(upt)s: %(number)s kasus yang sudah dilayani sebelum "
                "aplikasi dipakai, sesuai buku register, sebagaimana daftar berikut."
            )
            % told,
            "table": _table(entries),
            "note": opening.note,
            "digest": _("Sidik daftar (SHA-256): %s") % opening.digest,
        }
        return pdf.render("reports/print/opening.html", context)


def _paper(opening: OpeningList, by: User) -> Paper:
    upt, on = opening.institution, local_date(opening.endorsed_at)
    lead = place_and_date(upt, long_date(on))
    signed: Any = signature(opening.endorsed_by, lead=lead, post=head_post(upt, opening.capacity))
    return Paper(
        title=_("Berita Acara Saldo Awal"),
        about=f"{opening}, {upt.name}",
        subtitle=_("Kasus berjalan: %s") % opening,
        running_head=_("Berita acara saldo awal · %s") % upt.name,
        foot=foot(upt, by=by),
        institution=upt,
        is_secret=True,
        closing=_("Demikian berita acara ini dibuat dengan sebenarnya untuk dipergunakan sebagaimana mestinya."),
        signatures=[[signature(opening.opened_by, lead="", post=_("Yang membuka daftar,")), signed]],
    )


def _table(entries: list[OpeningEntry]) -> Table:
    columns = [
        Column(_("No."), 6, "c"),
        Column(_("Nama"), 24),
        Column(_("Nomor kasus"), 18),
        Column(_("Nomor lama"), 14),
        Column(_("Tahap saat diambil alih"), 20),
        Column(_("Ditempatkan"), 18),
    ]
    rows = [
        row(
            str(at),
            entry.case.client.shown_name,
            entry.case.number,
            entry.old_number,
            str(entry.get_stage_display()),
            "\n".join(long_date(stay.placed_on) for stay in entry.case.stays.all()),
        )
        for at, entry in enumerate(entries, 1)
    ]
    return Table(columns, rows, head=1)
