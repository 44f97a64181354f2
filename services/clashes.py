"""Whether two meetings want the same room, the same leader or the same client at the same time, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _

from accounts.models import Institution
from cases.models import Client, Stay
from services.attendees import AtHand
from services.models import Goal, Slot
from services.session_enums import Audience

NAMED = 3


@dataclass(frozen=True)
class Booking:
    """What one meeting takes up: a time of the day, a room, a leader, and clients (case to name)."""

    label: str
    starts_at: time
    ends_at: time
    room: str = ""
    leader: str = ""
    people: Mapping[int, str] = field(default_factory=dict)

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
            names = ", ".join(shared[:NAMED]) + (_(", …") if len(shared) > NAMED else "")
            found.append(
                _("%(number)s klien juga di %(other)s: %(names)s.") % {**told, "number": len(shared), "names": names}
            )
    return found


class Residents:
    """Who is served on a day, to tell whom a line of the pattern means; read once for all lines."""

    def __init__(self, institution: Institution, day: date) -> None:
        runs = Q(left_on__isnull=True) | Q(left_on__gt=day)
        stays = Stay.objects.filter(runs, institution=institution, placed_on__lte=day).select_related("case__client")
        self.stays = list(stays.defer("case__client__nik").order_by("case__client__folded_name"))
        goals = Goal.objects.filter(
            case__in=[stay.case_id for stay in self.stays],
            round=F("case__round"),
            edition=F("case__plan_edition"),
        )
        self.planned = set(goals.values_list("case", "bimbingan"))

    def meant_by(self, slot: Slot, chosen: Iterable[int]) -> dict[int, str]:
        """The cases a line of the pattern takes in, with their clients' names."""
        wanted, activity = set(chosen), slot.activity
        return {
            stay.case_id: stay.case.client.shown_name
            for stay in self.stays
            if self._is_meant(slot, activity, stay, wanted)
        }

    def _is_meant(self, slot: Slot, activity: Any, stay: Stay, chosen: set[int]) -> bool:
        client: Client = stay.case.client
        if slot.audience == Audience.CHOSEN:
            return stay.case_id in chosen
        if activity.religion and client.religion != activity.religion:
            return False
        if slot.audience == Audience.HOUSE:
            return stay.house == slot.house
        return slot.audience == Audience.EVERYONE or (stay.case_id, activity.bimbingan) in self.planned


def of_slot(slot: Slot, chosen: Iterable[int]) -> list[str]:
    """The clashes of one line of the pattern with the others that hold on some of its days."""
    others = Slot.objects.filter(institution=slot.institution, weekday=slot.weekday).exclude(pk=slot.pk)
    others = others.filter(Q(until_on__isnull=True) | Q(until_on__gte=slot.since_on))
    if slot.until_on:
        others = others.filter(since_on__lte=slot.until_on)
    rows = list(others.select_related("activity", "leader").prefetch_related("chosen"))
    residents = Residents(slot.institution, max(slot.since_on, slot.institution.today()))
    told = (_of_slot(row, [one.case_id for one in row.chosen.all()], residents) for row in rows)
    return between(_of_slot(slot, chosen, residents), told)


def _of_slot(slot: Slot, chosen: Iterable[int], residents: Residents) -> Booking:
    leader = slot.leader.full_name if slot.leader else slot.leader_name
    return Booking(
        slot.activity.name, slot.starts_at, slot.ends_at, slot.room, leader, residents.meant_by(slot, chosen)
    )


def of_session(one: AtHand, names: Mapping[int, str]) -> Booking:
    """A session of one day, with whom its list has."""
    session = one.session
    people = {place.case: names.get(place.case, place.number) for place in one.listed}
    return Booking(
        session.activity.name, session.starts_at, session.ends_at, session.room, session.leader_shown, people
    )
