"""Tanda terima bantuan usaha: what was handed over, what it is worth, from which funds, to whom."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from rehsos.formatting import long_date, rupiah
from reports.blocks import Chapter, Facts, Words
from reports.deposit_paper import spelled
from reports.letters import Made, framed
from reports.paper import Signature, Stamp, place_and_date, signature
from services.models import BusinessAid

TEMPLATE = "reports/print/session_sheet.html"


def context(case: Case, aid: BusinessAid, *, by: User, stamp: Stamp | None = None) -> dict[str, Any]:
    upt, client = case.institution, case.client
    facts = [
        (_("Nama penerima bantuan"), client.name.upper()),
        (_("No. induk / no. kasus"), f"{client.number} / {case.number}"),
        (_("Alamat"), client.address),
        (_("Jenis bantuan"), str(aid.get_kind_display())),
        (_("Untuk usaha"), aid.business),
        (_("Barang dan jumlahnya"), aid.item),
        (_("Nilai"), f"{rupiah(aid.value)} ({spelled(aid.value)})"),
        (_("Sumber dana"), aid.source),
    ]
    opening = _("Pada %(day)s, %(upt)s menyerahkan bantuan pengembangan usaha (F.f) kepada:") % {
        "day": long_date(aid.on),
        "upt": upt.name,
    }
    blocks = [
        Words(opening),
        Facts([fact for fact in facts if fact[1]], is_first_strong=True),
        Words(_("Bantuan dipakai untuk usaha tersebut; keadaannya dilihat pada kunjungan bimbingan lanjut.")),
    ]
    giver = signature(
        aid.author,
        lead=f"{place_and_date(upt, long_date(aid.on))}\n{_('Yang menyerahkan,')}",
        post=_("%s,") % (aid.author.position or _("Pekerja Sosial")),
    )
    taker = Signature(_("Yang menerima,"), "", aid.recipient.upper())
    rows: list[tuple[Signature, ...]] = [(taker, giver)]
    if aid.witness:
        rows.append((Signature(_("Saksi,"), "", aid.witness.upper()),))
    paper = framed(
        Made(upt, by, stamp),
        _("Tanda Terima Bantuan"),
        _("kasus %s") % case.number,
        closing=_("Dibuat rangkap dua: untuk penerima dan untuk berkas kasus."),
        signatures=rows,
    )
    return {"paper": paper, "chapters": [Chapter("", blocks)]}
