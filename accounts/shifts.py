"""Giliran jaga: into which shifts a UPT divides the day, as written in its settings (``Pagi 07.00, Malam 21.00``)."""

import re
from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DEFAULT_SHIFTS = "Pagi 07.00, Siang 14.00, Malam 21.00"
ONE = re.compile(r"(?P<name>[^\d,]{1,40}?) +(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)")


@dataclass(frozen=True)
class Shift:
    """A shift and when it begins; it lasts until the next one begins."""

    name: str
    begins: time

    def __str__(self) -> str:
        return self.name


def shifts_of(written: str) -> list[Shift]:
    """The shifts in the order they are written; ``ValueError`` for what cannot be read."""
    found = []
    for part in written.split(","):
        match = ONE.fullmatch(part.strip())
        if match is None:
            raise ValueError(part)
        found.append(Shift(match["name"].strip(), time(int(match["hour"]), int(match["minute"]))))
    return found


def running(shifts: list[Shift], now: time) -> Shift:
    """The shift that is on at a time of the day; before the first one begins it is still the last one."""
    begun = [shift for shift in shifts if shift.begins <= now]
    return max(begun or shifts, key=lambda shift: shift.begins)


def validate_shifts(written: str) -> None:
    """A form's answer to a list that cannot be read, or names a shift twice."""
    try:
        names = [shift.name.casefold() for shift in shifts_of(written)]
    except ValueError as unread:
        raise ValidationError(_("Tulis seperti: %s") % DEFAULT_SHIFTS) from unread
    if len(set(names)) < len(names):
        raise ValidationError(_("Ada giliran jaga yang tertulis dua kali."))
