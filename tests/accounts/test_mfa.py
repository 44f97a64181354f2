"""The second factor: who must have one, how it is set up and proved, and that nothing of it lies open."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import mfa
from accounts.enums import Role
from accounts.models import User
from audit.models import Entry
from rehsos import doors
from tests.accounts.codes import code_of, enrol_by_page, enrolled, sign_in, verbs
from tests.accounts.people import dinas, person, upt
from tests.accounts.staff import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def early_in_a_step() -> Iterator[None]:
    """Codes change every 30 seconds; a test that begins just before that would fail for nothing."""
    with time_machine.travel(datetime(2026, 7, 1, 3, 0, 2, tzinfo=UTC)):
        yield


@pytest.fixture
def required(settings) -> None:
    settings.REQUIRE_MFA = True


@pytest.fixture
def head() -> User:
    return person("kepala", Role.HEAD)


def secret_of(user: User) -> str:
    return mfa.Adapter().decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])


# --- Who must ---
@pytest.mark.parametrize(
    "role, must",
    [
        (Role.SUPERVISOR, True),
        (Role.SECTION_HEAD, True),
        (Role.HEAD, True),
        (Role.PROVINCE, True),
        (Role.ADMINISTRATOR, True),
        (Role.SOCIAL_WORKER, False),
        (Role.ADMIN_OFFICE, False),
        (Role.INSTRUCTOR, False),
        (Role.NURSE, False),
    ],
)
@pytest.mark.parametrize("switch", [True, False])
def test_those_who_decide_reach_nothing_before_they_have_a_code(settings, role, must, switch):
    settings.REQUIRE_MFA = switch
    client = signed_in(person("budi", role, institution=dinas() if role == Role.PROVINCE else upt()))
    answer = client.get("/katalog/")
    if must and switch:
        assert (answer.status_code, answer.headers["Location"]) == (302, "/akun/kode/")
    else:
        assert answer.status_code == 200
    assert client.get("/akun/").status_code == 200
    assert client.get("/akun/kode/").status_code == 200


def test_every_page_but_the_setup_is_closed_and_a_posted_form_waits(required, head):
    client = signed_in(head)
    paths = ["/", "/pengaturan/", "/pengaturan/upt/", "/lanjutkan/", "/akun/kode/pemulihan/", "/kasus/"]
    assert {client.get(path).headers.get("Location") for path in paths} == {"/akun/kode/"}
    fragment = client.get("/kasus/", headers={"HX-Request": "true"})
    assert fragment.headers["HX-Redirect"] == "/akun/kode/"
    key = doors.form_key(head, "institution", upt())
    client.post("/pengaturan/upt/", {"form_key": key, "city": "Kota yang tadi diketik"})
    enrol_by_page(client, head)
    assert "Kota yang tadi diketik" in client.get("/lanjutkan/").content.decode()


def test_who_may_not_open_a_page_is_told_so_first(required, head):
    assert signed_in(head).get("/pengaturan/lembaga/").status_code == 403


def test_a_role_given_later_asks_for_the_code_at_the_next_request(required):
    worker = person("pekerja", Role.SOCIAL_WORKER)
    client = signed_in(worker)
    assert client.get("/katalog/").status_code == 200
    worker.memberships.update(role=Role.SUPERVISOR)
    assert client.get("/katalog/").headers["Location"] == "/akun/kode/"


# --- Setting it up ---
def test_it_is_set_up_on_one_page_and_opens_the_rest(required, head):
    client, elsewhere = signed_in(head), signed_in(head)
    answer, secret = enrol_by_page(client, head)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/akun/kode/pemulihan/")
    page = client.get("/akun/kode/pemulihan/").content.decode()
    shown = [code.replace(" ", "") for code in re.findall(r"<li><b>(\d{4} \d{4})</b>", page)]
    assert shown == mfa.recovery_codes(head) and len(shown) == 10
    assert not any(code[:4] + " " + code[4:] in client.get("/akun/kode/pemulihan/").content.decode() for code in shown)
    assert client.get("/katalog/").status_code == 200
    assert elsewhere.get("/akun/").headers["Location"].startswith("/masuk/")
    assert (secret_of(head), verbs()) == (secret, ["user.second_factor_enrolled"])


def test_the_page_shows_the_secret_as_picture_and_as_text(head):
    client = signed_in(head)
    page = client.get("/akun/kode/").content.decode()
    secret = re.search(r"<b>([A-Z2-7 ]{32,})</b>", page)[1].replace(" ", "")
    assert f"otpauth://totp/kepala?secret={secret}&amp;issuer=rehsos" in page
    assert '<path class="qr-ink" d="M4 4.5h7' in page
    assert not any(secret in json.dumps(session.get_decoded()) for session in Session.objects.all())


@pytest.mark.parametrize(
    "values, words",
    [
        ({"code": "000000"}, "Kode ini salah"),
        ({"code": ""}, "Kode dari aplikasi"),
        ({"password": "bukan-ini"}, "Kata sandi ini salah"),
    ],
)
def test_neither_a_wrong_code_nor_a_wrong_password_sets_it_up(head, values, words):
    client = signed_in(head)
    answer, _secret = enrol_by_page(client, head, **values)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Authenticator.objects.exists()


def test_an_open_session_alone_is_no_place_to_guess_the_password(head):
    client = signed_in(head)
    answers = [enrol_by_page(client, head, password=f"tebak{n}")[0].status_code for n in range(6)]
    assert answers == [422] * 5 + [429]


# --- Proving it ---
def test_after_the_password_comes_the_code(required, client, head):
    secret = enrolled(head)
    assert sign_in(client, head).headers["Location"] == "/masuk/kode/"
    assert client.get("/akun/").headers["Location"].startswith("/masuk/?")
    assert client.get("/masuk/kode/").status_code == 200
    code = code_of(secret)
    assert client.post("/masuk/kode/", {"code": f"{code[:3]} {code[3:]}"}).headers["Location"] == "/akun/"
    assert client.get("/katalog/").status_code == 200
    entry = Entry.objects.get(verb="user.signed_in")
    assert json.loads(entry.detail.body)["data"] == {"address": "127.0.0.1", "second_factor": "totp"}


def test_without_a_password_there_is_no_code_page(client, head):
    enrolled(head)
    assert client.get("/masuk/kode/").headers["Location"] == "/masuk/"
    assert client.post("/masuk/kode/", {"code": "123456"}).headers["Location"] == "/masuk/"


def test_a_wrong_code_comes_back_and_too_many_are_stopped(client, head):
    secret = enrolled(head)
    sign_in(client, head)
    answers = [client.post("/masuk/kode/", {"code": f"00000{n}"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [429]
    assert "Kode ini salah" in answers[0].content.decode()
    assert answers[-1].headers["Retry-After"] == "300"
    assert client.post("/masuk/kode/", {"code": code_of(secret)}).status_code == 429
    assert verbs()[1:] == ["user.code_failed"] * 5


def test_a_code_works_once(head):
    secret = enrolled(head)
    code = code_of(secret)
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, head)
    assert first.post("/masuk/kode/", {"code": code}).status_code == 302
    assert second.post("/masuk/kode/", {"code": code}).status_code == 422
    assert second.post("/masuk/kode/", {"code": code_of(secret, 1)}).status_code == 302


@pytest.mark.parametrize("steps, status", [(-2, 422), (-1, 302), (1, 302), (2, 422)])
def test_a_phone_may_be_half_a_minute_wrong(client, head, steps, status):
    secret = enrolled(head)
    sign_in(client, head)
    assert client.post("/masuk/kode/", {"code": code_of(secret, steps)}).status_code == status


def test_a_recovery_code_works_once(head):
    enrolled(head)
    code = mfa.recovery_codes(head)[3]
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, head)
    assert first.post("/masuk/kode/", {"code": code}).status_code == 302
    assert second.post("/masuk/kode/", {"code": code}).status_code == 422
    assert len(mfa.recovery_codes(head)) == 9


def test_who_left_between_password_and_code_stays_out(client, head):
    secret = enrolled(head)
    sign_in(client, head)
    User.objects.filter(pk=head.pk).update(is_active=False)
    assert client.post("/masuk/kode/", {"code": code_of(secret)}).headers["Location"] == "/masuk/"
    assert client.get("/akun/").status_code == 302


def test_the_sign_in_page_stays_open_for_another_person(client, head):
    enrolled(head)
    sign_in(client, head)
    assert client.get("/masuk/").status_code == 200
    assert sign_in(client, person("pekerja", Role.SOCIAL_WORKER)).headers["Location"] == "/akun/"
