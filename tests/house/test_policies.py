"""Every URL declares who may use it, and is held to that."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from rehsos import checks, clock, doors
from tests.accounts.people import PASSWORD, person

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 7, 1, 5, tzinfo=UTC)


def test_every_url_declares_its_policy():
    assert checks.every_url_declares_its_policy() == []
    assert len(list(checks.views())) >= 5


@pytest.mark.urls("tests.house.urls")
def test_a_url_without_a_policy_is_an_error_and_is_never_served(client):
    assert [error.id for error in checks.every_url_declares_its_policy()] == ["rehsos.E001"]
    with pytest.raises(ImproperlyConfigured):
        client.get("/uji/tanpa/")


def test_who_is_signed_out_is_sent_to_sign_in_and_back(client):
    for route, view in checks.views():
        if not view.policy.public and "<" not in route:
            response = client.get(f"/{route}?halaman=2")
            assert response.status_code == 302, route
            assert response.headers["Location"].startswith(f"{reverse('accounts:login')}?next=%2F"), route


@pytest.mark.urls("tests.house.urls")
def test_a_page_for_other_roles_answers_403(signed_in):
    response = signed_in.get("/uji/kepala/")
    assert response.status_code == 403
    assert "untuk peran lain" in response.content.decode()


@pytest.mark.urls("tests.house.urls")
def test_a_page_for_the_role_opens_and_refuses_other_methods(client):
    client.force_login(person("siti", Role.HEAD))
    assert client.get("/uji/kepala/").content == b"kepala"
    assert client.head("/uji/kepala/").status_code == 200
    refused = client.put("/uji/kepala/")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, POST")
    assert "Cara tidak diterima" in refused.content.decode()


@pytest.mark.urls("tests.house.urls")
def test_a_page_costs_two_queries_for_who_asks(client, django_assert_num_queries):
    client.force_login(person("siti", Role.HEAD))
    client.get("/uji/kepala/")
    with django_assert_num_queries(3):  # the session, the person, the memberships
        client.get("/uji/kepala/")


def test_a_session_left_alone_ends(signed_in, settings):
    with clock.at(NOON):
        assert signed_in.get("/akun/").status_code == 200
    with clock.at(NOON + timedelta(seconds=settings.IDLE_SECONDS + 1)):
        response = signed_in.get("/akun/")
        assert (response.status_code, response.headers["Location"]) == (302, "/masuk/?next=%2Fakun%2F")
        assert "Sesi berakhir" in signed_in.get("/masuk/").content.decode()


def test_a_session_in_use_ends_after_twelve_hours(signed_in):
    answers = []
    for minutes in range(0, 741, 20):
        with clock.at(NOON + timedelta(minutes=minutes)):
            answers.append(signed_in.get("/akun/").status_code)
    assert answers == [200] * 37 + [302]


def test_a_clock_set_back_does_not_make_a_session_immortal(signed_in):
    with clock.at(NOON):
        signed_in.get("/akun/")
    with clock.at(NOON - timedelta(days=2)):
        assert signed_in.get("/akun/").status_code == 200
    with clock.at(NOON - timedelta(days=2) + timedelta(minutes=31)):
        assert signed_in.get("/akun/").status_code == 302


def test_who_is_deactivated_is_out_at_the_next_request(signed_in, worker):
    assert signed_in.get("/akun/").status_code == 200
    worker.is_active = False
    worker.save(update_fields=["is_active"])
    assert signed_in.get("/akun/").status_code == 302


def test_a_fragment_is_sent_to_sign_in_as_a_whole_page(client):
    response = client.get("/akun/", headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["HX-Redirect"]) == (200, "/masuk/?next=%2F")


@pytest.mark.urls("tests.house.urls")
def test_a_form_posted_after_the_session_ended_waits_for_its_owner(worker):
    client = Client()
    key = doors.form_key(worker, "note", "")
    text = "Klien mulai terbuka.\nIa bercerita tentang ibunya."
    response = client.post("/uji/catatan/", {"form_key": key, "note": text})
    assert response.headers["Location"] == "/masuk/?next=%2Flanjutkan%2F"
    client.post("/masuk/", {"login": "budi", "password": PASSWORD})
    page = client.get("/lanjutkan/").content.decode()
    assert "Ia bercerita tentang ibunya." in page
    assert 'action="/uji/catatan/"' in page
    assert key in page
    assert client.post("/uji/catatan/", {"form_key": key, "note": text}).status_code == 200
    assert client.get("/lanjutkan/").headers["Location"] == "/"


@pytest.mark.urls("tests.house.urls")
def test_a_form_that_waits_is_not_shown_to_anybody_else(worker):
    person("siti", Role.SOCIAL_WORKER)
    client = Client()
    client.post("/uji/catatan/", {"form_key": doors.form_key(worker, "note", ""), "note": "Rahasia Budi"})
    client.post("/masuk/", {"login": "siti", "password": PASSWORD})
    response = client.get("/lanjutkan/")
    assert response.status_code == 302
    assert b"Rahasia Budi" not in client.get("/akun/").content
