"""The first page anybody meets."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", ["page", "phone"])
def test_signed_out_visitor_meets_the_sign_in_form_and_needs_no_sideways_scrolling(request, width):
    page = request.getfixturevalue(width)
    page.goto("/")
    assert page.url.split("?")[0].endswith("/masuk/")
    assert page.locator("input[name=login]").is_visible()
    assert page.locator("input[name=password]").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
