"""A year of aftercare in a real browser, on a phone: a visit, one in vain, aid looked after, the end of it."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from cases.enums import Stage
from rehsos import clock
from services import models
from services.demo import walk
from tests import factories
from tests.browser import axe
from tests.browser.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return factories.team()


@pytest.fixture
def left(people):
    """Somebody who left a month ago, so that the first visit is due."""
    now = clock.now()
    with clock.at(datetime(now.year - 1, now.month, 1, 4, tzinfo=UTC)):
        case = factories.case(people, Stage.AFTERCARE, factories.client(people, name="Arif Budiman"))
        walk.paper(people, case, models.BusinessAid)
    return case


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe.violations(page) == []


def test_a_year_of_aftercare_with_a_visit_in_vain(open_page, people, left):
    page = open_page(PHONE, people.worker, has_touch=True, is_mobile=True)
    page.goto("/")
    page.get_by_role("link", name="kunjungan binjut lewat").click()
    fits(page)
    # nobody is at home
    page.get_by_role("checkbox", name="Pilih Arif Budiman").check()
    page.get_by_role("button", name="Catat kunjungan").click()
    fits(page)
    expect(page.get_by_label("Kebutuhan")).to_be_hidden()
    page.get_by_label("Tidak di rumah").check()
    page.get_by_label("Keterangan, dan dari siapa").fill("Menurut tetangga bekerja di Gresik.")
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(page.get_by_text("Kunjungan tercatat")).to_be_visible()
    # the day agreed has its visit; how the aid stands is asked as well
    page.goto(f"/kasus/{left.number}/binjut/")
    expect(page.get_by_text("dicoba lagi")).to_be_visible()
    fits(page)
    page.get_by_role("link", name="Catat kunjungan").click()
    page.get_by_label("Bertemu", exact=True).check()
    page.get_by_label("F.c Pendampingan individu").check()
    page.get_by_label("Tempat tinggal", exact=True).select_option("family")
    page.get_by_label("Diterima baik").check()
    page.get_by_label("Sekolah atau pekerjaan", exact=True).select_option("work")
    page.get_by_label("Diterima dan ikut kegiatan").check()
    page.get_by_role("group", name="Kekambuhan").get_by_label("Tidak ada", exact=True).check()
    page.get_by_label("Rencana berikutnya").fill("Melihat perkembangan usaha.")
    page.get_by_label("Keadaan bantuan").select_option("good")
    page.get_by_label("Keadaan usaha").select_option("growing")
    page.get_by_role("button", name="Simpan kunjungan").click()
    expect(page.get_by_role("listitem").filter(has_text="Bersama keluarga")).to_be_visible()
    expect(page.get_by_text("usaha berkembang")).to_be_visible()
    fits(page)
    # the year is over
    page.get_by_role("link", name="Isi tahap Bimbingan lanjut").click()
    page.get_by_label("Selesai bimbingan lanjut").check()
    page.get_by_role("button", name="Ajukan").click()
    expect(page.get_by_text("Sedang diajukan").first).to_be_visible()
