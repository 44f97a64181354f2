"""The pages about staff and institutions: who opens which, what they send, what an administrator never sees."""

import re

import pytest
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Institution, Membership, User
from audit.models import Access, Entry
from rehsos import doors
from tests import factories
from tests.accounts.people import PASSWORD, person, upt
from tests.accounts.staff import NEW, House, house, keyed, signed_in

pytestmark = pytest.mark.django_db
CANARY = "Zulkarnaen Kenari"
PERSON_PAGES = ("staff", "staff_edit", "staff_roles", "deactivate", "reactivate", "reset_password")
EVERYBODY = ("admin", "head", "office", "supervisor", "worker")


@pytest.fixture
def home() -> House:
    return house()


def address(name: str, *args) -> str:
    return reverse(f"accounts:{name}", args=args)


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
    assert stale.status_code == 409 and "Lain" in stale.content.decode()


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


# --- Institutions ---
def own_settings(by: User, **values) -> dict:
    here = Institution.objects.get(pk=upt().pk)
    sent = {
        "letterhead": "PEMERINTAH PROVINSI JAWA TIMUR\nDINAS SOSIAL",
        "address": "Jalan Contoh 1",
        "contact": "(031) 000000",
        "city": "Surabaya",
        "client_term": "penerima manfaat",
        "client_number_pattern": here.client_number_pattern,
        "case_number_pattern": here.case_number_pattern,
        "letter_number_pattern": here.letter_number_pattern,
        "admin_requirements": "KTP\n\n  KK  ",
        "progress_months": "3",
        "aftercare_months": "1, 3, 6",
        "emergency_days": "7",
        "return_days": "14",
        "shifts": "Pagi 07.00, Malam 19.00",
    }
    return keyed(by, "institution", here) | sent | values


def test_a_upt_sets_itself_up(home):
    answer = signed_in(home.office).post("/pengaturan/upt/", own_settings(home.office, code="PALSU", name="Palsu"))
    assert answer.status_code == 302
    here = Institution.objects.get(pk=upt().pk)
    assert (here.city, here.admin_requirements, here.progress_months, here.aftercare_months, here.version) == (
        "Surabaya",
        "KTP\nKK",
        3,
        "1,3,6",
        2,
    )
    assert (here.code, here.name) == ("ANKN", "UPT ANKN")
    assert list(Entry.objects.values_list("verb", "actor_id")) == [("institution.changed", home.office.pk)]


@pytest.mark.parametrize(
    "values",
    [
        {"case_number_pattern": "{code}-{year}"},
        {"case_number_pattern": "{year}-{seq}"},
        {"case_number_pattern": "{code}-{year}-{seq:04d"},
        {"case_number_pattern": "{code}-{year}-{seq:999999999d}"},
        {"case_number_pattern": "{code.__class__}-{year}-{seq}"},
        {"case_number_pattern": "{code}-{year}/{seq}"},
        {"case_number_pattern": "{code}-{year}-{0}{seq}"},
        {"client_number_pattern": "{seq}"},
        {"client_number_pattern": "klien {yy}-{seq}"},
        {"letter_number_pattern": "{bulan}/{seq}/{year}"},
        {"aftercare_months": "1,3,3"},
        {"aftercare_months": "satu"},
        {"aftercare_months": "6,3"},
        {"admin_requirements": "KTP\nKTP"},
        {"progress_months": "0"},
        {"emergency_days": "0"},
        {"return_days": "366"},
    ],
)
def test_what_would_stop_the_work_later_is_refused_now(home, values):
    assert signed_in(home.head).post("/pengaturan/upt/", own_settings(home.head, **values)).status_code == 422
    assert not Entry.objects.exists()


def test_two_people_do_not_overwrite_each_other(home):
    data = own_settings(home.office)
    signed_in(home.head).post("/pengaturan/upt/", own_settings(home.head, city="Malang"))
    assert signed_in(home.office).post("/pengaturan/upt/", data).status_code == 409
    assert Institution.objects.get(code="ANKN").city == "Malang"


def test_the_administrator_founds_a_upt(home):
    data = own_settings(home.admin) | {
        "form_key": doors.form_key(home.admin, "institution_new", "institution"),
        "code": "PSTW",
        "kind": "upt",
        "name": "UPT PSTW Contoh",
        "service_kind": "residential",
        "time_zone": "Asia/Makassar",
    }
    browser = signed_in(home.admin)
    assert browser.post("/pengaturan/lembaga/baru/", data).headers["Location"] == "/pengaturan/lembaga/"
    assert browser.post("/pengaturan/lembaga/baru/", data).status_code == 302
    founded = Institution.objects.get(code="PSTW")
    assert (founded.time_zone, founded.kind) == ("Asia/Makassar", "upt")
    assert list(Entry.objects.values_list("verb", "institution_id")) == [("institution.created", founded.pk)]
    again = data | {"form_key": doors.form_key(home.admin, "institution_new", "institution")}
    answer = browser.post("/pengaturan/lembaga/baru/", again)
    assert answer.status_code == 422 and "Kode ini sudah dipakai" in answer.content.decode()


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
