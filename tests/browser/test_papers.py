"""The papers of a case, the register and the public check, as a person and axe see them."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from cases.models import Stay
from rehsos import clock
from reports import issuing
from reports.enums import PaperKind
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE
from tests.reports.issued import SCAN, issued, placed
from tests.reports.papers import team, upt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people() -> factories.Team:
    return team(upt())


@pytest.fixture
def case(people):
    return placed(people)


def looks_well(page, path: str, status: int = 200) -> None:
    answer = page.goto(path)
    assert answer.status == status, path
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    assert axe.violations(page) == [], path


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_every_page_of_papers(open_page, people, case, viewport):
    letter, decree = issued(people, case), issued(people, case, kind=PaperKind.PLACEMENT)
    report = issued(people, case, kind=PaperKind.STAGE_REPORT, subject="pendekatan-awal-1")
    issuing.sign(paper=letter, scan=SCAN, on=case.institution.today(), by=people.worker)
    issuing.hand_over(paper=report, to="Dinas Sosial Kabupaten", on=case.institution.today(), by=people.worker)
    issuing.cancel(paper=decree, reason="Salah kamar.", by=people.head)
    placed(people, "Bagus Wicaksono")
    page = open_page(viewport, user=people.head)
    for path in (f"/kasus/{case.number}/surat/", "/surat/", "/surat/?state=cancelled", "/surat/penempatan/"):
        looks_well(page, path)
    for paper in (letter, decree, report):
        looks_well(page, f"/surat/{paper.spelled_code}/")
    looks_well(page, f"/periksa/{report.spelled_code}/")
    looks_well(open_page(viewport, user=factories.user("tata_usaha", Role.ADMIN_OFFICE)), f"/surat/{report.code}/")
    stranger = open_page(viewport)
    looks_well(stranger, "/periksa/")
    for paper in (letter, decree):
        looks_well(stranger, f"/periksa/{paper.spelled_code}/")
    looks_well(stranger, "/periksa/AAAA-AAAA/", 404)


def test_a_paper_is_issued_and_its_photo_attached(open_page, people, case):
    page = open_page(PHONE, user=people.worker)
    page.goto(f"/kasus/{case.number}/")
    page.get_by_role("link", name="Surat", exact=True).first.click()
    page.get_by_role("button", name="Terbitkan Surat kesepakatan").click()
    assert page.get_by_text("terbit dengan nomor").is_visible()
    page.get_by_role("link", name="Kode pemeriksaan").or_(page.locator("a[href^='/periksa/']")).first.click()
    page.set_input_files("[name=scan]", {"name": "f.pdf", "mimeType": "application/pdf", "buffer": SCAN.content})
    page.get_by_role("button", name="Lampirkan").click()
    assert page.get_by_text("dilampirkan").first.is_visible()
    assert page.locator(".page-head .status", has_text="ditandatangani").is_visible()


@pytest.mark.heavy
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_month_is_frozen_in_three_clicks_from_home_and_revised(open_page, people, viewport):
    today = people.head.institution.today()
    with clock.at(clock.now() - timedelta(days=today.day + 3)):
        case = placed(people)
    page = open_page(viewport, user=people.head)
    looks_well(page, "/")
    page.get_by_role("link", name="belum dibekukan").click()
    page.get_by_role("link", name="Bekukan", exact=True).click()
    page.get_by_role("button", name="Bekukan laporan").click()
    month = page.url.removeprefix(page.url.partition("/laporan/")[0])
    assert "dibekukan" in page.locator(".page-head .status").inner_text()
    Stay.objects.filter(case=case).update(placed_on=today)
    for path in (month, f"{month}kelengkapan/", f"{month}uraian/", f"{month}bekukan/", "/laporan/"):
        looks_well(page, path)
    page.goto(month)
    page.get_by_role("link", name="Buat revisi").click()
    page.get_by_label("Alasan revisi").fill("Penempatan ternyata bulan berikutnya.")
    page.get_by_role("button", name="Terbitkan revisi").click()
    assert "revisi ke-1" in page.locator(".page-head").inner_text()
