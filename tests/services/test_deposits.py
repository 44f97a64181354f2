"""Titipan: what comes in and goes out, what is refused, what the pages show, and what they cost."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.enums import Role
from cases.enums import Stage
from rehsos.doors import Refused, Stale
from services import deposits
from services.models import DepositAccount, DepositItem, DepositMovement
from tests import factories
from tests.services import residents
from tests.services.browsing import filled, form_in, text_of

TODAY = date(2026, 3, 10)
PHONE = {"name": "Telepon genggam", "count": 1, "condition": "layar retak"}
SHIRTS = {"name": "Kemeja", "count": 3, "condition": "baik"}


@pytest.fixture
def officer(walked):
    return factories.user("jaga", Role.BOARDING_OFFICER, upt=walked.people.worker.institution)


@pytest.fixture
def stay(walked):
    return walked.at(Stage.INTERVENTION).stays.select_related("case__client").get()


def values(amount=0, **changes):
    return {"on": TODAY, "amount": amount, "party": "Siti Aminah", "relation": "ibu", **changes}


def bring(stay, by, amount=100_000, items=(), **changes):
    return deposits.take_in(stay_id=stay.pk, values=values(amount, **changes), items=items, by=by)


def fetch(stay, by, amount=0, items=(), **changes):
    return deposits.give_out(stay_id=stay.pk, values=values(amount, **changes), items=items, by=by)


def url(stay, act=""):
    return f"/harian/titipan/{stay.case.number}/{act}"


def kept(stay):
    account = DepositAccount.objects.get(case=stay.case)
    return account.balance, [str(item) for item in deposits.held(account)]


def test_what_came_in_goes_out_again_and_both_sides_are_named(stay, officer, people):
    came = bring(stay, officer, 150_000, [PHONE, SHIRTS])
    assert kept(stay) == (150_000, ["Telepon genggam", "Kemeja (3)"])
    gone = fetch(stay, people.worker, 40_000, [came.items.first().pk])
    assert kept(stay) == (110_000, ["Kemeja (3)"])
    assert [(row.number, row.handed_by, row.received_by, row.balance) for row in (came, gone)] == [
        (1, "Siti Aminah", officer.full_name, 150_000),
        (2, people.worker.full_name, "Siti Aminah", 110_000),
    ]


def test_refused_are_too_much_nothing_at_all_things_twice_and_wrong_days(stay, officer):
    came = bring(stay, officer, 50_000, [PHONE])
    phone = came.items.get().pk
    fetch(stay, officer, 0, [phone])
    for act, words in (
        (lambda: fetch(stay, officer, 50_001), "Saldo titipan hanya Rp50.000."),
        (lambda: fetch(stay, officer, 0, [phone]), "Ada barang yang sudah diserahkan; muat ulang halaman."),
        (lambda: bring(stay, officer, 0), "Isi jumlah uang, atau sedikitnya satu barang."),
        (lambda: bring(stay, officer, on=TODAY + timedelta(days=1)), "Tanggal tidak boleh di masa depan."),
        (
            lambda: bring(stay, officer, on=TODAY - timedelta(days=1)),
            "Catatan terakhir bertanggal 10 Maret 2026; yang baru tidak mendahuluinya.",
        ),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert words in refusal.value.reasons
    assert kept(stay) == (50_000, [])
    with pytest.raises(PermissionDenied):
        bring(stay, factories.user("guru", Role.INSTRUCTOR, upt=stay.institution))


def test_wrong_entry_is_reversed_once_and_both_stay_in_the_book(stay, officer, people):
    came = bring(stay, officer, 50_000, [PHONE])
    gone = fetch(stay, officer, 20_000, [came.items.get().pk])
    with pytest.raises(Refused):
        deposits.reverse(movement_id=came.pk, reason="Salah klien.", by=officer)
    with pytest.raises(PermissionDenied):
        deposits.reverse(movement_id=gone.pk, reason="Salah jumlah.", by=people.worker)
    deposits.reverse(movement_id=gone.pk, reason="Salah jumlah.", by=people.supervisor)
    assert kept(stay) == (50_000, ["Telepon genggam"])
    with pytest.raises(Stale):
        deposits.reverse(movement_id=gone.pk, reason="Salah jumlah.", by=officer)
    assert list(DepositMovement.objects.values_list("number", "direction", "balance")) == [
        (3, "in", 50_000),
        (2, "out", 30_000),
        (1, "in", 50_000),
    ]


def test_database_lets_no_balance_below_zero_no_number_twice_and_nothing_be_changed(stay, officer):
    row = bring(stay, officer, 10_000, [PHONE])
    rows = DepositMovement.objects.filter(pk=row.pk)
    again = DepositMovement(account=row.account, number=1, direction="in", on=TODAY, balance=0, party="X", by=officer)
    for wrong in (
        lambda: DepositAccount.objects.update(balance=-1),
        lambda: again.save(),
        lambda: rows.update(amount=1),
        lambda: rows.delete(),
        lambda: DepositItem.objects.update(name="Lain"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


# --- Pages ---
def test_page_takes_in_money_as_people_write_it_and_things_row_by_row(browse, officer, stay):
    answer = browse(officer, f"/harian/titipan/?penghuni={stay.case.number}")
    assert answer["Location"] == url(stay, "terima/")
    form = form_in(browse(officer, url(stay, "terima/")), "deposit_in")
    typed = {"amount": "Rp1.250.000", "party": "Siti Aminah", "relation": "ibu", "item-1": "Telepon genggam"}
    answer = browse(officer, url(stay, "terima/"), **filled(form, **typed))
    assert (answer.status_code, "Tulis keadaannya" in text_of(answer)) == (422, True)
    assert browse(officer, url(stay, "terima/"), **filled(form, **typed, **{"condition-1": "baik"})).status_code == 302
    assert kept(stay) == (1_250_000, ["Telepon genggam"])
    for path in ("/harian/titipan/", url(stay)):
        assert "Rp1.250.000" in text_of(browse(officer, path))
    for wrong in ("1.25", "12,50", "seribu", "9999999999"):
        answer = browse(officer, url(stay, "terima/"), **filled(form, amount=wrong, party="Siti", relation="ibu"))
        assert answer.status_code == 422


def test_all_of_it_is_offered_to_be_given_out_at_once(browse, officer, people, stay):
    bring(stay, officer, 75_000, [PHONE, SHIRTS])
    form = form_in(browse(officer, url(stay, "serah/?semua")), "deposit_out")
    assert (form["amount"].value(), len(form["items"].value())) == ("75.000", 2)
    browse(officer, url(stay, "serah/"), **filled(form, party="Siti Aminah", relation="ibu"))
    assert kept(stay) == (0, [])
    text = text_of(browse(people.worker, f"/kasus/{stay.case.number}/titipan/"))
    assert "Diserahkan" in text and "Tidak ada barang." in text


@pytest.mark.parametrize("rows", [1, 3])
def test_list_and_book_ask_the_same_for_one_and_three(client, people, officer, rows, django_assert_num_queries):
    stays = residents.many(people.worker, rows)
    for stay in stays:
        bring(stay, officer, 10_000, [PHONE])
    for _turn in range(rows):
        fetch(stays[0], officer, 100)
    client.force_login(officer)
    for path, queries in (("/harian/titipan/", 10), (url(stays[0]), 10)):
        client.get(path)
        with django_assert_num_queries(queries):
            client.get(path)
