"""Four people want one bed at the same moment: one gets it, the others read why not."""

from functools import partial

import pytest

from cases.enums import Stage
from services import bed_moves, facility
from services.models import Bed, BedUse
from tests import factories
from tests.services.racing import ROUNDS, at_once, told

pytestmark = pytest.mark.django_db(transaction=True)
TAKEN = "Refused('Melati, kamar 1, tempat tidur 1 sudah ditempati klien lain pada hari itu. Pilih tempat tidur lain.')"


@pytest.mark.parametrize("rounds", ROUNDS[:1])
def test_one_of_four_gets_the_bed(rounds):
    people = factories.team()
    values = {"name": "Melati", "rooms": 1, "beds": 1}
    facility.add_house(institution=people.head.institution, values=values, by=people.head)
    bed, today = Bed.objects.get(), people.head.institution.today()
    cases = [factories.case(people, Stage.ASSESSMENT) for _one in range(4)]
    for _round in range(rounds):
        BedUse.objects.all().delete()
        acts = [
            partial(bed_moves.move, case=case, bed=bed, on=today, reason="Kosong.", by=people.worker) for case in cases
        ]
        assert told(at_once(*acts)) == {"done": 1, TAKEN: 3}
        assert BedUse.objects.count() == 1


@pytest.mark.parametrize("rounds", ROUNDS[:1])
def test_a_bed_is_retired_or_taken_never_both(rounds):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    today = people.head.institution.today()
    for number in range(rounds):
        house = facility.add_house(
            institution=people.head.institution,
            values={"name": f"Asrama {number}", "rooms": 1, "beds": 1},
            by=people.head,
        )
        bed = Bed.objects.get(room__house=house)
        at_once(
            partial(bed_moves.move, case=case, bed=bed, on=today, reason="Kosong.", by=people.worker),
            partial(facility.retire, place=bed, by=people.head),
        )
        bed.refresh_from_db()
        assert (bed.retired_on is None) == bed.uses.filter(until_on__isnull=True).exists()
