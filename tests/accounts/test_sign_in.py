"""Signing in and out: one page, limits per account and address, a trace of every try."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.enums import Role
from audit.models import Entry
from rehsos import clock
from tests.accounts.people import PASSWORD, dinas, person, upt

pytestmark = pytest.mark.django_db


@pytest.fixture
def budi():
    return person("Budi", Role.SOCIAL_WORKER)


def sign_in(client: Client, login: str, password: str, address: str = "10.0.0.1", **query):
    return client.post(
        reverse("accounts:login", query=query or None), {"login": login, "password": password}, REMOTE_ADDR=address
    )


def told() -> list[tuple]:
    return [
        (e.verb, e.institution_id, e.actor_id, json.loads(e.detail.body)["data"]) for e in Entry.objects.order_by("pk")
    ]


@pytest.mark.parametrize("login", ["Budi", "budi", "BUDI", " budi "])
def test_the_right_person_comes_in_whatever_the_case(client, budi, login):
    response = sign_in(client, login, PASSWORD, next="/akun/")
    assert (response.status_code, response.headers["Location"]) == (302, "/akun/")
    assert client.get("/akun/").status_code == 200


def test_without_a_destination_it_is_home(client, budi):
    assert sign_in(client, "budi", PASSWORD).headers["Location"] == "/"


@pytest.mark.parametrize("target", ["https://jahat.example/", "//jahat.example", "javascript:alert(1)"])
def test_a_destination_elsewhere_is_not_followed(client, budi, target):
    assert sign_in(client, "budi", PASSWORD, next=target).headers["Location"] == "/"


@pytest.mark.parametrize("login, password", [("budi", "salah"), ("siapa", PASSWORD), ("", ""), ("budi", "")])
def test_a_wrong_try_gets_the_form_back(client, budi, login, password):
    response = sign_in(client, login, password)
    assert response.status_code == 422
    assert 'name="login"' in response.content.decode()


def test_known_and_unknown_names_get_the_same_words(client, budi):
    known, unknown = sign_in(client, "budi", "salah"), sign_in(client, "siapa", "salah")
    sentence = "Nama pengguna atau kata sandi salah."
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()


def test_a_strangers_tries_end_in_429_and_do_not_lock_the_right_person_out(client, budi):
    stranger = [sign_in(Client(), "budi", f"salah{n}", "10.0.0.66").status_code for n in range(7)]
    assert stranger == [422] * 5 + [429] * 2
    assert sign_in(Client(), "BUDI", PASSWORD, "10.0.0.66").status_code == 429
    assert sign_in(client, "budi", PASSWORD, "10.0.0.1").status_code == 302


def test_the_limit_says_how_long_to_wait(budi):
    for _try in range(5):
        sign_in(Client(), "budi", "salah")
    response = sign_in(Client(), "budi", "salah")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "300")
    page = response.content.decode()
    assert "Tunggu 5 menit" in page
    assert "salah" not in page


def test_another_account_on_the_same_address_is_not_held_up(client, budi):
    person("siti", Role.SUPERVISOR)
    for _try in range(6):
        sign_in(Client(), "budi", "salah")
    assert sign_in(client, "siti", PASSWORD).status_code == 302


def test_a_flood_from_one_address_is_stopped_before_passwords_are_hashed(client, budi, settings):
    settings.SIGN_INS_PER_MINUTE = 3
    with clock.at(datetime(2026, 7, 1, 5, tzinfo=UTC)):
        flood = [sign_in(Client(), f"siapa{number}", "x").status_code for number in range(4)]
        assert flood == [422, 422, 422, 429]
        assert sign_in(client, "budi", PASSWORD, "10.0.0.2").status_code == 302


def test_a_forged_forwarding_header_does_not_move_the_address(budi):
    for number in range(5):
        Client().post(
            "/masuk/", {"login": "budi", "password": "salah"}, headers={"X-Forwarded-For": f"10.9.9.{number}"}
        )
    last = Client().post("/masuk/", {"login": "budi", "password": "x"}, headers={"X-Forwarded-For": "10.9.9.99"})
    assert last.status_code == 429


def test_who_has_left_does_not_come_in(client, budi):
    budi.is_active = False
    budi.save(update_fields=["is_active"])
    response = sign_in(client, "budi", PASSWORD)
    assert response.status_code == 403
    assert "dinonaktifkan" in response.content.decode()
    assert client.get("/akun/").status_code == 302


def test_every_try_leaves_a_trace_without_what_a_stranger_typed(client, budi):
    province = dinas()
    sign_in(client, "budi", "salah")
    sign_in(client, "sandi-di-kolom-nama", "x")
    sign_in(client, "budi", PASSWORD)
    client.post("/keluar/")
    address = {"address": "10.0.0.1"}
    assert told() == [
        ("user.sign_in_failed", upt().pk, None, address),
        ("user.sign_in_failed", province.pk, None, address),
        ("user.signed_in", upt().pk, budi.pk, address),
        ("user.signed_out", upt().pk, budi.pk, {}),
    ]
    assert not any("sandi-di-kolom-nama" in e.detail.body for e in Entry.objects.all())


def test_signing_out_empties_the_browser_and_needs_a_post(client, budi):
    sign_in(client, "budi", PASSWORD)
    assert client.get("/keluar/").status_code == 405
    response = client.post("/keluar/")
    assert (response.status_code, response.headers["Location"]) == (302, "/masuk/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/akun/").status_code == 302


def test_a_fresh_session_gets_a_fresh_number(client, budi):
    client.get("/masuk/")
    before = client.session.session_key
    sign_in(client, "budi", PASSWORD)
    assert client.session.session_key != before


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "account_email"])
def test_no_second_door_stands_beside_the_first(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
