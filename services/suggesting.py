"""Words for a new progress sheet, from what the period says; every one a suggestion that its writer goes over.

Only words: a score is a judgement, and stays for whoever knows the client.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Aspect
from cases.models import Case
from rehsos import formatting
from services import due_dates, material
from services.material import Line, Material, Note
from services.models import AspectFinding, Obstacle, ProgressSheet
from services.session_enums import Mark
from services.situation import Situation

LOW_SCORE = 2  # a note beside it tells what is not reached yet
LOW_RATE = 75  # per cent of the sessions held
QUOTED = 4  # notes in one suggestion
LONGEST = 1900  # letters in one suggestion; a field takes 2,000
MISSED = (Mark.ABSENT, Mark.SICK, Mark.EXCUSED)

Words = dict[str, str]


@dataclass
class Suggestion:
    """What a new sheet opens with: its period, words by aspect, and where each goal stood last."""

    period: date | None = None
    material: Material | None = None
    aspects: dict[str, Words] = field(default_factory=dict)
    goals: dict[str, Words] = field(default_factory=dict)
    obstacles: str = ""


def of(case: Case, reader: User, asked: date | None = None) -> Suggestion:
    """The suggestion for a period that is open: the one asked for, else the first."""
    now = Situation(case)
    periods = dict(due_dates.open_periods(now))
    start = asked if asked in periods else next(iter(periods), None)
    if start is None:
        return Suggestion()
    found = material.of(now, start, periods[start], reader)
    before = _sheet_before(now, start)
    problems = _problems(now, before)
    scores = {part.key: part.score for part in before.aspects.all()} if before else {}
    aspects = {aspect.value: _aspect(found, aspect, problems.get(aspect.value, ""), scores) for aspect in Aspect}
    goals = {part.key: {"state": part.state} for part in before.goals.all()} if before else {}
    return Suggestion(start, found, aspects, goals, _obstacles(now, periods[start]))


def _sheet_before(now: Situation, start: date) -> ProgressSheet | None:
    earlier = [sheet for sheet in now.records_of(ProgressSheet) if sheet.period_on < start]
    return max(earlier, key=lambda sheet: sheet.period_on, default=None)


def _problems(now: Situation, before: ProgressSheet | None) -> Words:
    """What was not reached by the last sheet; before the first one, what the assessment found."""
    if before:
        return {part.key: part.not_achieved or part.problem for part in before.aspects.all()}
    rows = AspectFinding.objects.filter(record__case=now.case, record__edition=now.case.assessment_edition)
    return dict(rows.order_by("record__round", "pk").values_list("key", "condition"))


def _obstacles(now: Situation, end: date) -> str:
    """What stood in the way at the end of the period, with what was done first."""
    rows = Obstacle.objects.filter(case=now.case, on__lte=end).order_by("on", "pk")
    stood = rows.filter(Q(overcome_on__isnull=True) | Q(overcome_on__gt=end))
    lines = [
        _("%(text)s (%(where)s; upaya: %(effort)s)")
        % {"text": row.text, "where": row.get_bimbingan_display().lower(), "effort": row.effort}
        for row in stood
    ]
    return _text(lines)[:LONGEST]


def _aspect(found: Material, aspect: Aspect, problem: str, scores_before: dict[str, int]) -> Words:
    lines = [line for line in found.lines if line.aspect == aspect]
    notes = [note for note in found.notes if note.aspect == aspect]
    words = {
        "problem": problem,
        "intervention": _text([*map(_attended, lines), *_worked(found, aspect)]),
        "achieved": _text([*_mean(lines, scores_before.get(aspect.value)), *_quotes(notes, is_low=False)]),
        "not_achieved": _text([*_gaps(lines), *_quotes(notes, is_low=True)]),
    }
    return {name: text[:LONGEST] for name, text in words.items() if text}


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _attended(line: Line) -> str:
    told = {"name": line.activity, "present": line.sums.present, "held": line.sums.held}
    return _("%(name)s: hadir %(present)s dari %(held)s sesi terlaksana.") % told


def _worked(found: Material, aspect: Aspect) -> list[str]:
    counts = Counter((work.display, work.code) for work in found.works if work.aspect == aspect)
    return [
        _("%(what)s (%(code)s), %(times)s kali.") % {"what": what, "code": code, "times": times}
        for (what, code), times in counts.items()
    ]


def _mean(lines: list[Line], before: int | None) -> list[str]:
    scores = [score for line in lines for score in line.scores]
    if not scores:
        return []
    told = {"mean": formatting.number(round(sum(scores) / len(scores), 1)), "times": len(scores)}
    words = _("Nilai rata-rata dalam sesi %(mean)s dari %(times)s penilaian.") % told
    return [f"{words} {_('Lembar sebelumnya: nilai %s.') % before}" if before else words]


def _quotes(notes: list[Note], *, is_low: bool) -> list[str]:
    chosen = [note for note in notes if (note.score is not None and note.score <= LOW_SCORE) == is_low]
    return [note.words for note in chosen[-QUOTED:]]


def _gaps(lines: list[Line]) -> list[str]:
    """Activities of which the client missed more than a quarter, and why."""
    found = []
    for line in lines:
        if line.sums.rate is None or line.sums.rate >= LOW_RATE:
            continue
        why = [f"{Mark(mark).label.lower()} {line.sums.marks[mark]}" for mark in MISSED if line.sums.marks[mark]]
        told = {"name": line.activity, "rate": line.sums.rate, "why": ", ".join(why) or "–"}
        found.append(_("%(name)s: kehadiran %(rate)s%% (%(why)s).") % told)
    return found
