"""A page with a form, what is typed into it, and the draft that is kept and offered of it."""

import re
from datetime import UTC, datetime

from django.test import Client

NOON = datetime(2026, 7, 1, 5, tzinfo=UTC)
TEXT = "Ia bercerita tentang ibunya.\nMulai terbuka."


def signed_in(user) -> Client:
    browser = Client()
    browser.force_login(user)
    return browser


def key_of(browser: Client, url: str) -> str:
    """The key of a freshly opened page."""
    return browser.get(url).context["form"]["form_key"].value()


def autosave(browser: Client, key: str, url: str = "", **fields):
    fields = {"problem_statement": TEXT, **fields}
    return browser.post("/draf/", {"form_key": key, "draft_page": url, "draft_title": "Asesmen", **fields})


def offer(browser: Client, url: str) -> str:
    """The address under which a page offers its draft."""
    found = re.search(r'href="([^"]+)">Pakai draf<', browser.get(url).content.decode())
    return found[1].replace("&amp;", "&") if found else ""
