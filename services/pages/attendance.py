"""The list of a session as its page and its paper draw it: who, where, marked how; names only for whom they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.forms.compare import Difference
from accounts.models import User
from cases import search
from cases.models import Case, Stay
from rehsos import formatting
from services import photos, presence, session_permissions
from services.attendees import AtHand, Place
from services.attending import Answer
from services.enums import PresenceKind
from services.models import Session, SessionCorrection
from services.session_enums import Mark

FOUND = 12
# What somebody is marked beforehand who is not in the house.
FORESEEN = {
    PresenceKind.HOME_LEAVE: Mark.EXCUSED,
    PresenceKind.HOSPITAL: Mark.SICK,
    PresenceKind.SCHOOL: Mark.DUTY,
    PresenceKind.WORK_PRACTICE: Mark.DUTY,
    PresenceKind.WITH_LAW: Mark.EXCUSED,
    PresenceKind.NOT_BACK: Mark.ABSENT,
}
FIELDS = {
    "mark": _("kehadiran"),
    "score": _("nilai"),
    "note": _("catatan"),
}


@dataclass
class Row:
    """One client on the page."""

    stay: int
    case: int
    number: str
    name: str
    place: str
    mark: str
    score: str
    note: str
    hint: str = ""
    is_unplanned: bool = False
    is_masked: bool = False
    photo: object = None

    @property
    def mark_label(self) -> str:
        return str(Mark(self.mark).label) if self.mark in Mark.values else ""


def rows(now: AtHand, user: User, answers: Mapping[int, Answer] | None = None) -> list[Row]:
    """Everybody on the list in the order of their names, with what was typed, stored or is foreseen."""
    typed = answers or {}
    added = {stay for stay, one in typed.items() if one.mark and stay in now.places}
    wanted = {place.stay for place in now.listed} | added
    away = presence.on_day(now.session.institution, now.session.on) if not now.session.is_cancelled else {}
    own = _own_cases(now, user)
    found = []
    for stay in _stays(wanted):
        place = now.places[stay.pk]
        is_masked = own is not None and place.case not in own
        found.append(_row(place, stay, typed.get(stay.pk), away.get(stay.pk), is_masked))
    return found


def _stays(wanted: set[int]) -> list[Stay]:
    rows = Stay.objects.filter(pk__in=wanted).select_related("case__client").defer("case__client__nik")
    rows = rows.annotate(photo=photos.newest("case__client"))
    return list(rows.order_by("case__client__folded_name", "pk"))


def _own_cases(now: AtHand, user: User) -> set[int] | None:
    """Whose names may be told of a confidential session; None: everybody's."""
    if session_permissions.may_read_notes(user, now.session):
        return None
    mine = Case.objects.visible_to(user).filter(pk__in=[place.case for place in now.places.values()])
    return set(mine.values_list("pk", flat=True))


def _row(place: Place, stay: Stay, typed: Answer | None, away: PresenceKind | None, is_masked: bool) -> Row:
    mark, score, note = typed or (place.mark, place.score, place.note)
    hint = str(away.label).lower() if away else ""
    if not mark and away:
        mark = FORESEEN.get(away, "")
    room = _("kamar %s") % stay.room if stay.room else ""
    return Row(
        stay=stay.pk,
        case=stay.case_id,
        number=stay.case.client.number,
        name=_("(nama disamarkan)") if is_masked else stay.case.client.shown_name,
        place="" if is_masked else ", ".join(filter(None, (stay.house, room))),
        mark=mark,
        score="" if is_masked or score is None else str(score),
        note="" if is_masked else note,
        hint="" if is_masked else hint,
        is_unplanned=place.is_unplanned,
        is_masked=is_masked,
        photo=None if is_masked or stay.case.client.is_protected else getattr(stay, "photo", None),
    )


def found(now: AtHand, words: str, shown: list[Row]) -> list[Row]:
    """Residents of that day who are not on the list, by name or number."""
    if not words.strip():
        return []
    there = {stay for stay in now.places} - {row.stay for row in shown}
    rows = Stay.objects.filter(pk__in=there).filter(case__in=_cases(words, now.session))
    rows = rows.select_related("case__client").defer("case__client__nik").order_by("case__client__folded_name", "pk")
    return [_row(now.places[stay.pk], stay, None, None, False) for stay in rows[:FOUND]]


def _cases(words: str, session: Session) -> Any:
    return Case.objects.filter(search.cases(words, session.institution), institution=session.institution).values("pk")


def tally(marked: list[Row]) -> list[tuple[str, str, int]]:
    """Mark, word and number, and last how many are not marked."""
    marks = [row.mark for row in marked]
    told = [(mark.value, str(mark.label).lower(), marks.count(mark)) for mark in Mark]
    return [*told, ("unset", _("belum"), sum(1 for mark in marks if not mark))]


def differences(mine: list[Row], stored: list[Row], form: Any, session: Session) -> list[Difference]:
    """What this page says and what is stored by now, where the two are not the same."""
    theirs = {row.stay: row for row in stored}
    told = []
    for row in mine:
        other = theirs.get(row.stay)
        ours, other_words = _words(row), _words(other) if other else ""
        if ours != other_words:
            told.append(Difference(row.name, ours, other_words))
    for name in ("material", "result", "obstacle", "guest_names"):
        ours, kept = str(form[name].value() or "").replace("\r\n", "\n").strip(), getattr(session, name)
        if ours != kept:
            told.append(Difference(str(form.fields[name].label), ours, kept))
    return told


def _words(row: Row) -> str:
    score = _("nilai %s") % row.score if row.score else ""
    return " · ".join(filter(None, (row.mark_label, score, row.note)))


@dataclass(frozen=True)
class Correction:
    """One correction in words."""

    who: str
    when: str
    reason: str
    text: str


def corrections(session: Session, marked: list[Row]) -> list[Correction]:
    """What was put right, newest first."""
    names = {row.stay: row.name for row in marked}
    told = []
    for row in SessionCorrection.objects.filter(session=session).select_related("by").order_by("-at", "-pk"):
        what = FIELDS.get(row.field) or str(Session._meta.get_field(row.field).verbose_name)
        about = f"{names.get(row.stay_id, _('peserta'))}: {what}" if row.stay_id else what
        old, new = (_shown(row.field, value) for value in (row.old, row.new))
        text = _("%(about)s %(old)s → %(new)s") % {"about": about, "old": old, "new": new}
        told.append(Correction(row.by.full_name, formatting.moment(row.at), row.reason, text))
    return told


def _shown(field: str, value: str) -> str:
    if field == "mark" and value in Mark.values:
        return str(Mark(value).label).lower()
    return value or "–"
