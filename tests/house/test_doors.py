"""Form keys and redirects."""

import pytest
from django.test import RequestFactory

from accounts.enums import Role
from rehsos import doors
from tests.accounts.people import person, upt


@pytest.fixture
def budi(db):
    return person("budi", Role.SOCIAL_WORKER)


def test_a_form_key_is_short_fresh_and_accepted_for_its_own_form(budi):
    key = doors.form_key(budi, "note", upt())
    assert len(key) <= 80
    assert key != doors.form_key(budi, "note", upt())
    assert doors.check_key(key, budi, "note", upt()) == key
    assert doors.key_owner(key) == budi.pk


def test_a_key_with_the_largest_user_number_fits_its_column(budi):
    budi.pk = 2**31 - 1
    assert len(doors.form_key(budi, "note", "")) <= 80


def test_a_form_key_of_another_person_form_or_object_is_refused(budi):
    siti = person("siti", Role.SOCIAL_WORKER)
    key = doors.form_key(budi, "note", upt())
    for user, form, obj in [
        (siti, "note", upt()),
        (budi, "plan", upt()),
        (budi, "note", upt("LAIN")),
        (budi, "note", ""),
    ]:
        with pytest.raises(doors.Refused):
            doors.check_key(key, user, form, obj)


@pytest.mark.parametrize("change", ["", "x", "1.2.3", "..", "é", "1.abc.def.ghi"])
def test_a_made_up_form_key_is_refused(budi, change):
    assert doors.key_owner(change) is None
    with pytest.raises(doors.Refused):
        doors.check_key(change, budi, "note", "")


def test_a_changed_form_key_is_refused(budi):
    user, nonce, mark, signature = doors.form_key(budi, "note", "").split(".")
    for changed in ([str(int(user) + 1), nonce, mark, signature], [user, nonce, "0" * 12, signature]):
        assert doors.key_owner(".".join(changed)) is None


@pytest.mark.parametrize(
    "target, goes_to",
    [
        ("/kasus/ANKN-2026-0007/?tab=1", "/kasus/ANKN-2026-0007/?tab=1"),
        ("http://testserver/klien/", "http://testserver/klien/"),
        ("https://jahat.example/", "/"),
        ("//jahat.example/", "/"),
        ("\\\\jahat.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_a_redirect_stays_on_this_site(target, goes_to):
    assert doors.safe_redirect(RequestFactory().get("/"), target, "/").headers["Location"] == goes_to
