"""Whether two meetings want the same room, the same leader or the same client at the same time, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time

from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from rehsos.doors import Refused
from services import attendees, meeting, presence, session_permissions
from services.attendees import AtHand
from services.meeting import Meeting
from services.models import Goal, Session, Slot
from services.session_enums import SessionState

NAMED = 3


class Clashes(Refused):
    """What a meeting clashes with. Whoever has read it may save it all the same."""


def refuse_unread(reasons: list[str], despite: bool) -> None:
    """Raise Clashes, unless they were read."""
    if reasons and not despite:
        raise Clashes(reasons)


@dataclass(frozen=True)
class Booking:
    """What one meeting takes up: a time of the day, a room, a leader, and clients (case to name)."""

    label: str
    starts_at: time
    ends_at: time
    room: str = ""
    leader: str = ""
    people: Mapping[int, str] = field(default_factory=dict)
    is_named: bool = True  # whether it may be told who takes part

    def overlaps(self, other: "Booking") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def named(self) -> str:
        return f"{self.label} ({self.starts_at:%H.%M}–{self.ends_at:%H.%M})"


def between(one: Booking, others: Iterable[Booking]) -> list[str]:
    """Every clash of one meeting with others, in words."""
    found = []
    for other in others:
        if not one.overlaps(other):
            continue
        told = {"other": other.named()}
        if one.room.strip() and one.room.strip().casefold() == other.room.strip().casefold():
            found.append(_("Ruang %(room)s sudah dipakai %(other)s.") % {**told, "room": one.room.strip()})
        if one.leader and one.leader.casefold() == other.leader.casefold():
            found.append(_("%(leader)s sudah memimpin %(other)s.") % {**told, "leader": one.leader})
        if shared := sorted(one.people[case] for case in one.people.keys() & other.people.keys()):
            found.append(_shared(shared, other))
    return found


def _shared(names: list[str], other: Booking) -> str:
    told = {"other": other.named(), "number": len(names)}
    if not other.is_named:
        return _("%(number)s klien juga di %(other)s.") % told
    more = len(names) - NAMED
    shown = ", ".join(names[:NAMED]) + (_(", dan %s lainnya") % more if more > 0 else "")
    return _("%(number)s klien juga di %(other)s: %(names)s.") % {**told, "names": shown}


class Residents:
    """Who is served on a day, to tell whom a meeting means; read once for all meetings."""

    def __init__(self, institution: Institution, day: date) -> None:
        stays = presence.living_here(institution, day).select_related("case__client")
        self.stays = list(stays.defer("case__client__nik").order_by("case__client__folded_name"))
        self.names = {stay.case_id: stay.case.client.shown_name for stay in self.stays}
        goals = Goal.objects.filter(
            case__in=[stay.case_id for stay in self.stays],
            round=F("case__round"),
            edition=F("case__plan_edition"),
        )
        self.planned = set(goals.values_list("case", "bimbingan"))

    def meant_by(self, one: Meeting, chosen: Iterable[int]) -> dict[int, str]:
        """The cases a meeting takes in, with their clients' names."""
        wanted, bimbingan = set(chosen), one.activity.bimbingan
        return {
            stay.case_id: self.names[stay.case_id]
            for stay in self.stays
            if meeting.means(
                one,
                house=stay.house,
                religion=stay.case.client.religion,
                is_planned=(stay.case_id, bimbingan) in self.planned,
                is_chosen=stay.case_id in wanted,
            )
        }


def of_slot(slot: Slot, chosen: Iterable[int]) -> list[str]:
    """The clashes of one line of the pattern with the others that hold on some of its days."""
    others = Slot.objects.filter(institution=slot.institution, weekday=slot.weekday).exclude(pk=slot.pk)
    others = others.filter(Q(until_on__isnull=True) | Q(until_on__gte=slot.since_on))
    if slot.until_on:
        others = others.filter(since_on__lte=slot.until_on)
    rows = list(others.select_related("activity", "leader").prefetch_related("chosen"))
    residents = Residents(slot.institution, max(slot.since_on, slot.institution.today()))
    told = (_booking(row, residents.meant_by(row, [one.case_id for one in row.chosen.all()])) for row in rows)
    return between(_booking(slot, residents.meant_by(slot, chosen)), told)


def of_session(session: Session, chosen: Iterable[int], *, by: User) -> list[str]:
    """The clashes of a session with the others of its day; of a confidential one neither what it is nor whose."""
    residents = Residents(session.institution, session.on)
    others = Session.objects.filter(institution=session.institution, on=session.on).exclude(pk=session.pk)
    others = others.exclude(state=SessionState.CANCELLED)
    others = others.filter(starts_at__lt=session.ends_at, ends_at__gt=session.starts_at)
    told = (_listed(one, residents.names, by) for one in attendees.of_sessions(others))
    return between(_booking(session, residents.meant_by(session, chosen)), told)


def _listed(one: AtHand, names: Mapping[int, str], by: User) -> Booking:
    people = {place.case: names.get(place.case, place.number) for place in one.listed}
    booking = _booking(one.session, people)
    if session_permissions.may_read_notes(by, one.session):
        return booking
    return replace(booking, label=_("kegiatan lain"), is_named=False)


def _booking(one: Meeting, people: Mapping[int, str]) -> Booking:
    leader = one.leader.full_name if one.leader else one.leader_name
    return Booking(one.activity.name, one.starts_at, one.ends_at, one.room, leader, people)
