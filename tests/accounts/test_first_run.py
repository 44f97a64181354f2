"""The first minutes of a real installation."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import mfa
from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, User
from audit.models import Entry
from tests.accounts.people import dinas, person, upt

pytestmark = pytest.mark.django_db
ANSWERS = {
    "dinas_name": "Dinas Sosial Provinsi Contoh",
    "institution_code": "RSBN",
    "institution_name": "UPT RSBN Contoh",
    "admin_name": "Tri Hartono",
}


def run(**options) -> str:
    out = io.StringIO()
    call_command("first_run", stdout=out, no_input=True, **(ANSWERS | options))
    return out.getvalue()


def test_it_founds_dinas_upt_and_administrator_and_hands_out_a_link(settings):
    settings.REQUIRE_MFA = True
    link = next(line for line in run(address="https://rehsos.example.go.id/").splitlines() if "://" in line)
    assert link.startswith("https://rehsos.example.go.id/masuk/atur-sandi/")
    assert list(Institution.objects.order_by("pk").values_list("code", "kind", "name")) == [
        ("DINSOS", InstitutionKind.DINAS, "Dinas Sosial Provinsi Contoh"),
        ("RSBN", InstitutionKind.UPT, "UPT RSBN Contoh"),
    ]
    admin = User.objects.get()
    assert (admin.username, admin.full_name, admin.has_usable_password()) == ("admin", "Tri Hartono", False)
    verbs = ["institution.created", "institution.created", "user.created"]
    assert list(Entry.objects.order_by("pk").values_list("verb", "actor_id")) == [(verb, None) for verb in verbs]

    client = Client()
    mine = {"new_password1": "gajah-berenang-9", "new_password2": "gajah-berenang-9"}
    assert client.post(link.removeprefix("https://rehsos.example.go.id"), mine).status_code == 302
    assert client.post("/masuk/", {"login": "admin", "password": "gajah-berenang-9"}).status_code == 302
    assert client.get("/pengaturan/").headers["Location"] == "/akun/kode/"


@pytest.mark.parametrize("what", [person, upt])
def test_it_refuses_where_anything_is(what):
    what()
    with pytest.raises(CommandError, match="sudah berisi"):
        run()


@pytest.mark.parametrize(
    "options, words",
    [
        ({"institution_name": ""}, "Nama UPT"),
        ({"institution_code": "rsbn 1"}, "Kode|slug|huruf"),
        ({"institution_code": "DINSOS"}, "sudah dipakai"),
        ({"time_zone": "Europe/Amsterdam"}, "Zona waktu"),
        ({"admin_username": "Tri Hartono"}, "Nama pengguna"),
    ],
)
def test_a_wrong_answer_leaves_nothing_behind(options, words):
    with pytest.raises(CommandError, match=words):
        run(**options)
    assert not Institution.objects.exists() and not User.objects.exists() and not Entry.objects.exists()


def test_it_asks_for_what_it_was_not_told(monkeypatch):
    asked = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or "")
    call_command("first_run", stdout=io.StringIO(), **ANSWERS)
    assert [question.split(" [")[1] for question in asked] == ["DINSOS]: ", "Asia/Jakarta]: ", "admin]: "]
    assert Institution.objects.count() == 2


def test_the_only_administrator_finds_a_way_back_in(client):
    admin = person("admin", Role.ADMINISTRATOR, institution=dinas())
    mfa.enrol(person=admin, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", session_key=None)
    out = io.StringIO()
    call_command("reset_account", "ADMIN", reason="Ponsel hilang", second_factor=True, address="http://x", stdout=out)
    mine = {"new_password1": "gajah-berenang-9", "new_password2": "gajah-berenang-9"}
    assert client.post(out.getvalue().splitlines()[-1].removeprefix("http://x"), mine).status_code == 302
    assert client.post("/masuk/", {"login": "admin", "password": "gajah-berenang-9"}).headers["Location"] == "/"
    told = Entry.objects.filter(actor_id=None).order_by("pk")
    assert [(entry.verb, entry.detail.reason) for entry in told] == [
        ("user.second_factor_reset", "Ponsel hilang"),
        ("user.password_reset", "Ponsel hilang"),
    ]


@pytest.mark.parametrize("username, reason", [("siapa", "Lupa"), ("admin", " ")])
def test_a_reset_without_account_or_reason_does_nothing(username, reason):
    admin = person("admin", Role.ADMINISTRATOR, institution=dinas())
    with pytest.raises(CommandError):
        call_command("reset_account", username, reason=reason)
    admin.refresh_from_db()
    assert admin.has_usable_password() and not Entry.objects.exists()
