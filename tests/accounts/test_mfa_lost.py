"""The second factor kept, renewed and lost."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import mfa, staffing
from accounts.enums import Role
from accounts.models import User
from audit.models import Entry
from tests.accounts.codes import code_of, enrol_by_page, enrolled, sign_in, verbs
from tests.accounts.people import PASSWORD, dinas, person, upt
from tests.accounts.staff import keyed, signed_in

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


def test_nothing_of_it_lies_open_in_the_database(head):
    secret = enrolled(head)
    stored = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))
    codes = mfa.recovery_codes(head)
    assert secret not in stored and not any(code in stored for code in codes)
    seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
    assert seed.startswith("gAAAA") and not mfa.Adapter().decrypt(seed).startswith("gAAAA")


def test_new_recovery_codes_make_the_old_ones_worthless(head):
    enrolled(head)
    old = mfa.recovery_codes(head)
    client = signed_in(head)
    data = keyed(head, "recovery_codes", head, password=PASSWORD)
    assert client.post("/akun/kode/pemulihan/", data | {"password": "salah"}).status_code == 422
    assert client.post("/akun/kode/pemulihan/", data).status_code == 302
    assert set(old).isdisjoint(mfa.recovery_codes(head))
    assert verbs() == ["user.second_factor_enrolled", "user.recovery_codes_renewed"]


@pytest.mark.parametrize("role, status, left", [(Role.SOCIAL_WORKER, 302, 0), (Role.HEAD, 422, 2)])
def test_it_is_switched_off_only_where_no_role_demands_it(required, role, status, left):
    user = person("budi", role)
    secret = enrolled(user)
    client = Client()
    sign_in(client, user)
    client.post("/masuk/kode/", {"code": code_of(secret)})
    data = keyed(user, "second_factor_off", user, password=PASSWORD)
    assert client.post("/akun/kode/matikan/", data).status_code == status
    assert Authenticator.objects.filter(user=user).count() == left


def test_the_administrator_takes_a_lost_one_away_with_a_reason(required, head):
    admin = person("admin", Role.ADMINISTRATOR, institution=dinas())
    secret = enrolled(head)
    theirs = Client()
    sign_in(theirs, head)
    theirs.post("/masuk/kode/", {"code": code_of(secret)})
    mine = signed_in(admin)
    enrol_by_page(mine, admin)
    path = f"/pengaturan/pengguna/{head.pk}/kode/"
    assert mine.post(path, keyed(admin, "reset_second_factor", head, reason="")).status_code == 422
    assert mine.post(path, keyed(admin, "reset_second_factor", head, reason="Ponsel hilang")).status_code == 302
    assert not mfa.is_enrolled(head)
    assert theirs.get("/akun/").status_code == 302
    entry = Entry.objects.get(verb="user.second_factor_reset")
    assert (entry.actor_id, entry.institution_id, entry.detail.reason) == (admin.pk, upt().pk, "Ponsel hilang")
    assert sign_in(theirs, head).headers["Location"] == "/akun/"
    assert theirs.get("/katalog/").headers["Location"] == "/akun/kode/"


def test_nobody_takes_their_own_away_by_the_settings(head):
    admin = person("admin", Role.ADMINISTRATOR, institution=dinas())
    enrolled(admin)
    enrolled(head)
    with pytest.raises(Exception, match="diurus sendiri"):
        staffing.reset_second_factor(person=admin, reason="x", by=admin, version=1)
    worker = person("pekerja", Role.SOCIAL_WORKER)
    enrolled(worker)
    with pytest.raises(Exception, match="Hanya administrator"):
        staffing.reset_second_factor(person=worker, reason="x", by=head, version=1)


@pytest.mark.parametrize("name", ["mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp"])
def test_no_page_of_the_library_stands_beside_ours(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
