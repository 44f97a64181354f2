"""The settings of a UPT, and a UPT founded."""

import pytest

from accounts.models import Institution, User
from audit.models import Entry
from rehsos import doors
from tests.accounts.people import upt
from tests.accounts.staff import House, house, keyed, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> House:
    return house()


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
    data = own_settings(home.office, admin_requirements="KTP\nKK", aftercare_months="1,3,6")
    signed_in(home.head).post("/pengaturan/upt/", own_settings(home.head, city="Malang"))
    browser = signed_in(home.office)
    answer = browser.post("/pengaturan/upt/", data)
    assert (answer.status_code, Institution.objects.get(code="ANKN").city) == (409, "Malang")
    assert [(row.label, row.mine, row.stored) for row in answer.context["form"].differences] == [
        ("Tempat surat", "Surabaya", "Malang")
    ]
    form = answer.context["form"]
    again = data | {name: form[name].value() for name in ("form_key", "version")}
    assert (browser.post("/pengaturan/upt/", again).status_code, form["city"].value()) == (302, "Surabaya")
    assert Institution.objects.get(code="ANKN").city == "Surabaya"


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
    assert browser.post("/pengaturan/lembaga/baru/", data).headers["Location"] == "/pengaturan/mulai/?upt=PSTW"
    assert browser.post("/pengaturan/lembaga/baru/", data).status_code == 302
    founded = Institution.objects.get(code="PSTW")
    assert (founded.time_zone, founded.kind) == ("Asia/Makassar", "upt")
    assert list(Entry.objects.values_list("verb", "institution_id")) == [("institution.created", founded.pk)]
    again = data | {"form_key": doors.form_key(home.admin, "institution_new", "institution")}
    answer = browser.post("/pengaturan/lembaga/baru/", again)
    assert answer.status_code == 422 and "Kode ini sudah dipakai" in answer.content.decode()
