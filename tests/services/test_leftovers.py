"""What a client leaves open at an exit: settled in the same act, or listed until it is."""

from datetime import date, timedelta

import pytest

from cases.enums import Stage
from rehsos import clock
from services import alarms, deposits, leftovers, tools, transitions
from services.models import DepositMovement, ToolLoan
from tests.services.browsing import filled, form_in, text_of
from tests.services.leaving import leave
from tests.services.walked import NOW

TODAY = date(2026, 3, 10)


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


@pytest.fixture
def loan(people, case):
    """Money, a phone and a guitar are still to be handed over, one way or the other."""
    stay, by = case.stays.get(), people.worker
    values = {"on": TODAY, "amount": 75_000, "party": "Siti", "relation": "ibu"}
    phone = {"name": "Telepon genggam", "count": 1, "condition": "baik"}
    deposits.take_in(stay_id=stay.pk, values=values, items=[phone], by=by)
    guitar = {"name": "Gitar", "kind": "art", "number": "A-01"}
    tool = tools.add(institution=case.institution, values=guitar, by=people.head)
    return tools.lend(tool_id=tool.pk, stay=stay, out_on=TODAY, due_on=TODAY, by=by)


def url(case):
    return f"/kasus/{case.number}/keluar/"


def left(case):
    found = leftovers.of_case(case.pk)
    return found.kept_words, [str(one.tool) for one in found.loans]


def test_form_of_the_exit_settles_all_of_it_in_one_act(browse, people, case, loan):
    form = form_in(browse(people.worker, url(case)), "depart")
    assert "Rp75.000, Telepon genggam" in form.fields["receiver"].help_text
    typed = {"way": "taken_home", "left_on": TODAY, "account": "Dijemput ibu.", "receiver": "Siti Aminah"}
    assert browse(people.worker, url(case), **filled(form, **typed)).status_code == 422  # whose mother?
    assert left(case) == ("Rp75.000, Telepon genggam", ["Gitar (A-01)"])
    typed |= {"relation": "ibu", f"loan-{loan.pk}": "worn"}
    answers = [browse(people.worker, url(case), **filled(form, **typed)) for _click in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert left(case) == ("", [])
    out = DepositMovement.objects.get(direction="out")
    assert (out.party, out.amount, out.balance, out.note) == ("Siti Aminah", 75_000, 0, "Diserahkan saat klien keluar.")
    assert ToolLoan.objects.values_list("returned_on", "condition_back").get() == (TODAY, "worn")
    assert browse(people.worker, url(case)).context["left"].is_kept is False


def test_what_is_not_settled_is_listed_wherever_somebody_looks(browse, people, case, loan):
    leave(people, case)
    assert left(case) == ("Rp75.000, Telepon genggam", ["Gitar (A-01)"])
    for reader, path, words in (
        (people.worker, url(case), ("Masih disimpan: Rp75.000, Telepon genggam", "Belum kembali: Gitar (A-01)")),
        (people.worker, f"/kasus/{case.number}/", ("Klien sudah keluar, titipannya belum diserahkan",)),
        (people.supervisor, "/tunggakan/", ("Titipan belum diserahkan: Rp75.000", "Alat belum kembali: Gitar (A-01)")),
        (people.head, "/harian/titipan/?tampil=keluar", (case.client.shown_name,)),
        (people.head, "/", ("klien yang sudah keluar belum diserahkan",)),
    ):
        text = text_of(browse(reader, path))
        assert [word for word in words if word not in text] == []
    with clock.at(NOW + timedelta(days=1)):
        assert (alarms.of(people.head).tools, alarms.of(people.head).deposits) == (1, 1)
        stay = case.stays.get()
        values = {"on": TODAY, "amount": 75_000, "party": "Siti", "relation": "ibu"}
        things = [item.pk for item in deposits.held(stay.case.deposit)]
        deposits.give_out(stay_id=stay.pk, values=values, items=things, by=people.worker)
        tools.take_back(tool_id=loan.tool_id, on=TODAY, condition="lost", by=people.worker)
        assert (left(case), alarms.of(people.head)) == (("", []), alarms.Alarms())


def test_a_refused_exit_settles_nothing(people, case, loan):
    with pytest.raises(Exception, match="masa depan"):
        transitions.depart(
            case=case,
            way="taken_home",
            left_on=TODAY + timedelta(days=1),
            account="Dijemput.",
            receiver="Siti",
            relation="ibu",
            returned={loan.pk: "good"},
            by=people.worker,
        )
    assert left(case) == ("Rp75.000, Telepon genggam", ["Gitar (A-01)"])
