"""The write of attendance: one post for a whole group, its correction later, and the activity that follows from it.

The order is that of every write, but the session is taken by compare-and-set instead of a lock beforehand: whoever
read version 3 writes version 4 or nothing. So a post of any size asks the database twelve times.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from audit import trail
from cases import files, soundness
from cases.files import Checked
from rehsos import clock, rows
from rehsos.doors import Stale
from services import attendees, corrections, refreshing, session_permissions, session_work
from services.acts import allow, refuse
from services.attendees import AtHand, Place
from services.models import Attendance, Session, SessionCorrection, SessionPhoto
from services.session_enums import Mark, SessionState

TOLD = ("method", "material", "result", "obstacle", "guests", "guest_names", "is_late_entry")
NOTE_LENGTH = Attendance._meta.get_field("note").max_length or 0


class Answer(NamedTuple):
    """What somebody marked for one client."""

    mark: str = ""
    score: int | None = None
    note: str = ""


@dataclass(frozen=True)
class _Change:
    """One thing that is not as it was; ``stay`` is None for what is told of the whole session."""

    stay: int | None
    field: str
    old: str
    new: str


@transaction.atomic
def save(
    *,
    session_id: int,
    answers: Mapping[int, Answer],
    values: Mapping[str, Any],
    by: User,
    version: int,
    reason: str = "",
    photos: Sequence[Checked] = (),
    key: str = "",
) -> Session:
    """Keep what was marked, by stay. The session is held once everybody on its list is marked.

    Free for 24 hours after it was first held, afterwards (or once its month is frozen) a correction with a reason.
    """
    if keys.claim(key, by=by, answer=session_id) is not None:
        return Session.objects.select_related("activity", "institution").get(pk=session_id)
    now = attendees.at_hand(session_id, by=by)
    return keep(now, answers=answers, values=values, by=by, version=version, reason=reason, photos=photos)


@transaction.atomic(savepoint=False)
def keep(
    now: AtHand,
    *,
    answers: Mapping[int, Answer],
    values: Mapping[str, Any],
    by: User,
    version: int,
    reason: str = "",
    photos: Sequence[Checked] = (),
) -> Session:
    """The same for a session already at hand: whoever marks the sessions of a whole day reads them in one query."""
    session = now.session
    allow(session_permissions.why_not_mark(by, session))
    if session.version != version:
        raise _stale(session)
    after = _merged(now, answers)
    changes = [*_changes_of_session(session, values), *_changes_of_places(now, after)]
    was_held = session.is_held
    is_correction = was_held and not may_edit_freely(session)
    refuse(_reasons_not_to_save(now, answers, after, values, bool(is_correction and changes), reason))
    if is_correction and not changes:
        return session
    _take(session, values, by=by, is_held=all(place.mark for place in after.values()))
    _write(session, now, after)
    attended = sorted(place.case for place in after.values() if place.mark == Mark.PRESENT)
    if session.is_held:
        session_work.write(session, attended, by=by, is_first=not was_held)
        _bring_up_to_date(now, after, by)
    if is_correction:
        _keep_old(session, changes, reason, by)
    for photo in photos:
        kept = files.keep(photo, by=by, institution_id=session.institution_id)
        SessionPhoto.objects.create(session=session, file=kept)
    _tell(session, after, changes if is_correction else [], reason, by)
    return session


def may_edit_freely(session: Session) -> bool:
    """Without giving a reason: until a day after it was first held, while its month is open."""
    if session.held_at is None:
        return True
    return corrections.is_editable(session.held_at) and corrections.month_open(session.institution, session.on)


def free_until(session: Session) -> datetime | None:
    return session.held_at + corrections.EDITABLE_FOR if session.held_at else None


# --- What is asked --------------------------------------------------------------------------------------------------
def _merged(now: AtHand, answers: Mapping[int, Answer]) -> dict[int, Place]:
    """The list as it will be: whoever was on it, and whoever was added; an addition without a mark is taken off."""
    found = {}
    for stay, place in now.places.items():
        given = answers.get(stay)
        if given is None and not place.is_listed:
            continue
        mark, score, note = given or (place.mark, place.score, place.note)
        if place.is_unplanned and not mark:
            continue
        found[stay] = replace(place, mark=mark, score=score, note=note.strip())
    return found


def _reasons_not_to_save(
    now: AtHand,
    answers: Mapping[int, Answer],
    after: Mapping[int, Place],
    values: Mapping[str, Any],
    needs_reason: bool,
    reason: str,
) -> list[str]:
    session = now.session
    if session.is_cancelled:
        return [_("Sesi ini sudah dibatalkan.")]
    if session.on > session.institution.today():
        return [_("Sesi ini belum berlangsung.")]
    reasons = []
    if set(answers) - set(now.places):
        reasons.append(_("Ada peserta yang tidak sedang dilayani pada tanggal sesi."))
    if any(place.mark and place.mark not in Mark.values for place in after.values()):
        reasons.append(_("Tanda kehadiran tidak dikenal."))
    if any(place.score is not None and not 1 <= place.score <= 5 for place in after.values()):
        reasons.append(_("Nilai harus 1 sampai 5."))
    if any(len(place.note) > NOTE_LENGTH for place in after.values()):
        reasons.append(_("Catatan per klien paling banyak %s huruf.") % NOTE_LENGTH)
    if not after and not values.get("guests"):
        reasons.append(_("Belum ada peserta. Tambah klien, atau isi banyaknya peserta bukan klien."))
    if session.is_held and not all(place.mark for place in after.values()):
        reasons.append(_("Semua peserta harus tetap bertanda: sesi ini sudah terlaksana."))
    if needs_reason and not reason.strip():
        reasons.append(_("Sudah lewat 24 jam sejak kehadiran disimpan. Isi alasan koreksi."))
    return reasons


def _stale(session: Session) -> Stale:
    who = session.saved_by.full_name if session.saved_by else ""
    return Stale(_("Sesi ini sudah disimpan orang lain sejak Anda membukanya."), by=who, at=session.saved_at)


# --- What is written ------------------------------------------------------------------------------------------------
def _take(session: Session, values: Mapping[str, Any], *, by: User, is_held: bool) -> None:
    """Write the session itself, if nobody was faster."""
    at = clock.now()
    for name in TOLD:
        if name in values:
            setattr(session, name, values[name])
    soundness.demand(session)
    session.saved_by, session.saved_at = by, at
    session.first_saved_at = session.first_saved_at or at
    if is_held:
        session.state, session.held_at = SessionState.HELD, session.held_at or at
    columns = (*TOLD, "saved_by", "saved_at", "first_saved_at", "state", "held_at")
    fresh = {name: getattr(session, name) for name in columns}
    taken = Session.objects.filter(pk=session.pk, version=session.version).update(version=session.version + 1, **fresh)
    if not taken:
        raise _stale(Session.objects.select_related("saved_by").get(pk=session.pk))
    session.version += 1


def _write(session: Session, now: AtHand, after: Mapping[int, Place]) -> None:
    columns = ("session", "stay", "mark", "score", "note", "is_unplanned")
    lines = [
        (session.pk, place.stay, place.mark, place.score, place.note, place.is_unplanned)
        for stay, place in after.items()
        if not place.is_saved or place != now.places[stay]
    ]
    rows.insert(Attendance, columns, lines, unique=("session", "stay"))
    gone = [stay for stay, place in now.places.items() if place.is_saved and stay not in after]
    if gone:
        Attendance.objects.filter(session=session, stay__in=gone).delete()


def _bring_up_to_date(now: AtHand, after: Mapping[int, Place], by: User) -> None:
    """The first service of a bimbingan changes what a case waits for, and so does one that is taken back."""
    was = {place.case for place in now.places.values() if place.mark == Mark.PRESENT}
    is_now = {place.case: place.awaits_service for place in after.values() if place.mark == Mark.PRESENT}
    moved = {case for case, awaits in is_now.items() if awaits} | (was - is_now.keys())
    if moved:
        refreshing.refresh(moved, by=by)


# --- What is kept of it ---------------------------------------------------------------------------------------------
def _changes_of_session(session: Session, values: Mapping[str, Any]) -> list[_Change]:
    pairs = [(name, getattr(session, name), values[name]) for name in TOLD if name in values]
    return [_Change(None, name, str(old), str(new)) for name, old, new in pairs if old != new]


def _changes_of_places(now: AtHand, after: Mapping[int, Place]) -> Iterable[_Change]:
    for stay, place in now.places.items():
        fresh = after.get(stay)
        if fresh is None and not place.is_saved:
            continue
        for name in ("mark", "score", "note"):
            old, new = getattr(place, name), getattr(fresh, name) if fresh else ""
            if (old or "") != (new or ""):
                yield _Change(stay, name, str(old or ""), str(new or ""))


def _keep_old(session: Session, changes: list[_Change], reason: str, by: User) -> None:
    at = clock.now()
    columns = ("session", "stay", "field", "old", "new", "reason", "by", "at")
    lines = [
        (session.pk, change.stay, change.field, change.old, change.new, reason.strip(), by.pk, at) for change in changes
    ]
    rows.insert(SessionCorrection, columns, lines)


def _tell(session: Session, after: Mapping[int, Place], corrected: list[_Change], reason: str, by: User) -> None:
    """One entry for the act, whatever the number of clients."""
    marks = [place.mark for place in after.values()]
    told = {mark.value: marks.count(mark) for mark in Mark if mark in marks}
    subjects = [trail.Subject("session", session.pk, f"{session.activity.name} {session.on:%Y-%m-%d}")]
    subjects += [trail.Subject("case", place.case, place.number) for place in after.values()]
    trail.append(
        institution_id=session.institution_id,
        by=by,
        verb="session.corrected" if corrected else "session.saved",
        subjects=subjects,
        data={"on": session.on.isoformat(), "marks": told, "state": session.state, "corrected": len(corrected)},
        reason=reason.strip() if corrected else "",
    )
