"""Four people give out the whole balance at the same moment: one does, the others read how much is left."""

from functools import partial

import pytest

from cases.enums import Stage
from services import deposits
from services.models import DepositAccount, DepositMovement
from tests import factories
from tests.services.racing import ROUNDS, at_once, told

pytestmark = pytest.mark.django_db(transaction=True)
EMPTY = "Refused('Saldo titipan hanya Rp0.')"


@pytest.mark.parametrize("rounds", ROUNDS)
def test_money_goes_out_once(rounds):
    people = factories.team()
    stay = factories.case(people, Stage.ASSESSMENT).stays.get()
    values = {"on": stay.institution.today(), "amount": 50_000, "party": "Siti", "relation": "ibu"}
    for _round in range(rounds):
        deposits.take_in(stay_id=stay.pk, values=values, by=people.worker)
        act = partial(deposits.give_out, stay_id=stay.pk, values=values, by=people.worker)
        assert told(at_once(*[act] * 4)) == {"done": 1, EMPTY: 3}
    account = DepositAccount.objects.get()
    signed = [row.amount if row.is_in else -row.amount for row in DepositMovement.objects.all()]
    assert (account.balance, sum(signed), account.count) == (0, 0, 2 * rounds)
