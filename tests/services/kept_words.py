"""What a page shows and carries of the words that somebody typed."""

import re
from html import unescape

from django.test import Client

from services.models import Assessment
from tests.services.forms import filled


def base(case) -> str:
    return f"/kasus/{case.number}/tahap/asesmen/isi/asesmen/"


def typed(browser: Client, case, url: str = "", **words: str) -> dict[str, str]:
    """A whole assessment with its rows, as it would be posted."""
    return filled(case, Assessment, browser.get(url or base(case)).context["form"], **words)


def shown(page: str) -> set[str]:
    """Every text that stands in a field of a page, hidden or not."""
    areas = re.findall(r"<textarea[^>]*>\s?(.*?)</textarea>", page, re.S)
    return {unescape(text) for text in [*areas, *re.findall(r'<input[^>]*\bvalue="([^"]*)"', page)]}


def texts(data: dict[str, str]) -> set[str]:
    """What a person wrote in sentences."""
    return {value for value in data.values() if " " in value}
