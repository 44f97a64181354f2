"""Houses, rooms and beds of a UPT: added, described, retired. Who lies where is ``beds``."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import Institution, User
from audit import trail
from cases import soundness
from cases.models import Stay
from rehsos.doors import Refused
from services.models import Bed, BedUse, House, Room

EDITORS = (Role.HEAD, Role.ADMIN_OFFICE)
WORDS = ("name", "sex_rule", "min_age", "max_age", "note")
Place = TypeVar("Place", bound=House | Room | Bed)
MOST_ROOMS, MOST_BEDS = 60, 40


@transaction.atomic
def add_house(*, institution: Institution, values: Mapping[str, Any], by: User, key: str = "") -> House:
    """A house with ``values["rooms"]`` rooms of ``values["beds"]`` beds each, numbered from 1; both may be left out."""
    institution = lock(institution)
    if answer := keys.claim(key, by=by):
        return House.objects.get(pk=answer)
    allow(institution, by)
    house = House(institution=institution, **_words(values))
    _keep(house)
    count = _furnish(house, values.get("rooms") or 0, values.get("beds") or 0)
    tell(house, by, "house.added", {"beds": count})
    keys.settle(key, house.pk)
    return house


@transaction.atomic
def edit_house(*, house: House, values: Mapping[str, Any], by: User, key: str = "") -> House:
    """Change what a house is called and for whom it is; who lives in it stays."""
    institution = lock(house.institution)
    if keys.claim(key, by=by):
        return House.objects.get(pk=house.pk)
    allow(institution, by)
    house = _present(house)
    changed = {name: value for name, value in _words(values).items() if getattr(house, name) != value}
    for name, value in changed.items():
        setattr(house, name, value)
    _keep(house)
    if "name" in changed:  # the words of who lives there now follow
        Stay.objects.filter(bed_uses__bed__room__house=house, bed_uses__until_on__isnull=True).update(house=house.name)
    tell(house, by, "house.changed", {name: str(value) for name, value in changed.items()})
    keys.settle(key, house.pk)
    return house


@transaction.atomic
def add_rooms(*, house: House, rooms: int, beds: int, by: User, key: str = "") -> int:
    """More rooms with ``beds`` beds each, numbered on; the number of beds they bring."""
    institution = lock(house.institution)
    if answer := keys.claim(key, by=by):
        return int(answer)
    allow(institution, by)
    house = _present(house)
    if rooms < 1:
        raise Refused(_("Isi banyaknya kamar."))
    count = _furnish(house, rooms, beds)
    tell(house, by, "house.rooms_added", {"rooms": rooms, "beds": count})
    keys.settle(key, count)
    return count


@transaction.atomic
def add_beds(*, room: Room, beds: int, by: User, key: str = "") -> int:
    """More beds in one room, numbered on."""
    institution = lock(room.house.institution)
    if answer := keys.claim(key, by=by):
        return int(answer)
    allow(institution, by)
    _present(room)
    taken = room.beds.filter(retired_on__isnull=True).count()
    if not 1 <= beds <= MOST_BEDS - taken:
        raise Refused(_("Sebuah kamar memuat paling banyak %s tempat tidur.") % MOST_BEDS)
    names = _next_names(set(room.beds.values_list("name", flat=True)), beds)
    Bed.objects.bulk_create(Bed(room=room, name=name) for name in names)
    tell(room.house, by, "house.beds_added", {"room": room.name, "beds": beds})
    keys.settle(key, beds)
    return beds


@transaction.atomic
def retire(*, place: House | Room | Bed, by: User, key: str = "") -> House:
    """Take a house, room or bed out of use from today. Never while somebody has a bed in it, or is promised one."""
    house = _house_of(place)
    institution = lock(house.institution)
    if keys.claim(key, by=by):
        return house
    allow(institution, by)
    _present(place)
    within = Bed.objects.filter(_within(place))
    list(within.select_for_update(no_key=True, of=("self",)).order_by("pk"))
    today = institution.today()
    busy = BedUse.objects.filter(bed__in=within).filter(Q(until_on__isnull=True) | Q(until_on__gt=today)).count()
    if busy:
        raise Refused(_("Masih ditempati %s klien; pindahkan mereka lebih dahulu.") % busy)
    within.filter(retired_on__isnull=True).update(retired_on=today)
    if not isinstance(place, Bed):
        place.retired_on = today
        place.save(update_fields=["retired_on"])
    if isinstance(place, House):
        place.rooms.filter(retired_on__isnull=True).update(retired_on=today)
    tell(house, by, "house.retired", {"kind": place._meta.model_name or "", "id": place.pk, "name": place.name})
    keys.settle(key, place.pk)
    return house


def may_edit(user: User) -> bool:
    return user.has_role(*EDITORS)


def lock(institution: Institution) -> Institution:
    """The UPT's row, locked: acts about its property wait for each other."""
    return Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)


def allow(institution: Institution, by: User) -> None:
    """The head and the office of this UPT keep its property; the administrator where a UPT is being set up."""
    at_home = by.institution == institution and by.has_role(*EDITORS)
    if not at_home and not by.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied(_("Sarana dicatat oleh Kepala UPT atau tata usaha."))


def tell(house: House, by: User, verb: str, data: dict[str, Any]) -> None:
    trail.append(
        institution_id=house.institution_id,
        by=by,
        verb=verb,
        subjects=[trail.Subject("house", house.pk, house.name)],
        data=data,
    )


def _words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in WORDS if name in values}


def _keep(house: House) -> None:
    soundness.demand(house)
    if house.min_age is not None and house.max_age is not None and house.max_age < house.min_age:
        raise Refused(_("Usia paling tua kurang dari usia paling muda."))
    try:
        with transaction.atomic():
            house.save()
    except IntegrityError as taken:
        raise Refused(_("Sudah ada asrama/wisma bernama %s.") % house.name) from taken


def _furnish(house: House, rooms: int, beds: int) -> int:
    if not (0 <= rooms <= MOST_ROOMS and 0 <= beds <= MOST_BEDS):
        raise Refused(
            _("Paling banyak %(rooms)s kamar × %(beds)s tempat tidur sekali tambah.")
            % {"rooms": MOST_ROOMS, "beds": MOST_BEDS}
        )
    names = _next_names(set(house.rooms.values_list("name", flat=True)), rooms)
    made = [Room.objects.create(house=house, name=name) for name in names]
    Bed.objects.bulk_create(Bed(room=room, name=str(number + 1)) for room in made for number in range(beds))
    return rooms * beds


def _next_names(taken: set[str], count: int) -> list[str]:
    """Numbers that go on after the highest one in use."""
    last = max((int(name) for name in taken if name.isdecimal()), default=0)
    return [str(last + 1 + step) for step in range(count)]


def _present(place: Place) -> Place:
    place.refresh_from_db()
    if place.retired_on:
        raise Refused(_("%s sudah tidak dipakai.") % place.name)
    return place


def _house_of(place: Model) -> House:
    if isinstance(place, Bed):
        return place.room.house
    if isinstance(place, Room):
        return place.house
    assert isinstance(place, House)
    return place


def _within(place: House | Room | Bed) -> Q:
    if isinstance(place, Bed):
        return Q(pk=place.pk)
    return Q(room=place) if isinstance(place, Room) else Q(room__house=place)
