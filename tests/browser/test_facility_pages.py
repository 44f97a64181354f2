"""Sarana and a client's bed in a real browser: wide and narrow, judged by axe; a house and a move made by hand."""

import pytest

from cases.enums import Stage
from services import bed_moves, facility
from services.models import Bed, BedUse
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAMES = ("Zulkifli Rahman", "Bagas Wicaksono", "Yohanes Krisostomus Adi")


@pytest.fixture
def people():
    return factories.team()


def furnished(people):
    values = {"name": "Asrama Melati", "rooms": 4, "beds": 6, "sex_rule": "male", "min_age": 12, "max_age": 21}
    return facility.add_house(institution=people.head.institution, values=values, by=people.head)


def residents(people, house):
    found = [factories.case(people, Stage.ASSESSMENT, factories.client(people, name=name)) for name in NAMES]
    for case, bed in zip(found, Bed.objects.filter(room__house=house).order_by("pk"), strict=False):
        today = case.institution.today()
        bed_moves.move(case=case, bed=bed, on=today, reason="Penempatan.", by=people.worker, exception="Mandiri.")
    return found


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_are_accessible_and_fit(open_page, people, viewport):
    house = furnished(people)
    case, *_rest = residents(people, house)
    page = open_page(viewport, people.head)
    for path in (
        "/sarana/",
        "/sarana/asrama/baru/",
        f"/sarana/asrama/{house.pk}/",
        f"/kasus/{case.number}/kamar/",
        "/",
    ):
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        assert axe.violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_house_is_entered_and_a_client_moved(open_page, people, viewport):
    case = factories.case(people, Stage.ASSESSMENT)
    desk = open_page(viewport, people.head)
    desk.goto("/sarana/")
    desk.get_by_role("link", name="Tambah asrama").first.click()
    desk.get_by_label("Nama asrama/wisma").fill("Asrama Melati")
    desk.get_by_label("Banyaknya kamar").fill("2")
    desk.get_by_label("Tempat tidur tiap kamar").fill("2")
    desk.get_by_role("button", name="Simpan").click()
    assert Bed.objects.count() == 4

    page = open_page(viewport, people.worker)
    page.goto(f"/kasus/{case.number}/")
    page.get_by_role("link", name="Pilih tempat tidur").click()
    page.get_by_label("Tempat tidur", exact=True).select_option(label="Kamar 1, tempat tidur 2")
    page.get_by_label("Alasan pindah").fill("Baru datang.")
    page.get_by_role("button", name="Pilih tempat tidur").click()
    assert "Pindah ke Asrama Melati, kamar 1, tempat tidur 2." in page.locator("main .note-ok").inner_text()
    page.get_by_label("Tempat tidur", exact=True).select_option(label="Kamar 2, tempat tidur 1")
    page.get_by_label("Alasan pindah").fill("Dekat kamar mandi.")
    page.get_by_role("button", name="Pindah tempat tidur").click()
    assert "Asrama Melati, kamar 2, tempat tidur 1" in page.locator("main").inner_text()
    assert BedUse.objects.filter(stay__case=case).count() == 2
