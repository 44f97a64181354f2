"""Every page of the site, with something on it, at a desk and on a phone: axe finds nothing and nothing runs over."""

from contextvars import ContextVar

import pytest
from playwright.sync_api import Error

from accounts import rights
from accounts.rights import Who
from rehsos import clock
from tests.access.test_matrix import LABELS, PROMISED, ROUTES
from tests.access.world import built
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE
from tests.services.walked import NOW

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.django_db(transaction=True)]

PARTS = 4  # the world is built anew for each; workers share them


def readers(name: str) -> dict[Who, str]:
    """Who is shown a page, each with what it is about; the home by everybody, other pages by the first."""
    shown: dict[Who, str] = {}
    for cell, promised in PROMISED[name].items():
        if cell.method == "GET" and promised.status == 200:
            shown.setdefault(LABELS[cell.who], cell.thing)
    return shown if name == "services:home" else dict(list(shown.items())[:1])


def wrong(page, name: str, address: str) -> list[str]:
    """What is wrong with a page, in lines that name it; nothing for what is no page at all."""
    # A picture opened by itself gets a style from the browser, which our policy forbids: look before going there.
    if not page.request.get(address).headers.get("content-type", "").startswith("text/html"):
        return []
    try:
        answer = page.goto(address)
    except Error as told:
        return [f"{name} {address}: {told}"]
    found = [] if answer.status == 200 else [f"status {answer.status}"]
    if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append("runs over to the right")
    return [f"{name} {address}: {fault}" for fault in found + axe.violations(page)]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_has_a_fault(open_page, monkeypatch, viewport, part):
    monkeypatch.setattr(clock, "_fixed", ContextVar("stands", default=NOW))  # in the server's threads as well
    with built() as world:
        pass
    pages: dict[Who, object] = {}
    found = []
    for name in [name for name in ROUTES if name in rights.RULES][part::PARTS]:
        for who, thing in readers(name).items():
            if who not in pages:
                pages[who] = open_page(viewport, user=world.people.get(who))
            found += wrong(pages[who], name, world.address(name, who, thing))
    assert found == []
