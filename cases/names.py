"""Names of people: folded for search, and compared to find someone who is registered already."""

import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from rapidfuzz.fuzz import WRatio

# Folding may lengthen a name (one Arabic ligature becomes 18 letters); the search column is cut here, the name never.
FOLDED_LENGTH = 240

# Combining classes up to 9 are parts of letters in Indic and Javanese script (nukta, virama), not accents.
LAST_LETTER_CLASS = 9


def fold(name: str) -> str:
    """A name as search sees it: ``Ma'ruf`` and ``Ma’rūf`` → ``maruf``; other scripts keep their letters."""
    marks_off = (c for c in unicodedata.normalize("NFKD", name) if unicodedata.combining(c) <= LAST_LETTER_CLASS)
    folded = " ".join("".join(_plain(c) for c in "".join(marks_off).casefold()).split())
    return unicodedata.normalize("NFC", folded or name.strip().casefold())[:FOLDED_LENGTH]


def _plain(character: str) -> str:
    """Nothing for apostrophes and invisible characters, a space for other punctuation, else the character."""
    if character in "'’‘ʼʻ`´′" or unicodedata.category(character) in ("Cc", "Cf") and not character.isspace():
        return ""
    return " " if unicodedata.category(character).startswith(("P", "Z")) else character


class Match(NamedTuple):
    """Someone who may be the same person, and why in words."""

    candidate: Any
    score: int
    reason: str


class _Closeness(NamedTuple):
    enough: int
    words: str


def _closeness(one: date | None, other: date | None) -> _Closeness:
    """How alike (of 100) two names must be for these birth dates, and the dates' part of the reason."""
    if one is None or other is None:
        return _Closeness(92, _("tanggal lahir tidak diketahui"))
    if one == other:
        return _Closeness(60, _("tanggal lahir sama"))
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return _Closeness(80, _("tanggal dan bulan lahir tertukar"))
    if (one.month, one.day) == (other.month, other.day):
        return _Closeness(80, _("tanggal dan bulan lahir sama"))
    if (one.year, one.month) == (other.year, other.month):
        return _Closeness(80, _("bulan dan tahun lahir sama"))
    return _Closeness(95, _("tanggal lahir berbeda"))


def similar(name: str, birth_on: date | None, candidates: Iterable[Any]) -> list[Match]:
    """Those of ``candidates`` (with ``folded_name`` and ``birth_on``) who may be this person, likeliest first."""
    folded = fold(name)
    matches = []
    for candidate in candidates:
        score = round(WRatio(folded, candidate.folded_name))
        closeness = _closeness(birth_on, candidate.birth_on)
        if score >= closeness.enough:
            likeness = _("nama sama") if score == 100 else _("nama mirip %(score)s %%") % {"score": score}
            matches.append((closeness.enough, Match(candidate, score, f"{likeness}, {closeness.words}")))
    return [match for _enough, match in sorted(matches, key=lambda pair: (pair[0], -pair[1].score))]
