"""The first page anybody meets."""

import pytest

from tests.browser import axe

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [pytest.param("page", marks=pytest.mark.heavy), "phone"])
def test_signed_out_visitor_meets_the_sign_in_form(request, width):
    page = request.getfixturevalue(width)
    page.goto("/katalog/")
    assert page.url.split("?")[0].endswith("/masuk/")
    assert page.locator("input[name=login]").is_visible()
    assert page.locator("input[name=password]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert axe.violations(page) == []


@pytest.mark.heavy
def test_picture_without_words_is_a_violation(page):
    page.goto("/masuk/")
    page.evaluate("document.querySelector('main, body').append(new Image())")
    assert [line.split(":")[0] for line in axe.violations(page)] == ["image-alt"]


@pytest.mark.heavy
def test_wrong_password_says_so_and_keeps_the_name(page, db):
    page.goto("/masuk/")
    page.fill("input[name=login]", "pekerja")
    page.fill("input[name=password]", "bukan-ini")
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()
    assert page.locator("[role=alert]").is_visible()
    assert page.input_value("input[name=login]") == "pekerja"
