"""A person's own page."""

import pytest
from django.test import Client

from accounts.enums import Employment, Role
from accounts.models import Membership
from audit.models import Entry
from tests.accounts.people import PASSWORD, person, upt

pytestmark = pytest.mark.django_db


@pytest.fixture
def budi(client):
    user = person("budi", Role.SUPERVISOR)
    Membership.objects.create(user=user, institution=upt(), role=Role.SECTION_HEAD)
    user.title_after, user.employment, user.nip = "S.ST", Employment.CIVIL_SERVANT, "197001011995031001"
    user.save(update_fields=["title_after", "employment", "nip"])
    client.force_login(user)
    return user


def test_it_shows_name_number_and_roles(client, budi):
    page = client.get("/akun/").content.decode()
    for words in ("Budi, S.ST", "19700101 199503 1 001", "UPT ANKN", "Supervisor, Kepala seksi"):
        assert words in page


def change(client, old, new):
    return client.post("/akun/", {"old_password": old, "new_password1": new, "new_password2": new})


def test_a_new_password_works_and_ends_other_sessions(client, budi):
    elsewhere = Client()
    elsewhere.force_login(budi)
    assert change(client, PASSWORD, "gajah-berenang-9").status_code == 302
    assert client.get("/akun/").status_code == 200
    assert elsewhere.get("/akun/").status_code == 302
    budi.refresh_from_db()
    assert budi.check_password("gajah-berenang-9")
    assert list(Entry.objects.values_list("verb", flat=True)) == ["user.password_changed"]


@pytest.mark.parametrize("old, new", [("salah", "gajah-berenang-9"), (PASSWORD, "pendek"), (PASSWORD, "1234567890123")])
def test_a_weak_or_unproven_change_is_refused(client, budi, old, new):
    assert change(client, old, new).status_code == 422
    budi.refresh_from_db()
    assert budi.check_password(PASSWORD)
