"""The forms of staff: a new account and its link, roles, facts, and acts with a reason."""

import re

import pytest

from accounts.models import User
from audit.models import Entry
from rehsos import doors
from tests import factories
from tests.accounts.people import PASSWORD, upt
from tests.accounts.staff import NEW, House, address, house, keyed, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    return house()


# --- A new account, and its link ---
def send_new(by: User, **values):
    data = keyed(by, "staff_new", by.institution) | NEW | values
    return signed_in(by).post(address("staff_new"), data)


def test_a_new_account_ends_on_a_link_shown_once_with_which_its_owner_chooses_a_password(home, client):
    browser = signed_in(home.head)
    sent = browser.post(address("staff_new"), keyed(home.head, "staff_new", upt()) | NEW)
    rina = User.objects.get(username="rina")
    assert (sent.status_code, sent.headers["Location"]) == (302, address("staff_link", rina.pk))
    assert (rina.nip, rina.employment, rina.institution) == ("198501012010012001", "pns", upt())
    page = browser.get(address("staff_link", rina.pk)).content.decode()
    link = re.search(r"http://testserver(/masuk/atur-sandi/\S+/)</textarea>", page)[1]
    again = browser.get(address("staff_link", rina.pk))
    assert again.status_code == 302 and link not in browser.get("/pengaturan/").content.decode()

    assert "Rina Wulandari, S.Sos." in client.get(link).content.decode()
    assert client.post(link, {"new_password1": "pendek", "new_password2": "pendek"}).status_code == 422
    mine = {"new_password1": "gajah-berenang-9", "new_password2": "gajah-berenang-9"}
    assert client.post(link, mine).headers["Location"] == "/masuk/"
    assert client.post("/masuk/", {"login": "rina", "password": "gajah-berenang-9"}).status_code == 302
    assert client.get("/akun/").status_code == 200

    for answer in (client.get(link), client.post(link, mine | {"new_password1": "lain-lagi-123"})):
        assert answer.status_code == 404 and "sudah dipakai" in answer.content.decode()
    rina.refresh_from_db()
    assert rina.check_password("gajah-berenang-9")
    verbs = Entry.objects.filter(subjects__kind="user", subjects__subject_id=rina.pk).values_list("verb", "actor_id")
    assert list(verbs.order_by("pk")) == [
        ("user.created", home.head.pk),
        ("user.password_chosen", rina.pk),
        ("user.signed_in", rina.pk),
    ]


def test_a_late_repetition_of_the_form_gives_no_link_to_a_password_in_use(home):
    browser, data = signed_in(home.head), keyed(home.head, "staff_new", upt()) | NEW
    browser.post(address("staff_new"), data)
    rina = User.objects.get(username="rina")
    rina.set_password(PASSWORD)
    rina.save(update_fields=["password"])
    assert browser.post(address("staff_new"), data).headers["Location"] == address("staff_link", rina.pk)
    assert browser.get(address("staff_link", rina.pk)).status_code == 302
    assert User.objects.filter(username="rina").count() == 1


