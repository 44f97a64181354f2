"""The whole walk, without a browser."""

import pytest

from cases.enums import Outcome, Stage, Status
from services.demo import walk
from services.models import Transition
from tests import factories

pytestmark = pytest.mark.django_db


def test_case_walks_through_all_six_stages_and_closes():
    people = factories.team()
    case = walk.to_end(people, factories.case(people))

    moves = Transition.objects.filter(case=case).values_list("version", "move", "to_stage")
    assert list(moves) == [
        (1, "open", "intake"),
        (2, "forward", "assessment"),
        (3, "forward", "planning"),
        (4, "forward", "intervention"),
        (5, "forward", "closing"),
        (6, "forward", "aftercare"),
        (7, "close", "aftercare"),
    ]
    assert (case.stage, case.status, case.outcome) == (Stage.AFTERCARE, Status.COMPLETED, Outcome.COMPLETED)
    assert case.closed_on == case.institution.today()
