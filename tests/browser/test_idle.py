"""The warning before a session ends for lack of use."""

import re

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from tests.accounts.people import person
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def short(settings) -> None:
    """Ten seconds: the page counts on nine, and warns in the middle of them."""
    settings.IDLE_SECONDS = 10


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_page_warns_and_one_key_keeps_the_session(short, open_page, viewport):
    page = open_page(viewport, user=person("budi", Role.SOCIAL_WORKER))
    page.goto("/katalog/")
    button = page.get_by_role("button", name="Tetap masuk")
    expect(button).to_be_hidden()
    expect(button).to_be_visible(timeout=8_000)
    expect(page.locator("#sesi p")).to_have_text(re.compile(r"berakhir pukul \d\d\.\d\d\."))
    assert axe.violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expect(button).to_be_focused()
    with page.expect_response("**/sesi/") as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 204
    expect(button).to_be_hidden()
    page.wait_for_timeout(5_500)  # past the end that the first reading had
    page.goto("/akun/")
    assert page.url.endswith("/akun/")


def test_whoever_types_keeps_the_focus_and_is_told_when_it_is_over(short, open_page):
    page = open_page(DESKTOP, user=person("budi", Role.SOCIAL_WORKER))
    page.goto("/akun/")
    page.locator("[name=old_password]").focus()
    expect(page.get_by_role("button", name="Tetap masuk")).to_be_visible(timeout=8_000)
    expect(page.locator("[name=old_password]")).to_be_focused()
    expect(page.locator("#sesi p")).to_contain_text("sudah berakhir", timeout=8_000)
    expect(page.get_by_role("button", name="Tetap masuk")).to_be_hidden()


@pytest.mark.heavy
def test_another_tab_keeps_this_one_quiet(short, open_page):
    page = open_page(DESKTOP, user=person("budi", Role.SOCIAL_WORKER))
    page.goto("/katalog/")
    other = page.context.new_page()
    expect(page.get_by_role("button", name="Tetap masuk")).to_be_visible(timeout=8_000)
    other.goto("/akun/")
    expect(page.get_by_role("button", name="Tetap masuk")).to_be_hidden(timeout=3_000)
