"""Many decisions on one page, and how the queue leads there."""

import re

import pytest

from audit.models import Entry
from cases.enums import Stage
from services import models, transitions
from services.demo import walk
from tests import factories
from tests.services.many_pages import DECIDE, MANY, fields, page, picked
from tests.services.process.lending import lend

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return factories.team(factories.institution("BARU"))


@pytest.fixture
def three(people):
    return [
        factories.case(people, Stage.ASSESSMENT, factories.client(people, name=name))
        for name in ("Adi", "Bayu", "Cipto")
    ]


@pytest.fixture
def asked(people, three):
    for case in three:
        walk.assessment(people, case)
        case.refresh_from_db()
        transitions.submit(case=case, by=people.worker, version=case.version)
    return [case.requests.latest("pk") for case in three]


# --- Decisions ------------------------------------------------------------------------------------------------------
def test_chosen_requests_are_decided_and_the_failed_listed(client, people, three, asked):
    shown = page(client, people.supervisor, DECIDE)
    assert [row.request for row, _drawn, _act in shown.context["rows"]] == asked
    models.Assessment.objects.filter(case=three[1]).update(author_ids=[people.supervisor.pk])
    post = fields(shown.context["form"]) | picked(*asked, choice="setujui", note="Memadai.")
    post |= {f"note-{asked[1].pk}": "Catatan Bayu."}
    answer = client.post(DECIDE, post)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "2 pengajuan diputus." in text and f"Bayu ({three[1].number}): Anda ikut menulis" in text
    assert [type(row).objects.get(pk=row.pk).state for row in asked] == ["approved", "submitted", "approved"]


def test_when_all_succeed_the_queue_is_next(client, people, asked):
    shown = page(client, people.supervisor, DECIDE)
    post = fields(shown.context["form"]) | picked(*asked[:2], choice="kembalikan", note="Lengkapi.")
    answer = client.post(DECIDE, post)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/supervisi/")
    assert [type(row).objects.get(pk=row.pk).state for row in asked] == ["returned", "returned", "submitted"]


def test_failed_row_keeps_its_own_words_and_may_be_sent_again(client, people, three, asked):
    shown = page(client, people.supervisor, DECIDE)
    post = fields(shown.context["form"]) | picked(*asked, choice="setujui") | {f"note-{asked[0].pk}": "Catatan Adi."}
    answer = client.post(DECIDE, post)
    assert answer.status_code == 422
    assert "1 pengajuan diputus." in answer.content.decode()
    assert answer.content.decode().count("B.e belum diberikan") == 2
    again = fields(answer.context["form"])
    assert {f"pick-{row.pk}" for row in asked[1:]} <= set(again) and f"pick-{asked[0].pk}" not in again
    assert again["choice"] == "setujui"
    assert client.post(DECIDE, again | {"note": "Memadai."}).status_code == 302
    assert {type(row).objects.get(pk=row.pk).state for row in asked} == {"approved"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"choice": ""}, "Pilih setujui atau kembalikan."),
        ({"choice": "setujui", "none": True}, "Pilih paling sedikit satu pengajuan."),
    ],
)
def test_incomplete_decisions_come_back(client, people, asked, typed, words):
    shown = page(client, people.supervisor, DECIDE)
    rows = [] if typed.pop("none", False) else asked
    answer = client.post(DECIDE, fields(shown.context["form"]) | picked(*rows, note="Catatan panjang.") | typed)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert "Catatan panjang." in answer.content.decode()


def test_double_click_decides_once(client, people, asked):
    shown = page(client, people.supervisor, DECIDE)
    post = fields(shown.context["form"]) | picked(*asked, choice="setujui", note="Memadai.")
    before = Entry.objects.count()
    assert [client.post(DECIDE, post).status_code for _time in range(3)] == [302, 302, 302]
    assert Entry.objects.count() - before == 3


def test_keys_of_rows_are_one_s_own(client, people, asked):
    shown = page(client, people.supervisor, DECIDE)
    post = fields(shown.context["form"]) | picked(asked[0], choice="setujui", note="Memadai.")
    swapped = post | {f"key-{asked[0].pk}": post[f"key-{asked[1].pk}"]}
    assert client.post(DECIDE, swapped).status_code == 422
    other = factories.team(factories.institution("LAIN"))
    client.force_login(other.supervisor)
    assert client.post(DECIDE, post).status_code == 404
    assert asked[0].decisions.count() == 1


# --- The queue leads there, and says as what one is here ------------------------------------------------------------
def test_queue_leads_to_both_pages_and_names_the_stand_in(client, asked, people):
    text = page(client, people.supervisor, "/supervisi/").content.decode()
    assert (
        MANY in text
        and DECIDE in text
        and "/pengaturan/pengganti/" in text
        and "Plh." not in text.split("<main")[1].split("Bila Anda")[0]
    )


def test_stand_in_is_told_until_when(client):
    people = factories.team()
    holder = lend_today(people)
    text = page(client, holder, "/supervisi/").content.decode()
    assert re.search(r"Anda <b>Plh. Kepala UPT</b> sampai \d+ \w+ \d{4}\.", text)
    assert f"Menggantikan {people.head.full_name}." in text


def lend_today(people):
    today = people.head.institution.today()
    return lend(people, people.other_supervisor, "plh", since_on=today, until_on=today, order_on=today)
