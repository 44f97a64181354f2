"""A real browser for the tests in this folder: Debian's headless Chromium, driven by playwright."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of two widths the phone, where room is short, is looked at every time; the desk with ``-m heavy``."""
    for item in items:
        shown = getattr(item, "callspec", None) and item.callspec.params
        if item.get_closest_marker("browser") and shown and DESKTOP in shown.values():
            item.add_marker(pytest.mark.heavy)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("REHSOS_CHROMIUM") or shutil.which("chromium-headless-shell")
    if path is None:
        pytest.fail("chromium-headless-shell is missing: scripts/test.sh browser installs it")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs an event loop in this thread; the tests themselves are as synchronous as ever.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        patch.setattr(Locator, "click", _click_and_arrive(Locator.click))
        running = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """``open_page(viewport, user=None)``: a fresh page as wide as asked, signed in as ``user``.

    Afterwards the test fails if a page asked another host for anything, broke the content security policy or
    raised an error in a script.
    """
    contexts, complaints = [], []

    def open_it(viewport: dict = DESKTOP, user=None, **options) -> Page:
        context = browser.new_context(
            base_url=live_server.url, viewport=viewport, locale="id-ID", timezone_id="Asia/Jakarta", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _only_from(live_server.url, request, complaints))
        page.on("console", lambda message: _only_harmless(message, complaints))
        page.on("pageerror", lambda error: complaints.append(f"script error: {error}"))
        if user is not None:
            sign_in(page, user, live_server.url)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A desk: 1280 pixels wide."""
    return open_page(DESKTOP)


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A phone: 360 pixels wide, touched."""
    return open_page(PHONE, has_touch=True, is_mobile=True)


def sign_in(page: Page, user, url: str) -> None:
    """Let ``page`` carry a session of ``user`` without walking through the sign-in form."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def _click_and_arrive(click: Callable[..., None]) -> Callable[..., None]:
    """A click after which the page it led to is there as a whole, not only its first lines."""

    def clicked(self: Locator, **options) -> None:
        click(self, **options)
        self.page.wait_for_load_state()

    return clicked


def _only_from(url: str, request: Request, complaints: list[str]) -> None:
    if not request.url.startswith((url, "data:", "about:", "blob:")):
        complaints.append(f"asked another host: {request.url}")


def _only_harmless(message: ConsoleMessage, complaints: list[str]) -> None:
    if "Content Security Policy" in message.text:
        complaints.append(message.text)