@pytest.mark.parametrize(
    "values, words",
    [
        ({"name": ""}, "Bidang ini"),
        ({"nip": "1234"}, "18 angka"),
        ({"nip": ""}, "Isi NIP"),
        ({"username": "Rina W"}, "huruf kecil"),
        ({"username": "PEKERJA"}, "huruf kecil"),
        ({"username": "pekerja"}, "sudah dipakai"),
        ({"roles": []}, "Bidang ini"),
        ({"roles": ["head"]}, "head"),
        ({"roles": ["administrator"]}, "administrator"),
        ({"until_on": "kemarin"}, "tanggal"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(home, values, words):
    answer = send_new(home.head, **values)
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert 'value="Pekerja Sosial Ahli Muda"' in page
    assert not User.objects.filter(username="rina").exists()


def test_extra_fields_give_nothing(home):
    send_new(home.head, is_active="", password="x", institution=str(upt("BDG").pk), version="99")
    rina = User.objects.get(username="rina")
    assert (rina.is_active, rina.institution, rina.has_usable_password()) == (True, upt(), False)


def test_a_form_of_somebody_else_is_refused(home):
    data = keyed(home.office, "staff_new", upt()) | NEW
    assert signed_in(home.head).post(address("staff_new"), data).status_code == 422
    assert not User.objects.filter(username="rina").exists()


# --- Roles, edits, acts with a reason ---
def roles_of(*rows: dict) -> dict:
    sent = {"peran-TOTAL_FORMS": len(rows), "peran-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        blank = {"role": "", "since_on": "", "until_on": ""}
        sent |= {f"peran-{number}-{name}": value for name, value in (blank | row).items()}
    return sent


def test_roles_are_changed_on_their_page(home):
    worker = home.worker
    data = keyed(home.head, "staff_roles", worker) | roles_of({"role": "supervisor", "until_on": "31/12/2030"}, {})
    assert signed_in(home.head).post(address("staff_roles", worker.pk), data).status_code == 302
    assert [(row.role, str(row.until_on)) for row in worker.memberships.all()] == [("supervisor", "2030-12-31")]


@pytest.mark.parametrize("role", ["head", "administrator", "raja"])
def test_a_role_beyond_one_s_reach_cannot_be_sent(home, role):
    worker = home.worker
    data = keyed(home.head, "staff_roles", worker) | roles_of({"role": role})
    assert signed_in(home.head).post(address("staff_roles", worker.pk), data).status_code == 422
    assert [row.role for row in worker.memberships.all()] == ["social_worker"]


def test_one_s_own_roles_stay_out_of_reach(home):
    data = keyed(home.head, "staff_roles", home.head) | roles_of({"role": "supervisor"})
    assert signed_in(home.head).post(address("staff_roles", home.head.pk), data).status_code == 403
    assert [row.role for row in home.head.memberships.all()] == ["head"]


def test_the_administrator_moves_somebody_to_another_upt(home):
    data = keyed(home.admin, "staff_roles", home.worker)
    data |= roles_of({"role": "social_worker", "institution": upt("BDG").pk})
    assert signed_in(home.admin).post(address("staff_roles", home.worker.pk), data).status_code == 302
    assert User.objects.get(pk=home.worker.pk).institution == upt("BDG")


def test_facts_are_corrected_on_their_page(home):
    data = keyed(home.office, "staff_edit", home.worker) | NEW
    assert signed_in(home.office).post(address("staff_edit", home.worker.pk), data).status_code == 302
    home.worker.refresh_from_db()
    assert (home.worker.full_name, home.worker.username) == ("Rina Wulandari, S.Sos.", "pekerja")
    stale = signed_in(home.head).post(
        address("staff_edit", home.worker.pk),
        data | {"form_key": doors.form_key(home.head, "staff_edit", home.worker), "name": "Lain"},
    )
    rows = [(row.label, row.mine, row.stored) for row in stale.context["form"].differences]
    assert (stale.status_code, rows[0]) == (409, ("Nama tanpa gelar", "Lain", "Rina Wulandari"))
    form = stale.context["form"]
    again = data | {"name": "Lain"} | {name: form[name].value() for name in ("form_key", "version")}
    assert signed_in(home.head).post(address("staff_edit", home.worker.pk), again).status_code == 302
    home.worker.refresh_from_db()
    assert home.worker.name == "Lain"


@pytest.mark.parametrize("act", ["deactivate", "reset_password"])
def test_an_act_without_a_reason_comes_back(home, act):
    data = keyed(home.head, act, home.worker, reason=" ")
    assert signed_in(home.head).post(address(act, home.worker.pk), data).status_code == 422
    assert not Entry.objects.exists()


def test_deactivation_tells_what_is_left_behind_in_numbers(home):
    team = factories.team(upt())
    case = factories.case(team)
    page = signed_in(home.admin).get(address("deactivate", team.worker.pk)).content.decode()
    assert re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", page) == [
        ("Jabatan yang sedang digantikannya", "0"),
        ("Kasus terbuka yang ditangani", "1"),
        ("Pengajuan yang menunggu jawaban", "0"),
        ("Tugas yang belum dijawab", "0"),
    ]
    assert case.number not in page
    data = keyed(home.admin, "deactivate", team.worker, reason="Pensiun")
    assert signed_in(home.admin).post(address("deactivate", team.worker.pk), data).status_code == 302
    team.worker.refresh_from_db()
    assert not team.worker.is_active
    assert case.assignments.filter(worker=team.worker).exists()


def test_roles_that_were_changed_meanwhile_lie_beside_ones_own(home):
    path = address("staff_roles", home.worker.pk)
    data = keyed(home.head, "staff_roles", home.worker) | roles_of({"role": "supervisor"})
    other = keyed(home.head, "staff_roles", home.worker) | roles_of({"role": "nurse"})
    assert signed_in(home.head).post(path, other).status_code == 302
    answer = signed_in(home.head).post(path, data)
    form = answer.context["form"]
    rows = [(row.label, row.mine, row.stored) for row in form.differences]
    assert (answer.status_code, rows[0]) == (409, ("Peran 1, peran", "Supervisor", "Perawat"))
    again = data | {name: form[name].value() for name in ("form_key", "version")}
    assert signed_in(home.head).post(path, again).status_code == 302
