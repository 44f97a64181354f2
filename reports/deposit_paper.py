"""Tanda terima titipan: what was handed over, by whom, to whom, and what is kept since."""

from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from rehsos.formatting import long_date, rupiah
from reports import pdf
from reports.blocks import Column, Facts, Table
from reports.blocks import row as as_row
from reports.paper import Paper, Signature, foot, place_and_date, signature
from reports.spelling import in_words
from services.models import DepositItem, DepositMovement

GROUPS = ((1_000_000, "juta"), (1_000, "ribu"), (1, ""))


def receipt(row: DepositMovement, *, by: User) -> bytes:
    """The receipt of one movement as a PDF."""
    return pdf.render("reports/print/deposit.html", context(row, by=by))


def context(row: DepositMovement, *, by: User) -> dict[str, Any]:
    """What the receipt says: the client, money and things of this movement, the balance after it."""
    case, upt = row.account.case, row.account.institution
    with timezone.override(ZoneInfo(upt.time_zone)):
        client = case.client
        facts = [
            (_("Nama klien"), client.shown_name.upper()),
            (_("No. induk"), client.number),
            (_("Tanggal"), long_date(row.on)),
            (_("Yang menyerahkan"), row.handed_by if not row.is_in else f"{row.party} ({row.relation})"),
            (_("Yang menerima"), row.received_by if row.is_in else f"{row.party} ({row.relation})"),
            (_("Keterangan"), row.note),
        ]
        return {
            "paper": _paper(row, by),
            "opening": _opening(row),
            "facts": Facts([pair for pair in facts if pair[1]], is_first_strong=True),
            "amount": rupiah(row.amount) if row.amount else "",
            "words": spelled(row.amount),
            "things": _table(_things(row)),
            "balance": rupiah(row.balance),
        }


def spelled(amount: int) -> str:
    """``seratus lima puluh ribu rupiah``; "seribu" for one thousand, as people say it."""
    parts, rest = [], amount
    for size, name in GROUPS:
        number, rest = divmod(rest, size)
        if number == 1 and name == "ribu":
            parts.append("seribu")
        elif number:
            parts.append(f"{in_words(number)} {name}".strip())
    return " ".join([*(parts or [in_words(0)]), "rupiah"])


def _opening(row: DepositMovement) -> str:
    upt = row.account.institution.name
    if row.is_in:
        return _("%s menerima titipan untuk disimpan dan diserahkan kembali kepada klien:") % upt
    return _("%s menyerahkan titipan yang disimpan untuk klien:") % upt


def _things(row: DepositMovement) -> list[DepositItem]:
    if row.is_in:
        return list(row.items.all())
    return [line.item for line in row.given.select_related("item")]


def _table(items: list[DepositItem]) -> Table | None:
    columns = [
        Column(_("No."), 8, "c"),
        Column(_("Barang"), 44),
        Column(_("Jumlah"), 12, "c"),
        Column(_("Keadaan"), 36),
    ]
    numbered = enumerate(items, start=1)
    lines = [as_row(str(number), item.name, str(item.count), item.condition) for number, item in numbered]
    return Table(columns, lines, head=1) if lines else None


def _paper(row: DepositMovement, by: User) -> Paper:
    upt = row.account.institution
    title = _("Tanda Terima Titipan") if row.is_in else _("Tanda Terima Penyerahan Titipan")
    number = f"{row.number:03d}/{row.account.case.number}"
    cancelled = _("DIBATALKAN") if row.is_reversed else ""
    lead = place_and_date(upt, long_date(row.on))
    theirs, ours = (_("Yang menyerahkan,"), _("Yang menerima,"))
    if not row.is_in:
        theirs, ours = ours, theirs
    party = Signature(theirs, row.relation, row.party.upper())
    staff = signature(row.by, lead=f"{lead}\n{ours}", post=_("%s,") % (row.by.position or _("Petugas")))
    return Paper(
        title=title,
        about=number,
        subtitle="\n".join(filter(None, (_("Nomor: %s") % number, cancelled))),
        running_head=" · ".join(filter(None, (title, number, cancelled))),
        foot=foot(upt, by=by, draft=cancelled),
        institution=upt,
        closing=_("Dibuat rangkap dua: untuk yang bersangkutan dan untuk buku titipan."),
        signatures=[(party, staff)],
    )
