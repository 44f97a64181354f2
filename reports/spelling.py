"""Numbers and dates written out, as the opening line of a berita acara has them."""

from datetime import date

from django.utils.translation import gettext as _

from rehsos.formatting import MONTHS, WEEKDAYS

ONES = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()


def in_words(number: int) -> str:
    """``dua ribu dua puluh enam``; from 0 to 9999."""
    if not 0 <= number <= 9999:
        raise ValueError(f"{number} is not between 0 and 9999")
    if number < 12:
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    if number < 100:
        return _joined(f"{ONES[number // 10]} puluh", number % 10)
    if number < 1000:
        head = "seratus" if number < 200 else f"{ONES[number // 100]} ratus"
        return _joined(head, number % 100)
    head = "seribu" if number < 2000 else f"{ONES[number // 1000]} ribu"
    return _joined(head, number % 1000)


def _joined(head: str, rest: int) -> str:
    return f"{head} {in_words(rest)}" if rest else head


def dated(day: date) -> str:
    """``Selasa, tanggal tiga puluh bulan Juni tahun dua ribu dua puluh enam (30-06-2026)``."""
    return _("%(weekday)s, tanggal %(day)s bulan %(month)s tahun %(year)s (%(digits)s)") % {
        "weekday": WEEKDAYS[day.weekday()],
        "day": in_words(day.day),
        "month": MONTHS[day.month - 1],
        "year": in_words(day.year),
        "digits": f"{day:%d-%m-%Y}",
    }
