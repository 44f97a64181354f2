"""What one person did and read, day by day, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.translation import gettext as _

from accounts import told
from audit.models import Access, Entry
from rehsos import formatting
from services.pages import trail_words

NAMED = 4  # files of one act or one page that are named; of the others the number
FILES = ("case", "client")


@dataclass(frozen=True)
class Line:
    """One act, or one page that was read."""

    at: datetime
    what: str
    about: str
    files: list[tuple[str, str]]  # label, and the number of the case to open
    more: int
    reason: str = ""


Days = list[tuple[date, list[Line]]]


def acts(entries: Iterable[Entry]) -> Days:
    return _by_day(_act(row) for row in entries)


def readings(rows: Iterable[Access]) -> Days:
    """The rows that one page left stand in one line: a list of twenty-five was one look."""
    looks = groupby(rows, key=lambda row: (row.at, row.page))
    return _by_day(_look(at, page, list(group)) for (at, page), group in looks)


def _act(row: Entry) -> Line:
    words = trail_words.entry(row)
    subjects = row.told.subjects if row.told else []
    what = told.VERBS.get(row.verb) or words["what"]
    people = [subject.label for subject in subjects if subject.kind == "user"]
    about = words["about"] or ", ".join(people)
    files = _files((subject.kind, subject.label) for subject in subjects)
    return Line(row.at, str(what), str(about), files[:NAMED], _rest(files), str(words["reason"]))


def _look(at: datetime, page: str, rows: list[Access]) -> Line:
    files = _files((row.kind, row.label) for row in rows)
    others = [row.label for row in rows if row.kind not in FILES]
    return Line(at, str(trail_words.PAGES.get(page, page)), ", ".join(others[:NAMED]), files[:NAMED], _rest(files))


def _rest(files: list[tuple[str, str]]) -> int:
    return max(len(files) - NAMED, 0)


def _files(subjects: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The files: the cases, or the clients where no case was open."""
    found = list(dict.fromkeys(subjects))
    cases = [(label, label) for kind, label in found if kind == "case"]
    return cases or [(_("klien %s") % label, "") for kind, label in found if kind == "client"]


def _by_day(lines: Iterable[Line]) -> Days:
    return [(day, list(group)) for day, group in groupby(lines, key=lambda line: formatting.local_date(line.at))]
