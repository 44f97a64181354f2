"""Four people lend one tool at the same moment: one does, the others read that it is lent."""

from functools import partial

import pytest

from services import tools
from services.models import Activity, ToolLoan
from tests import factories
from tests.services.racing import ROUNDS, at_once, told

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_of_four_gets_the_tool(rounds):
    people = factories.team()
    today = people.head.institution.today()
    values = {"name": "Gitar", "kind": "art", "number": "A-01"}
    tool = tools.add(institution=people.head.institution, values=values, by=people.head)
    act = partial(tools.lend, tool_id=tool.pk, out_on=today, due_on=today, person=people.worker, by=people.worker)
    for _round in range(rounds):
        assert told(at_once(*[act] * 4)) == {"done": 1, "Refused('Alat ini sedang dipinjam.')": 3}
        tools.take_back(tool_id=tool.pk, on=today, condition="good", by=people.worker)
    assert ToolLoan.objects.count() == Activity.objects.filter(code="D.ee").count() == rounds
