"""Sessions come to be, are moved and cancelled: made from the weekly pattern, never twice, or one by one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import Institution, User
from audit import trail
from cases import soundness
from cases.models import Stay
from rehsos import clock, formatting, rows
from rehsos.doors import Stale
from services import attendees, clashes, meeting, session_permissions
from services.acts import allow, refuse
from services.attendees import AtHand, Place
from services.models import Attendance, Holiday, Session, Slot, SlotException
from services.programme import lock
from services.session_enums import Audience, SessionState

WEEKS_AHEAD = 4
SETTLED = ("on", "starts_at", "ends_at", "room", "leader", "leader_name")
COPIED = ("starts_at", "ends_at", "room", "leader_id", "leader_name", "audience", "house")


@dataclass(frozen=True)
class Occurrence:
    """A day on which a line of the pattern takes place."""

    slot: Slot
    on: date


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def occurrences(
    institution: Institution, first: date, last: date, slots: Iterable[Slot] | None = None
) -> list[Occurrence]:
    """Every meeting the pattern asks for between two days, without exceptions and holidays."""
    rows = Slot.objects.filter(institution=institution, since_on__lte=last, activity__retired_on__isnull=True)
    rows = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=first))
    if slots is not None:
        rows = rows.filter(pk__in=[slot.pk for slot in slots])
    free = set(Holiday.objects.filter(institution=institution, on__range=(first, last)).values_list("on", flat=True))
    found = []
    for slot in rows.select_related("activity", "leader").prefetch_related("exceptions"):
        skipped = free | {row.on for row in slot.exceptions.all()}
        day = max(first, slot.since_on)
        day += timedelta(days=(slot.weekday - day.weekday()) % 7)
        while day <= min(last, slot.until_on or last):
            if day not in skipped:
                found.append(Occurrence(slot, day))
            day += timedelta(days=7)
    return sorted(found, key=lambda one: (one.on, one.slot.starts_at, one.slot.pk))


@transaction.atomic
def generate(*, institution: Institution, first: date, last: date, by: User | None, key: str = "") -> int:
    """Make the sessions of these days that are not there yet; how many. ``by=None`` is the daily command."""
    if by:
        institution = lock(institution, by=by)
        if answer := keys.claim(key, by=by):
            return int(answer)
        allow(session_permissions.why_not_plan(by))
    else:
        institution = Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)
    number = make(institution, first, last, by=by)
    if number:
        trail.append(
            institution_id=institution.pk,
            by=by,
            verb="sessions.generated",
            subjects=[trail.Subject("institution", institution.pk, institution.name)],
            data={"from": first.isoformat(), "until": last.isoformat(), "number": number},
        )
    keys.settle(key, number)
    return number


def fill(institution: Institution, *, by: User | None, slots: Iterable[Slot] | None = None) -> int:
    """The running week and those ahead, inside another write that has locked the UPT."""
    first = monday(institution.today())
    return make(institution, first, first + timedelta(days=7 * WEEKS_AHEAD - 1), by=by, slots=slots)


def make(
    institution: Institution, first: date, last: date, *, by: User | None, slots: Iterable[Slot] | None = None
) -> int:
    """The rows themselves; the caller has locked the UPT. ``UNIQUE(slot, on)`` keeps what two of these would do."""
    there = Session.objects.filter(institution=institution, slot__isnull=False, on__range=(first, last))
    taken = set(there.values_list("slot", "on"))
    fresh = [
        Session(
            institution=institution,
            activity_id=one.slot.activity_id,
            slot=one.slot,
            on=one.on,
            made_by=by,
            **{name: getattr(one.slot, name) for name in COPIED},
        )
        for one in occurrences(institution, first, last, slots)
        if (one.slot.pk, one.on) not in taken
    ]
    Session.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


@transaction.atomic
def add(
    *,
    institution: Institution,
    values: Mapping[str, Any],
    stays: Iterable[Stay] = (),
    by: User,
    despite: bool = False,
    key: str = "",
) -> Session:
    """A session outside the pattern. Whoever leads one may add it for themselves; planners for everybody."""
    institution = lock(institution, by=by)
    if answer := keys.claim(key, by=by):
        return Session.objects.get(pk=answer)
    session = Session(institution=institution, made_by=by, **values)
    chosen = list(stays)
    if not by.has_role(*session_permissions.PLANNERS):
        allow("" if session.leader == by else session_permissions.why_not_plan(by))
    soundness.demand(session)
    refuse([*meeting.faults(session), *_not_served(session, chosen)])
    clashes.refuse_unread(clashes.of_session(session, [stay.case_id for stay in chosen], by=by), despite)
    session.save()
    _expect(session, [stay.pk for stay in chosen])
    _tell(session, by, "session.added")
    keys.settle(key, session.pk)
    return session


@transaction.atomic
def move(
    *, session_id: int, values: Mapping[str, Any], by: User, version: int, despite: bool = False, key: str = ""
) -> Session:
    """Another day, time, room or leader, as long as nothing is marked.

    A session of the pattern leaves it: its line pauses on that day, and changes of the line no longer reach it.
    """
    now = attendees.at_hand(session_id, by=by)
    session = now.session
    if keys.claim(key, by=by, answer=session_id) is not None:
        return session
    allow(session_permissions.why_not_plan(by))
    refuse(reasons_not_to_move(session))
    was, slot, chosen = session.on, session.slot, _chosen(now)
    for name in SETTLED:
        if name in values:
            setattr(session, name, values[name])
    session.slot = None
    soundness.demand(session)
    stays = list(Stay.objects.filter(pk__in=[place.stay for place in chosen]))
    refuse([*meeting.faults(session), *_not_served(session, stays)])
    clashes.refuse_unread(clashes.of_session(session, [place.case for place in chosen], by=by), despite)
    _take(session, version, slot=None, **{name: getattr(session, name) for name in SETTLED})
    _expect(session, [place.stay for place in chosen if not place.is_saved])
    if slot:
        told = {"day": formatting.long_date(session.on), "at": f"{session.starts_at:%H.%M}"}
        reason = _("Dipindah ke %(day)s, %(at)s.") % told
        SlotException.objects.get_or_create(slot=slot, on=was, defaults={"reason": reason, "by": by})
    _tell(session, by, "session.changed", was=was.isoformat())
    return session


def reasons_not_to_move(session: Session) -> list[str]:
    if session.is_cancelled:
        return [_("Sesi ini sudah dibatalkan.")]
    if session.first_saved_at:
        return [_("Kehadiran sudah dicatat; waktu dan tempatnya tidak dapat diubah.")]
    return []


def _chosen(now: AtHand) -> list[Place]:
    """Who was chosen for a session by name; the other audiences are worked out."""
    return now.listed if now.session.audience == Audience.CHOSEN else []


@transaction.atomic
def cancel(*, session_id: int, reason: str, by: User, version: int, key: str = "") -> Session:
    """It did not take place, and why; who was on its list stays on record."""
    now = attendees.at_hand(session_id, by=by)
    session = now.session
    if keys.claim(key, by=by, answer=session_id) is not None:
        return session
    allow(session_permissions.why_not_mark(by, session))
    refuse(_reasons_not_to_cancel(session, reason))
    values = {
        "state": SessionState.CANCELLED,
        "cancelled_at": clock.now(),
        "cancelled_by": by,
        "cancel_reason": reason.strip(),
    }
    _take(session, version, **values)
    _expect(session, [place.stay for place in now.listed if not place.is_saved])
    _tell(session, by, "session.cancelled", reason)
    return session


def _reasons_not_to_cancel(session: Session, reason: str) -> list[str]:
    if session.is_cancelled:
        return [_("Sesi ini sudah dibatalkan.")]
    if session.is_held:
        return [_("Sesi ini sudah terlaksana; yang keliru diperbaiki lewat koreksi.")]
    return [] if reason.strip() else [_("Isi alasan pembatalan.")]


def _not_served(session: Session, stays: list[Stay]) -> list[str]:
    def is_served(stay: Stay) -> bool:
        has_left = stay.left_on is not None and stay.left_on < session.on
        return stay.institution_id == session.institution_id and stay.placed_on <= session.on and not has_left

    if all(map(is_served, stays)):
        return []
    return [_("Ada klien yang tidak sedang dilayani pada tanggal itu.")]


def _expect(session: Session, stays: Iterable[int]) -> None:
    """Put these on the list, not marked yet."""
    lines = [(session.pk, stay, "", None, "", False) for stay in stays]
    rows.insert(Attendance, ("session", "stay", "mark", "score", "note", "is_unplanned"), lines)


def _take(session: Session, version: int, **fresh: Any) -> None:
    taken = Session.objects.filter(pk=session.pk, version=version).update(version=version + 1, **fresh)
    if not taken:
        raise Stale(_("Sesi ini sudah diubah sejak halaman Anda dibuka. Periksa keadaan terbarunya."))
    for name, value in {**fresh, "version": version + 1}.items():
        setattr(session, name, value)


def _tell(session: Session, by: User, verb: str, reason: str = "", **more: str) -> None:
    trail.append(
        institution_id=session.institution_id,
        by=by,
        verb=verb,
        subjects=[trail.Subject("session", session.pk, f"{session.activity.name} {session.on:%Y-%m-%d}")],
        data={"on": session.on.isoformat(), "activity": session.activity.name, **more},
        reason=reason.strip(),
    )
