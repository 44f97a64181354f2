"""The picture of a house: beds as squares, room by room; the same on screen and on paper, with names or without."""

from collections.abc import Container
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.models import Client
from services import beds, occupancy
from services.enums import PresenceKind
from services.models import BedUse, House, Room
from services.occupancy import Fill, Place

WIDTH, HEIGHT, GAP, IN_A_ROW = 74, 46, 6, 4
LETTERS = 10  # that fit into a square
AWAY = {
    PresenceKind.HOME_LEAVE: gettext_lazy("cuti"),
    PresenceKind.HOSPITAL: gettext_lazy("rawat inap"),
    PresenceKind.SCHOOL: gettext_lazy("sekolah"),
    PresenceKind.WORK_PRACTICE: gettext_lazy("PBK"),
    PresenceKind.WITH_LAW: gettext_lazy("APH"),
    PresenceKind.NOT_BACK: gettext_lazy("blm kembali"),
}


@dataclass(frozen=True)
class Square:
    """One bed: where it is drawn, how it stands, what is written in it, and the whole in words."""

    x: int
    y: int
    look: str  # free, taken or away
    above: str
    name: str
    words: str
    url: str = ""

    @property
    def text_x(self) -> int:
        return self.x + 7

    @property
    def above_y(self) -> int:
        return self.y + 16

    @property
    def name_y(self) -> int:
        return self.y + 35


@dataclass(frozen=True)
class RoomPicture:
    room: Room
    width: int
    height: int
    squares: list[Square]
    fill: Fill


@dataclass(frozen=True)
class HousePicture:
    house: House
    rule: str
    fill: Fill
    rooms: list[RoomPicture]


def houses(places: list[Place], *, in_sight: Container[int] = (), with_names: bool = True) -> list[HousePicture]:
    """Every house with beds. ``in_sight`` are the cases that the reader may open."""
    found = []
    for house, rows in groupby(places, key=lambda place: place.bed.room.house):
        own = list(rows)
        rooms = [
            _room(room, list(inside), in_sight, with_names)
            for room, inside in groupby(own, key=lambda place: place.bed.room)
        ]
        found.append(HousePicture(house, beds.rule_words(house), occupancy.fill(own), rooms))
    return found


def _room(room: Room, places: list[Place], in_sight: Container[int], with_names: bool) -> RoomPicture:
    lines = -(-len(places) // IN_A_ROW)
    columns = -(-len(places) // lines)
    squares = [_square(divmod(number, columns), place, in_sight, with_names) for number, place in enumerate(places)]
    size = columns * (WIDTH + GAP) - GAP + 2, lines * (HEIGHT + GAP) - GAP + 2  # room for the edge
    return RoomPicture(room, *size, squares, occupancy.fill(places))


def _square(cell: tuple[int, int], place: Place, in_sight: Container[int], with_names: bool) -> Square:
    x, y = cell[1] * (WIDTH + GAP) + 1, cell[0] * (HEIGHT + GAP) + 1
    bed, use = place.bed.name, place.use
    if use is None:
        words = _("Tempat tidur %s: kosong") % bed
        return Square(x, y, "free", bed, _("kosong"), words)
    client, case = use.stay.case.client, use.stay.case
    word = str(AWAY[place.away]) if place.away else ""
    who = client.shown_name if with_names else _("terisi")
    whole = _("Tempat tidur %(bed)s: %(who)s") % {"bed": bed, "who": who}
    return Square(
        x,
        y,
        "away" if place.away else "taken",
        f"{bed} · {word}" if word else bed,
        short(client) if with_names else _("terisi"),
        f"{whole} ({place.away.label.lower()})" if place.away else whole,
        url(use) if with_names and case.pk in in_sight else "",
    )


def short(client: Client) -> str:
    """What of a name fits into a square; of a protected one the initials."""
    name = client.shown_name if client.is_protected else client.shown_name.split()[0]
    return name if len(name) <= LETTERS else f"{name[: LETTERS - 1]}…"


def url(use: BedUse) -> str:
    return reverse("services:bed", args=[use.stay.case.number])
