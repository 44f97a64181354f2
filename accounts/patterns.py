"""What an institution may be called, where its clock stands, and the patterns of its numbers, proved by trying."""

import re
from string import Formatter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")
ZONES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
NAMES = ("code", "year", "yy", "seq")
PADDED = re.compile(r"0[1-9]d")
IN_ADDRESSES = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
IN_LETTERS = re.compile(r"[A-Za-z0-9./-]+")
LONGEST = 40
MONTHS = re.compile(r"[1-9]\d?(\s*,\s*[1-9]\d?)*")
LATEST_MONTH = 60


def written(pattern: str, *, code: str, year: int, seq: int) -> str:
    """The number that ``pattern`` makes."""
    return pattern.format(code=code, year=year, yy=f"{year % 100:02d}", seq=seq)


def client_pattern(pattern: str) -> None:
    """The number of a client: once per year and sequence, and fit for an address."""
    _try(pattern, IN_ADDRESSES, _("huruf, angka, dan tanda hubung"))


def case_pattern(pattern: str) -> None:
    """The number of a case: led by the code of the UPT, because no two UPTs may give the same."""
    if not pattern.startswith("{code}-"):
        raise ValidationError(_("Pola ini harus dimulai dengan {code}- supaya nomor tiap UPT berbeda."))
    _try(pattern, IN_ADDRESSES, _("huruf, angka, dan tanda hubung"))


def letter_pattern(pattern: str) -> None:
    """The number of a letter, which stands on paper only."""
    _try(pattern, IN_LETTERS, _("huruf, angka, titik, garis miring, dan tanda hubung"))


def aftercare_months(value: str) -> None:
    """Months after leaving in which a former client is visited, each later than the one before."""
    if not MONTHS.fullmatch(value.strip()):
        raise ValidationError(_("Tulis angka bulan dipisah koma, misalnya 1,3,6,12."))
    months = [int(month) for month in value.split(",")]
    if months != sorted(set(months)) or months[-1] > LATEST_MONTH:
        raise ValidationError(_("Urutkan bulan dari yang terkecil tanpa mengulang, paling lambat bulan ke-60."))


def _try(pattern: str, shape: re.Pattern[str], allowed: str) -> None:
    names = _names(pattern)
    if "seq" not in names:
        raise ValidationError(_("Pola ini harus memuat {seq}, nomor urutnya."))
    if "year" not in names and "yy" not in names:
        raise ValidationError(_("Pola ini harus memuat {year} atau {yy}, karena nomor urut mulai lagi tiap tahun."))
    number = written(pattern, code="X" * 12, year=2026, seq=99_999)
    if not shape.fullmatch(number):
        raise ValidationError(_("Nomor hanya boleh memuat %s.") % allowed)
    if len(number) > LONGEST:
        raise ValidationError(_("Nomor dari pola ini dapat lebih dari 40 huruf; pendekkan polanya."))


def _names(pattern: str) -> set[str]:
    """The fields of a pattern. Only ours, and padded at most: a format may reach into objects or fill the memory."""
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as unpaired:
        raise ValidationError(_("Kurung kurawal tidak berpasangan.")) from unpaired
    found = set()
    for _text, name, spec, conversion in parts:
        if name is None:
            continue
        if name not in NAMES or conversion:
            raise ValidationError(_("Yang dapat diisi hanya {code}, {year}, {yy}, dan {seq}."))
        if spec and not (name == "seq" and PADDED.fullmatch(spec)):
            raise ValidationError(_("Banyaknya angka hanya untuk {seq}, misalnya {seq:04d}."))
        found.add(name)
    return found
