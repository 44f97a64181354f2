"""What the records of a period say about a client: the material a progress sheet is written from.

Sessions count as everywhere (``delivered``); scores and notes of what is confidential are only for those who may read
them there.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Aspect, Bimbingan
from rehsos import formatting
from services import delivered, session_permissions
from services.catalogue import CATALOGUE
from services.delivered import Met, Sums
from services.models import Activity, ShiftLogLine
from services.situation import Situation

ASPECT_OF = {
    Bimbingan.PHYSICAL: Aspect.BIOLOGICAL,
    Bimbingan.PSYCHOSOCIAL: Aspect.PSYCHOLOGICAL,
    Bimbingan.VOCATIONAL: Aspect.SOCIAL,
    Bimbingan.SOCIAL: Aspect.SOCIAL,
    Bimbingan.RESOCIALIZATION: Aspect.SOCIAL,
    Bimbingan.COMMUNITY_DEVELOPMENT: Aspect.SOCIAL,
    Bimbingan.ADVOCACY: Aspect.SOCIAL,
}
# Logged by hand, and the records of individual work; sessions and stage records tell of themselves.
SINGLE = ("", "note", "obstacle", "obstacleeffort", "courtdate")
SPIRITUAL_GROUP = "mental_spiritual"


@dataclass
class Line:
    """One activity of the UPT as the client took part in it."""

    activity: Any
    sums: Sums = field(default_factory=Sums)
    scores: list[int] = field(default_factory=list)

    @property
    def mean(self) -> float | None:
        return sum(self.scores) / len(self.scores) if self.scores else None

    @property
    def aspect(self) -> Aspect:
        return aspect_of(self.activity.bimbingan, group=self.activity.group, religion=self.activity.religion)


@dataclass(frozen=True)
class Note:
    """What somebody wrote about the client in a session."""

    on: date
    name: str
    text: str
    score: int | None
    aspect: Aspect

    @property
    def words(self) -> str:
        return f"{formatting.day_and_month(self.on)}, {self.name}: {self.text}"


@dataclass(frozen=True)
class Work:
    """Work with this client alone, or logged without a session."""

    on: date
    code: str
    text: str
    aspect: Aspect | None  # none where the code belongs to no bimbingan

    @property
    def display(self) -> str:
        return CATALOGUE[self.code].display


@dataclass
class Material:
    """The period with everything that was found in it."""

    start: date
    end: date
    lines: list[Line]
    notes: list[Note]
    works: list[Work]
    hidden: int  # scores and notes the reader may not see

    @property
    def is_empty(self) -> bool:
        return not (self.lines or self.works)

    @property
    def total(self) -> Sums:
        return sum((line.sums for line in self.lines), Sums())


def aspect_of(bimbingan: str, *, group: str = "", religion: str = "") -> Aspect:
    """Which of the four aspects an activity belongs to; religion is the spiritual one, whatever the bimbingan."""
    if religion or group == SPIRITUAL_GROUP:
        return Aspect.SPIRITUAL
    return ASPECT_OF[Bimbingan(bimbingan)]


def of(now: Situation, start: date, end: date, reader: User) -> Material:
    """Three queries, whatever the length of the period."""
    planned = [one.value for one in now.planned]
    met = delivered.of_case(now.case, now.stays, planned, end, since=start)
    lines: dict[int, Line] = {}
    notes, hidden = [], 0
    for one in reversed(met):
        line = lines.setdefault(one.session.activity_id, Line(one.session.activity))
        line.sums.count(one.session.state)
        if not (one.session.is_held and one.mark):
            continue
        line.sums.marks[one.mark] += 1
        if not session_permissions.may_read_notes(reader, one.session):
            hidden += bool(one.score or one.note)
            continue
        line.scores += [one.score] if one.score else []
        notes += [_note(one, line)] if one.note else []
    found = sorted(
        lines.values(), key=lambda line: (Bimbingan.values.index(line.activity.bimbingan), str(line.activity))
    )
    return Material(start, end, found, notes, _works(now, start, end), hidden)


def _place(line: Line) -> tuple[int, str]:
    return Bimbingan.values.index(line.activity.bimbingan), str(line.activity)


def _note(met: Met, line: Line) -> Note:
    return Note(met.session.on, str(line.activity), met.note, met.score, line.aspect)


def _works(now: Situation, start: date, end: date) -> list[Work]:
    """Work with this client alone, a restricted note by its kind; of a shift's log what it says of this client."""
    said = ShiftLogLine.objects.filter(log__activity=OuterRef("pk"), stay__case=now.case).values("text")[:1]
    rows = Activity.objects.filter(links__case=now.case, on__range=(start, end), record_kind__in=SINGLE)
    rows = rows.annotate(said=Subquery(said)).filter(Q(shift_log__isnull=True) | Q(said__isnull=False))
    names = ("pk", "on", "code", "record_kind", "account", "result", "said", "lines__bimbingan")
    found = {}
    for pk, on, code, kind, account, result, line, bimbingan in rows.order_by("on", "pk").values_list(*names):
        aspect = ASPECT_OF[Bimbingan(bimbingan)] if bimbingan else None
        both = _("%(obstacle)s Upaya: %(effort)s") % {"obstacle": account, "effort": result}
        text = line or (both if kind == "obstacle" else result or account)
        found.setdefault(pk, Work(on, code, text, aspect))
    return list(found.values())
