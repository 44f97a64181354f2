"""Several days in one line, as official papers list them."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from django.utils.translation import gettext as _

from rehsos.formatting import MONTHS, long_date

LISTED_UP_TO = 8


def listed(days: Iterable[date]) -> str:
    """``7, 8, dan 11 Mei 2026``; more than eight days as ``7 Mei s.d. 30 Juni 2026``; none as nothing."""
    unique = sorted(set(days))
    if not unique:
        return ""
    if len(unique) > LISTED_UP_TO:
        return period(unique[0], unique[-1])
    months = [(key, [day.day for day in group]) for key, group in groupby(unique, key=lambda d: (d.year, d.month))]
    parts = []
    for at, ((year, month), numbers) in enumerate(months):
        is_last_of_year = at + 1 == len(months) or months[at + 1][0][0] != year
        parts.append(f"{enumerated(numbers)} {MONTHS[month - 1]}{f' {year}' if is_last_of_year else ''}")
    return "; ".join(parts)


def period(first: date, last: date) -> str:
    """``4 s.d. 29 Mei 2026``, ``4 Mei s.d. 2 Juni 2026``, or one day alone."""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        return _("%(first)s s.d. %(last)s") % {"first": first.day, "last": long_date(last)}
    begin = long_date(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return _("%(first)s s.d. %(last)s") % {"first": begin, "last": long_date(last)}


def enumerated(things: Iterable[object]) -> str:
    """``a``, ``a dan b``, ``a, b, dan c``."""
    texts = [str(thing) for thing in things]
    if len(texts) <= 2:
        return _(" dan ").join(texts)
    return ", ".join(texts[:-1]) + _(", dan %s") % texts[-1]
