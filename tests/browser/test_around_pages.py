"""What lies around a case, as a person and axe see it: saved filters."""

import os

import pytest

from services import saved
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("REHSOS_SHOTS", "")


def looks_well(page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
    assert axe.violations(page) == [], name


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_filter_is_named_used_and_let_go(open_page, viewport):
    team = factories.team()
    factories.case(team, person=factories.client(team, name="Bayu"))
    saved.keep(page="services:case_list", name="Lewat tenggat, laki-laki", query="due=late&sex=male", by=team.head)
    page = open_page(viewport, user=team.head)
    page.goto("/kasus/")
    page.get_by_text("Filter lain:").click()
    page.select_option("#id_sex", "male")
    page.fill("#id_opened_from", "2026-01-01")
    looks_well(page, "filters-open")
    page.get_by_role("button", name="Saring").click()
    looks_well(page, "filters-on")
    page.get_by_role("link", name="Simpan filter ini").click()
    page.get_by_label("Nama filter").fill("Laki-laki sejak Januari")
    looks_well(page, "filter-name")
    page.get_by_role("button", name="Simpan", exact=True).click()
    current = page.locator(".saved-filters a[aria-current]")
    assert current.inner_text() == "Laki-laki sejak Januari"
    looks_well(page, "filter-kept")
    page.get_by_role("link", name="Kelola").click()
    looks_well(page, "filter-manage")
    page.get_by_role("button", name="Hapus Laki-laki sejak Januari").click()
    assert page.locator(".rows li b").all_inner_texts() == ["Lewat tenggat, laki-laki"]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_head_follows_what_somebody_did_and_read(open_page, viewport):
    team = factories.team()
    case = factories.case(team, person=factories.client(team, name="Bayu"))
    page = open_page(viewport, user=team.worker)
    for path in ("/kasus/", f"/kasus/{case.number}/", "/akun/"):
        page.goto(path)
    page.get_by_role("link", name="jejak saya").click()
    looks_well(page, "trail-own")
    page = open_page(viewport, user=team.head)
    page.goto(f"/pengaturan/pengguna/{team.worker.pk}/")
    page.get_by_role("link", name="Semua yang dilakukannya").click()
    looks_well(page, "trail-acts")
    page.get_by_role("link", name="Pembacaan berkas").click()
    looks_well(page, "trail-reads")
    page.get_by_role("link", name=case.number).first.click()
    assert page.locator("h1").inner_text() == "Bayu"
