"""NIK, the national identity number: what is refused, and what only deserves a second look."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.enums import Sex
from cases.reference import REGENCIES

LENGTH = 16
EAST_JAVA = "35"

# The day of birth is written 40 higher for women.
WOMEN_ADD = 40


def clean(value: str) -> str:
    """The 16 digits of a NIK typed with spaces, dots or dashes; empty stays empty, for many clients have none.

    Raises ValidationError for anything else; a number that was issued wrongly but exists is never refused.
    """
    digits = re.sub(r"[\s.\-]", "", value)
    if not digits:
        return ""
    if not re.fullmatch(r"[0-9]+", digits):
        raise ValidationError(_("NIK hanya berisi angka."), code="nik")
    if len(digits) != LENGTH:
        words = _("NIK berisi %(count)s angka, seharusnya 16.") % {"count": len(digits)}
        raise ValidationError(words, code="nik")
    if digits.endswith("0000"):
        raise ValidationError(_("Empat angka terakhir NIK tidak mungkin 0000."), code="nik")
    return digits


def warnings(nik: str, sex: str, birth_on: date | None) -> list[str]:
    """Sentences on what does not fit, for a NIK that ``clean`` let pass: people move, and offices make mistakes.

    The region is that of first registration; the two-digit year is read by the given birth date.
    """
    if not nik:
        return []
    found = [_region_warning(nik[:2], nik[2:4])]
    day = int(nik[6:8])
    is_female = day > WOMEN_ADD
    if sex and is_female != (sex == Sex.FEMALE):
        found.append(_("Jenis kelamin menurut NIK berbeda dengan isian."))
    if birth_on:
        written = (day - WOMEN_ADD * is_female, int(nik[8:10]), int(nik[10:12]))
        if written != (birth_on.day, birth_on.month, birth_on.year % 100):
            found.append(_("Tanggal lahir menurut NIK berbeda dengan isian."))
    return [words for words in found if words]


def _region_warning(province: str, regency: str) -> str:
    if province != EAST_JAVA:
        return _("NIK ini pertama kali terbit di luar Jawa Timur.")
    if f"{province}.{regency}" not in REGENCIES:
        return _("Kode kabupaten/kota dalam NIK tidak dikenal.")
    return ""
