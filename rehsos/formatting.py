"""Dates, times and numbers as Indonesian official writing has them: 3 Juli 2026, 08.12 WIB, 1.234,5."""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from rehsos import clock

MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
SHORT_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
WEEKDAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ZONES = {timedelta(hours=7): "WIB", timedelta(hours=8): "WITA", timedelta(hours=9): "WIT"}


def local(value: datetime) -> datetime:
    """An aware moment in the zone of this request (the institution's)."""
    return timezone.localtime(value) if timezone.is_aware(value) else value


def local_date(value: date | datetime) -> date:
    """The calendar date of a date or moment in the zone of this request."""
    return local(value).date() if isinstance(value, datetime) else value


def today() -> date:
    """Today in the zone of this request."""
    return timezone.localtime(clock.now()).date()


def long_date(value: date | datetime) -> str:
    """``3 Juli 2026``"""
    day = local_date(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(value: date | datetime) -> str:
    """``3 Jul 2026``, for tight columns"""
    day = local_date(value)
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def day_and_month(value: date | datetime) -> str:
    """``3 Juli`` this year, ``3 Juli 2025`` in another."""
    day = local_date(value)
    return long_date(day) if day.year != today().year else f"{day.day} {MONTHS[day.month - 1]}"


def month_and_year(value: date | datetime) -> str:
    """``Juli 2026``"""
    day = local_date(value)
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday_date(value: date | datetime) -> str:
    """``Jumat, 3 Juli 2026``"""
    return f"{WEEKDAYS[local_date(value).weekday()]}, {long_date(value)}"


def day_heading(value: date | datetime) -> str:
    """``Hari ini, 3 Juli 2026``, else with the weekday: the head of a day in a list."""
    return _("Hari ini, %(date)s") % {"date": long_date(value)} if local_date(value) == today() else weekday_date(value)


def time_of_day(value: datetime) -> str:
    """``08.12 WIB``; outside the three Indonesian zones without a zone name."""
    moment = local(value)
    zone = ZONES.get(moment.utcoffset() or timedelta(), "")
    return f"{moment:%H.%M} {zone}".rstrip()


def moment(value: datetime) -> str:
    """``24 November 2026, 08.12 WIB``"""
    return f"{long_date(value)}, {time_of_day(value)}"


def number(value: int | float | Decimal) -> str:
    """``1.234,5``: at most two decimals, no trailing zeros, a real minus sign."""
    rounded = Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole, _dot, rest = f"{abs(rounded):,.2f}".partition(".")
    text = ",".join(part for part in (whole.replace(",", "."), rest.rstrip("0")) if part)
    return f"−{text}" if rounded < 0 else text


def rupiah(value: int) -> str:
    """``Rp1.250.000``"""
    return f"Rp{number(value)}"


def days_until(value: date | datetime) -> str:
    """A due date from today: ``3 hari lagi``, ``besok``, ``hari ini``, ``lewat 2 hari``."""
    days = (local_date(value) - today()).days
    if days < 0:
        return _("lewat %(days)s hari") % {"days": number(-days)}
    if days > 1:
        return _("%(days)s hari lagi") % {"days": number(days)}
    return _("besok") if days else _("hari ini")


def days_since(value: date | datetime) -> str:
    """A past day from today: ``hari ini``, ``kemarin``, ``19 hari lalu``; a coming one by its date."""
    days = (today() - local_date(value)).days
    if days < 0:
        return day_and_month(value)
    if days > 1:
        return _("%(days)s hari lalu") % {"days": number(days)}
    return _("kemarin") if days else _("hari ini")


def initials(name: str) -> str:
    """``Ratna Kusumawardani`` → ``RK``: of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
