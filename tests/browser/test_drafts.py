"""Nothing typed is lost: a reload, a line that breaks, a session that ends, a second tab."""

import re
from collections.abc import Iterator

import pytest
from django.test.utils import override_settings
from playwright.sync_api import Page, expect

from accounts.models import Draft
from cases.enums import Stage
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SENTENCE = "Klien bercerita tentang keluarganya di Ngawi. "
TEXT = (SENTENCE * 11)[:500].strip()
FIELD = "[name=problem_statement]"
SAVED = re.compile(r"Tersimpan sebagai draf \d\d\.\d\d WIB")


@pytest.fixture
def people():
    return factories.team()


@pytest.fixture
def url(people) -> str:
    case = factories.case(people, Stage.ASSESSMENT)
    return f"/kasus/{case.number}/tahap/asesmen/isi/asesmen/"


def state(page: Page):
    return page.locator(".action-bar .saved[role=status]")


def looks_well(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe.violations(page) == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_five_hundred_letters_survive_a_reload(open_page, people, url, viewport):
    page = open_page(viewport, user=people.worker)
    page.goto(url)
    page.locator(FIELD).press_sequentially(TEXT)
    expect(state(page)).to_have_text(SAVED, timeout=5_000)
    looks_well(page)
    page.wait_for_timeout(2_000)  # the last letters too
    page.reload()  # without a question: everything is on the server
    expect(page.locator(FIELD)).to_have_value("")
    looks_well(page)
    page.get_by_role("link", name="Pakai draf").click()
    expect(page.locator(FIELD)).to_have_value(TEXT)
    looks_well(page)
    page.goto("/akun/draf/")
    expect(page.get_by_text(SENTENCE.strip()).first).to_be_visible()
    looks_well(page)
    assert "Ngawi" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])")


def test_what_is_typed_without_a_line_waits_on_the_page_and_goes_when_it_is_back(open_page, people, url):
    page = open_page(DESKTOP, user=people.worker)
    page.goto(url)
    page.context.set_offline(True)
    page.locator(FIELD).press_sequentially("Diketik tanpa sinyal.")
    expect(state(page)).to_contain_text("Belum tersimpan: jaringan terputus", timeout=6_000)
    assert Draft.objects.count() == 0
    looks_well(page)
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    assert questions == ["beforeunload"]  # and the answer was to stay
    page.context.set_offline(False)
    expect(state(page)).to_have_text(SAVED, timeout=8_000)
    expect(page.locator(FIELD)).to_have_value("Diketik tanpa sinyal.")
    assert Draft.objects.count() == 1


@pytest.fixture
def short() -> Iterator[None]:
    with override_settings(IDLE_SECONDS=4):
        yield


def test_a_session_that_ends_leads_back_to_the_same_form_with_its_text(short, open_page, people, url):
    page = open_page(DESKTOP, user=people.worker)
    page.goto(url)
    page.wait_for_timeout(4_500)
    page.locator(FIELD).fill(TEXT)
    expect(state(page)).to_contain_text("Sesi sudah berakhir", timeout=5_000)
    page.get_by_role("button", name="Simpan").click()
    page.wait_for_url("**/masuk/**")
    page.fill("[name=login]", people.worker.username)
    page.fill("[name=password]", factories.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"**{url}?draf=*")
    expect(page.locator(FIELD)).to_have_value(TEXT)
    expect(page.get_by_text("Sesi Anda berakhir sebelum formulir ini diterima.")).to_be_visible()


def test_the_second_tab_is_told_and_both_texts_stay(open_page, people, url):
    first = open_page(DESKTOP, user=people.worker)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(url)
    first.fill(FIELD, "Tab pertama")
    expect(state(first)).to_have_text(SAVED, timeout=5_000)
    second.fill(FIELD, "Tab kedua")
    expect(state(second)).to_contain_text("dari tab lain atau sebelumnya", timeout=5_000)
    looks_well(second)
    expect(second.locator(FIELD)).to_have_value("Tab kedua")
    expect(first.locator(FIELD)).to_have_value("Tab pertama")

    second.get_by_role("button", name="Ganti dengan isian ini").click()
    expect(state(second)).to_have_text(SAVED, timeout=5_000)
    first.locator(FIELD).press_sequentially(", lanjut")
    expect(state(first)).to_contain_text("dari tab lain atau sebelumnya", timeout=5_000)
    expect(first.locator(FIELD)).to_have_value("Tab pertama, lanjut")
