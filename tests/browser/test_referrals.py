"""Referrals in a real browser: refused by the client, overridden by the head, and sent."""

import pytest
from playwright.sync_api import expect

from cases.enums import Stage
from services.referrals import partners
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_referral_without_consent_waits_for_the_head(open_page):
    people = factories.team()
    case = factories.case(people, Stage.INTERVENTION)
    values = {"name": "RSJ Contoh", "kind": "hospital", "services": ["drugs"]}
    partners.add(institution=case.institution, values=values, by=people.worker)
    page = open_page(PHONE, people.worker)
    page.goto(f"/kasus/{case.number}/rujukan/baru/")
    page.get_by_label("Kebutuhan yang dirujuk").select_option("drugs")
    page.get_by_label("Lembaga tujuan").select_option(index=1)
    page.get_by_label("Alasan rujukan").fill("Perlu detoks.")
    page.get_by_label("Pelayanan yang diminta").fill("Detoks dua minggu.")
    page.get_by_label("Identitas ringkas").check()
    page.get_by_label("Ringkasan yang dibagikan").fill("B.S.")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("belum menyetujui datanya dibagikan")).to_be_visible()
    expect(page.get_by_role("heading", name="Surat dikirim")).to_have_count(0)
    assert axe.violations(page) == []
    address = page.url
    page = open_page(DESKTOP, people.head)
    page.goto(address)
    page.locator("#overridden-text").fill("Nyawa terancam.")
    page.get_by_role("button", name="Simpan").first.click()
    expect(page.get_by_text("Nyawa terancam.").first).to_be_visible()
    page = open_page(PHONE, people.worker)
    page.goto(address)
    page.get_by_role("button", name="Simpan").first.click()
    expect(page.get_by_text("menunggu jawaban")).to_be_visible()
