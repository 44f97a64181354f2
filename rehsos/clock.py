"""The only source of "now", movable by demo data, imports and tests; and how a date reads."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_fixed: ContextVar[datetime | None] = ContextVar("rehsos_clock", default=None)


def now() -> datetime:
    """The current moment, aware, in UTC."""
    return _fixed.get() or datetime.now(UTC)


def today(zone: str) -> date:
    """The current calendar date in an IANA time zone, e.g. ``Asia/Jakarta``."""
    return now().astimezone(ZoneInfo(zone)).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let time stand still at ``moment`` (aware) inside the block."""
    if moment.tzinfo is None:
        raise ValueError("clock.at needs an aware datetime")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


def spelled(day: date) -> str:
    """``3 Juli 2026``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
