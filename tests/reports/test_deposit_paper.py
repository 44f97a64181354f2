"""The receipt of a deposit: the sum in figures and words, things, both names; a wrong one says that it is cancelled."""

import pytest

from cases.enums import Stage
from reports import deposit_paper
from services import deposits
from services.models import DepositMovement
from tests import factories
from tests.reports.papers import text

pytestmark = pytest.mark.django_db


def test_receipt_names_both_sides_and_spells_the_sum():
    people = factories.team(factories.institution("BARU"))
    client = factories.client(people, name="Rangga Wisesa", is_protected=True)
    stay = factories.case(people, Stage.ASSESSMENT, client).stays.get()
    values = {"on": stay.institution.today(), "amount": 1_250_000, "party": "Siti Aminah", "relation": "ibu"}
    things = [{"name": "Telepon genggam", "count": 2, "condition": "layar retak"}]
    row = deposits.take_in(stay_id=stay.pk, values=values, items=things, by=people.worker)
    words = " ".join(text(deposit_paper.receipt(row, by=people.head)).split())
    wanted = ["TANDA TERIMA TITIPAN", "Rp1.250.000", "satu juta dua ratus lima puluh ribu rupiah", "layar retak"]
    wanted += ["R. W.", "SITI AMINAH", people.worker.name.upper()]
    assert [word for word in wanted if word not in words] == []
    assert "Rangga" not in words and "DIBATALKAN" not in words
    deposits.reverse(movement_id=row.pk, reason="Salah klien.", by=people.worker)
    again = DepositMovement.objects.select_related("account__case__client", "by").get(pk=row.pk)
    assert "DIBATALKAN" in text(deposit_paper.receipt(again, by=people.head))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (1_000, "seribu rupiah"),
        (1_001_001, "satu juta seribu satu rupiah"),
        (115_000, "seratus lima belas ribu rupiah"),
        (999_999_999, "sembilan ratus sembilan puluh sembilan juta sembilan ratus sembilan puluh sembilan ribu "
         "sembilan ratus sembilan puluh sembilan rupiah"),
    ],
)  # fmt: skip
def test_sums_are_spelled_as_people_say_them(amount, words):
    assert deposit_paper.spelled(amount) == words
