"""The names people go by here: the NIP of a civil servant, how papers print it, and the name to sign in with."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.enums import Employment

USERNAME = re.compile(r"[a-z0-9][a-z0-9._]{2,59}")
NIP = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})\d{4}(?P<since>\d{2})[12]\d{3}")


def validate_nip(value: str) -> None:
    """18 digits: birth date, start of service (month 01–12, or 21/22 for PPPK), sex, serial."""
    match = NIP.fullmatch(value)
    if not match:
        raise ValidationError(_("NIP terdiri dari 18 angka, tanpa huruf."))
    since = int(match["since"])
    if not (
        1 <= int(match["month"]) <= 12 and 1 <= int(match["day"]) <= 31 and (1 <= since <= 12 or since in (21, 22))
    ):
        raise ValidationError(_("NIP memuat tanggal yang tidak ada; periksa lagi angkanya."))


def why_not_employed(employment: str, nip: str) -> str:
    """A number says itself whether its holder is PNS or PPPK; nobody else has one."""
    is_contract = nip[12:13] == "2"
    if employment == Employment.OTHER:
        return _("Non-ASN tidak mempunyai NIP; pilih PNS atau PPPK, atau kosongkan NIP.") if nip else ""
    if not nip:
        return _("Isi NIP; dokumen resmi mencetaknya di bawah tanda tangan.")
    if is_contract != (employment == Employment.CONTRACT):
        return _("NIP ini milik PPPK; periksa status kepegawaiannya.") if is_contract else _("NIP ini milik PNS.")
    return ""


def spaced_nip(nip: str) -> str:
    """``197001011995031001`` → ``19700101 199503 1 001``."""
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}" if len(nip) == 18 else nip
