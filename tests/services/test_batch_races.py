"""Two who give away the last place of a batch at the same moment."""

from functools import partial

import pytest

from services import batches
from services.models import BatchPlace
from tests import factories
from tests.services.racing import at_once, told
from tests.services.test_batches import accepted, batch


@pytest.mark.django_db(transaction=True)
def test_two_supervisors_never_take_the_last_place_at_once():
    people = factories.team()
    one = batch(people, quota=1)
    cases = [accepted(people, name) for name in ("Sari Baru", "Tono Lama")]
    supervisors = (people.supervisor, people.other_supervisor)
    acts = [partial(batches.assign, batch=one, cases=[c], by=by) for c, by in zip(cases, supervisors, strict=True)]
    assert sorted(told(at_once(*acts)).values()) == [1, 1]
    assert BatchPlace.objects.count() == 1
