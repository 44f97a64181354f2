"""A UPT begins: from the first run to a printed report with a browser alone; what each reader is told is missing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import Institution, User
from services import facility, programme
from services.models import House
from tests import factories
from tests.accounts.people import dinas, person
from tests.accounts.test_first_run import run
from tests.services.browsing import Browser, filled, form_in, text_of

pytestmark = pytest.mark.django_db

HOME = "/pengaturan/mulai/"
PASSWORD = "gajah-berenang-9"
SETTINGS = {
    "letterhead": "PEMERINTAH PROVINSI JAWA TIMUR\nDINAS SOSIAL",
    "address": "Jalan Contoh 1",
    "contact": "(031) 000000",
    "city": "Surabaya",
}


def told(page) -> dict[str, tuple[str, list[str]]]:
    """State of each step, and what it says is missing."""
    return {step.title: (step.state, step.missing) for step in page.context["steps"]}


def links(page) -> dict[str, str]:
    return {link.label: link.url for step in page.context["steps"] for link in step.links}


@pytest.fixture
def browse(client):
    return Browser(client)


def let_in(browse, link: str, username: str) -> User:
    """Open the one-time link and choose a password, signed out."""
    mine = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert Client().post(re.sub(r"^https?://[^/]+", "", link), mine).status_code == 302
    return User.objects.get(username=username)


def enrolled(browse, by: User, page, label: str, **typed) -> User:
    """An account made from a step; its page leads back to the preparation."""
    address = links(page)[label]
    sent = filled(form_in(browse(by, address), "staff_new"), employment="other", nip="", **typed)
    answer = browse(by, address, **sent)
    assert answer.status_code == 302, answer.context["form"].errors
    shown = browse(by, answer["Location"])
    assert f'href="{HOME}?upt=RSBN"' in text_of(shown)
    return let_in(browse, shown.context["link"], typed["username"])


def test_a_upt_comes_from_its_first_run_to_a_printed_report(browse):
    link = next(line for line in run().splitlines() if "://" in line)
    admin = let_in(browse, link, "admin")
    home = text_of(browse(admin, "/"))
    assert f"{HOME}?upt=RSBN" in home and "belum siap dipakai" in home
    page = browse(admin, HOME)
    assert {title: state for title, (state, _missing) in told(page).items()} == {
        "Kop surat": "miss",
        "Lambang": "wait",
        "Penanda tangan": "miss",
        "Pola nomor": "wait",
        "Asrama dan kamar": "miss",
        "Akun petugas": "miss",
        "Daftar acuan": "miss",
        "Kasus berjalan": "wait",
    }
    mains = [link.label for step in page.context["steps"] for link in step.links if link.is_main]
    assert mains == ["Isi kop surat"]  # one button: the next thing to do
    address = links(page)["Isi kop surat"].partition("#")[0]
    answer = browse(admin, address, **filled(form_in(browse(admin, address), "institution"), **SETTINGS))
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}?upt=RSBN")
    page = browse(admin, answer["Location"])
    assert told(page)["Kop surat"] == ("done", [])
    head = enrolled(browse, admin, page, "Buat akun Kepala UPT", username="kepala", name="Endang Lestari")
    assert [row.role for row in head.active_memberships] == [Role.HEAD]
    enrolled(browse, admin, page, "Buat akun Supervisor", username="supervisor", name="Wahyuni")

    page = browse(head, HOME)
    assert "belum siap dipakai" in text_of(browse(head, "/"))
    enrolled(browse, head, page, "Buat akun Pekerja sosial", username="pekerja", name="Sri Rahayu")
    address = links(page)["Tambah asrama"]
    answer = browse(head, address, **filled(form_in(browse(head, address), "house_new"), name="Wisma Melati"))
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}?upt=RSBN")
    address = links(page)["Daftar kegiatan"]
    beginning = programme.beginnings()[0].key
    sent = filled(form_in(browse(head, address), "programme_begin"), beginning=beginning)
    assert browse(head, address, **sent)["Location"] == f"{HOME}?upt=RSBN"
    page = browse(head, HOME)
    assert {title: missing for title, (_state, missing) in told(page).items() if missing} == {}
    assert "belum siap dipakai" not in text_of(browse(head, "/"))
    month = browse(head, f"{HOME}contoh-naskah.pdf")
    assert (month["Content-Type"], month.content[:5]) == ("application/pdf", b"%PDF-")
    today = Institution.objects.get(code="RSBN").today()
    report = browse(head, f"/laporan/bulanan/{today.year}/{today.month}/laporan.pdf")
    assert (report.status_code, report.content[:5]) == (200, b"%PDF-")


def test_each_reader_has_the_upts_of_their_office(browse):
    here, there = factories.team().head.institution, factories.institution("LANSIA")
    admin = person("admin", Role.ADMINISTRATOR, institution=dinas())
    head, office = User.objects.get(username="kepala_ankn"), factories.user("tatausaha", Role.ADMIN_OFFICE, upt=here)
    assert [upt.code for upt in browse(admin, HOME).context["upts"]] == ["ANKN", "LANSIA"]
    assert browse(admin, f"{HOME}?upt=LANSIA").context["upt"] == there
    for user in (head, office):
        assert browse(user, HOME).context["upt"] == here
        assert browse(user, f"{HOME}?upt=LANSIA").status_code == 404
        assert browse(user, f"{HOME}contoh-naskah.pdf?upt=LANSIA").status_code == 404
    # what one may not do is told with whose work it is, and never a link
    assert "Tambah asrama" not in links(browse(admin, f"{HOME}?upt=ANKN"))
    assert "Dikerjakan Kepala UPT atau tata usaha." in text_of(browse(admin, f"{HOME}?upt=ANKN"))
    assert "Buat akun Kepala UPT" not in links(browse(office, HOME))
    assert browse(User.objects.get(username="supervisor_ankn"), HOME).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_the_same_whatever_there_is(browse, number):
    people = factories.team()
    for at in range(number):
        facility.add_house(institution=people.head.institution, values={"name": f"Wisma {at}"}, by=people.head)
        factories.user(f"pekerja_lagi{at}", Role.SOCIAL_WORKER)
        factories.institution(f"UPT{at}")
    browse(people.head, HOME)
    with CaptureQueriesContext(connection) as asked:
        page = browse.client.get(HOME)
    assert (len(asked), House.objects.count(), page.status_code) == (10, number, 200)
