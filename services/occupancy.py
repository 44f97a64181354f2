"""How full a UPT is on a day: beds, who lies in them, who has one and is away. Three queries, however many beds."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from accounts.models import Institution
from services import presence
from services.enums import PresenceKind
from services.models import Bed, BedUse, House


@dataclass(frozen=True)
class Place:
    """A bed on a day: whose it is then, if anybody's, and whether they are away."""

    bed: Bed
    use: BedUse | None = None
    away: PresenceKind | None = None


@dataclass(frozen=True)
class Fill:
    """Beds of a house or of a UPT: all, those that somebody has, and of these the ones whose owner is away."""

    capacity: int = 0
    taken: int = 0
    away: int = 0

    @property
    def free(self) -> int:
        return self.capacity - self.taken

    @property
    def percent(self) -> int:
        return round(100 * self.taken / self.capacity) if self.capacity else 0


@dataclass(frozen=True)
class Occupancy:
    """A UPT on a day: in all, and by house in the order of their names."""

    day: date
    total: Fill
    houses: dict[House, Fill] = field(default_factory=dict)


def occupancy(institution: Institution, day: date) -> Occupancy:
    """The beds of a UPT at the end of a day: capacity, taken, and taken by somebody who is away."""
    found = places(institution, day)
    houses: dict[House, list[Place]] = {}
    for place in found:
        houses.setdefault(place.bed.room.house, []).append(place)
    return Occupancy(day, fill(found), {house: fill(rows) for house, rows in houses.items()})


def places(institution: Institution, day: date) -> list[Place]:
    """Every bed that was in use as a bed on a day, in the order of house, room and bed."""
    there = Q(retired_on__isnull=True) | Q(retired_on__gt=day)
    rows = Bed.objects.filter(there, room__house__institution=institution).select_related("room__house")
    uses = BedUse.objects.filter(BedUse.on(day), bed__room__house__institution=institution)
    held = {use.bed_id: use for use in uses.select_related("stay__case__client").defer("stay__case__client__nik")}
    away = presence.on_day(institution, day)
    return [
        Place(bed, use := held.get(bed.pk), away.get(use.stay_id) if use else None)
        for bed in rows.order_by("room__house__name", "room__house", "room", "pk")
    ]


def fill(rows: list[Place]) -> Fill:
    """The numbers of some beds."""
    counts = Counter((place.use is not None, place.away is not None) for place in rows)
    return Fill(len(rows), counts[True, False] + counts[True, True], counts[True, True])
