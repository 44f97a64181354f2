"""Houses, rooms and beds; the database lets nobody share a bed."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from audit.models import Entry
from cases.enums import Stage
from rehsos.doors import Refused
from services import facility, overlaps
from services.models import Bed, BedUse, House, Room
from tests import factories

pytestmark = pytest.mark.django_db
DAY = [date(2026, 3, day) for day in range(1, 32)]


def house(by, **values):
    return facility.add_house(
        institution=by.institution, values={"name": "Melati", "rooms": 2, "beds": 3, **values}, by=by
    )


def uses(people, count=2):
    """Beds of a house and stays to put into them."""
    stays = [factories.case(people, Stage.ASSESSMENT).stays.get() for _ in range(count)]
    BedUse.objects.all().delete()
    return list(Bed.objects.filter(room__house=house(people.head)).order_by("pk")), stays


def use(stay, bed, since_on, until_on=None):
    with transaction.atomic():
        return BedUse.objects.create(
            stay=stay, bed=bed, since_on=since_on, until_on=until_on, placed_by=stay.case.assignments.get().worker
        )


def test_a_house_comes_with_numbered_rooms_and_beds_and_is_told_of():
    head = factories.team().head
    made = house(head)
    assert [(bed.room.name, bed.name) for bed in Bed.objects.select_related("room")] == [
        (room, bed) for room in "12" for bed in "123"
    ]
    assert facility.add_rooms(house=made, rooms=1, beds=2, by=head) == 2
    assert list(Room.objects.values_list("name", flat=True)) == ["1", "2", "3"]
    assert list(Entry.objects.order_by("-pk").values_list("verb", flat=True)[:2]) == [
        "house.rooms_added",
        "house.added",
    ]


def test_two_houses_of_one_name_are_refused_unless_one_is_retired():
    head = factories.team().head
    first = house(head)
    with pytest.raises(Refused):
        house(head)
    facility.retire(place=first, by=head)
    assert house(head) != first
    assert House.objects.get(pk=first.pk).retired_on == head.institution.today()


def test_only_head_and_office_of_the_upt_keep_its_houses():
    people, elsewhere = factories.team(), factories.team(factories.institution("LAIN"))
    clerk = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    assert house(clerk).institution == people.head.institution
    for stranger in (people.worker, people.supervisor, elsewhere.head):
        with pytest.raises(PermissionDenied):
            facility.add_house(institution=people.head.institution, values={"name": "Mawar"}, by=stranger)


def test_the_guards_exist_after_all_migrations():
    assert overlaps.missing(connection) == []


def test_two_clients_in_one_bed_on_overlapping_days_are_refused_by_the_database():
    (bed, *_), (one, two) = uses(factories.team())
    use(one, bed, DAY[2], DAY[9])
    for since_on, until_on in [(DAY[0], None), (DAY[0], DAY[3]), (DAY[8], None), (DAY[4], DAY[5]), (DAY[2], DAY[9])]:
        with pytest.raises(IntegrityError):
            use(two, bed, since_on, until_on)
    assert BedUse.objects.count() == 1


def test_the_day_a_bed_is_given_up_it_may_be_taken():
    (bed, *_), (one, two) = uses(factories.team())
    use(one, bed, DAY[2], DAY[9])
    use(two, bed, DAY[9])
    use(two, bed, DAY[1], DAY[2])
    assert BedUse.objects.filter(bed=bed).count() == 3


def test_a_use_cannot_be_stretched_over_another():
    (bed, *_), (one, two) = uses(factories.team())
    first = use(one, bed, DAY[2], DAY[9])
    use(two, bed, DAY[9])
    with pytest.raises(IntegrityError), transaction.atomic():
        BedUse.objects.filter(pk=first.pk).update(until_on=None)
    BedUse.objects.filter(pk=first.pk).update(until_on=DAY[8])


def test_nobody_has_two_beds_at_once():
    (bed, other, *_), (one, _) = uses(factories.team())
    use(one, bed, DAY[2], DAY[9])
    with pytest.raises(IntegrityError):
        use(one, other, DAY[8])
    use(one, other, DAY[9])


def test_a_bed_in_use_is_not_retired():
    people = factories.team()
    (bed, free, *_), (one, _) = uses(people)
    use(one, bed, DAY[2])
    for place in (bed, bed.room, bed.room.house):
        with pytest.raises(Refused):
            facility.retire(place=place, by=people.head)
    facility.retire(place=free, by=people.head)
    assert list(Bed.objects.filter(retired_on__isnull=False)) == [free]
