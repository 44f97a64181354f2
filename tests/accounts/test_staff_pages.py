"""The pages of staff: who opens what, the list, and what an administrator never sees."""

import re

import pytest

from accounts.enums import Role
from accounts.models import Membership, User
from audit.models import Access
from tests import factories
from tests.accounts.people import person, upt
from tests.accounts.staff import House, address, house, signed_in

pytestmark = pytest.mark.django_db

CANARY = "Zulkarnaen Kenari"
PERSON_PAGES = ("staff", "staff_edit", "staff_roles", "deactivate", "reactivate", "reset_password")
EVERYBODY = ("admin", "head", "office", "supervisor", "worker")


@pytest.fixture
def home() -> House:
    return house()


# --- Who opens what ---
@pytest.mark.parametrize(
    "name, allowed",
    [
        ("staff_list", {"admin", "head", "office"}),
        ("staff_new", {"admin", "head", "office"}),
        ("own_institution", {"head", "office"}),
        ("institution_list", {"admin"}),
        ("institution_new", {"admin"}),
    ],
)
def test_each_settings_page_is_for_its_roles(home, name, allowed):
    answers = {who: signed_in(getattr(home, who)).get(address(name)).status_code for who in EVERYBODY}
    assert answers == {who: 200 if who in allowed else 403 for who in EVERYBODY}


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_each_page_about_a_person_is_for_who_looks_after_them(home, name):
    near, far = address(name, home.worker.pk), address(name, home.stranger.pk)
    answers = {who: signed_in(getattr(home, who)).get(near).status_code for who in EVERYBODY}
    assert answers == {"admin": 200, "head": 200, "office": 200, "supervisor": 403, "worker": 403}
    answers = {who: signed_in(getattr(home, who)).get(far).status_code for who in ("admin", "head", "office")}
    assert answers == {"admin": 200, "head": 404, "office": 404}


def test_only_the_administrator_takes_codes_away_and_edits_other_institutions(home):
    for path in (address("reset_code", home.worker.pk), address("institution", "ANKN")):
        answers = {who: signed_in(getattr(home, who)).get(path).status_code for who in EVERYBODY}
        assert answers == {"admin": 200, "head": 403, "office": 403, "supervisor": 403, "worker": 403}


def test_signed_out_visitors_see_none_of_it(client, home):
    for name, args in (("staff_list", ()), ("staff", (home.worker.pk,)), ("own_institution", ())):
        assert client.get(address(name, *args)).headers["Location"].startswith("/masuk/")


def test_the_menu_leads_there(home):
    entry = 'href="/pengaturan/"'
    shown = {who: entry in signed_in(getattr(home, who)).get("/akun/").content.decode() for who in EVERYBODY}
    assert shown == {"admin": True, "head": True, "office": True, "supervisor": False, "worker": False}


# --- The list ---
def test_a_list_holds_one_s_own_upt_and_the_administrators_all(home):
    pages = {who: signed_in(getattr(home, who)).get("/pengaturan/").content.decode() for who in ("admin", "head")}
    assert "orang_lain" in pages["admin"] and "orang_lain" not in pages["head"]
    assert all(name in pages["head"] for name in ("kepala", "tatausaha", "supervisor", "pekerja"))
    assert ">admin<" not in pages["head"]


@pytest.mark.parametrize(
    "query, found",
    [
        ("?q=pekerja", {"pekerja"}),
        ("?q=KEPALA", {"kepala"}),
        ("?peran=supervisor", {"supervisor"}),
        ("?status=nonaktif", set()),
        ("?q=%25", set()),
        ("?peran=raja", {"kepala", "tatausaha", "supervisor", "pekerja"}),
    ],
)
def test_the_list_is_narrowed(home, query, found):
    page = signed_in(home.head).get(f"/pengaturan/{query}").content.decode()
    rows = (
        re.findall(r'<span class="meta">(\w+)', page.split("<tbody>")[1].split("</tbody>")[0])
        if "<tbody>" in page
        else []
    )
    assert set(rows) == found


def test_only_the_administrator_narrows_by_institution(home):
    pages = {
        who: signed_in(getattr(home, who)).get("/pengaturan/?tempat=BDG").content.decode() for who in ("admin", "head")
    }
    assert "orang_lain" in pages["admin"] and "tatausaha" not in pages["admin"]
    assert "orang_lain" not in pages["head"] and "tatausaha" in pages["head"]


@pytest.mark.parametrize("more", [0, 2])
def test_a_longer_list_asks_no_more_questions(home, more, django_assert_num_queries):
    for number in range(more):
        person(f"baru{number}", Role.SOCIAL_WORKER)
    client = signed_in(home.head)
    client.get("/pengaturan/")
    # session, user, membership; then the count, the page, its memberships and their institutions
    with django_assert_num_queries(7):
        client.get("/pengaturan/")


# --- What an administrator never sees ---
def test_no_page_of_an_administrator_names_a_client(home):
    team = factories.team(upt())
    client = factories.client(team, name=CANARY)
    case = factories.case(team, person=client)
    browser = signed_in(home.admin)
    people = User.objects.values_list("pk", flat=True)
    paths = ["/", "/akun/", "/pengaturan/", "/pengaturan/lembaga/", "/pengaturan/lembaga/ANKN/", "/katalog/"]
    paths += [address(name, pk) for name in (*PERSON_PAGES, "reset_code") for pk in people]
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert not any(word in page for word in (CANARY, "Zulkarnaen", case.number)), path
    assert not Access.objects.exists()
    assert {browser.get(path).status_code for path in ("/kasus/", "/klien/", f"/kasus/{case.number}/")} == {403}
    # and the search above does find what it looks for
    assert CANARY in signed_in(team.worker).get("/kasus/").content.decode()


def test_whoever_works_nowhere_any_more_stays_with_where_they_came_from(home):
    Membership.objects.filter(user=home.worker).update(until_on="2020-01-01")
    assert signed_in(home.head).get(address("staff", home.worker.pk)).status_code == 200
    Membership.objects.create(user=home.worker, institution=upt("BDG"), role=Role.NURSE)
    assert signed_in(home.head).get(address("staff", home.worker.pk)).status_code == 404
