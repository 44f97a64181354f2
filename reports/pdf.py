"""The one gate through which a PDF leaves: it renders a template and never fetches anything."""

import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

STYLE = Path(__file__).with_name("print.css")
_kept = threading.local()  # Pango's objects are no two threads'
WIDTHS = range(2, 80)  # columns of tables, in per cent: `<col class="w12">`


def render(template: str, context: Mapping[str, Any]) -> bytes:
    """The PDF (tagged, PDF/UA-1) of a template of ``templates/reports``.

    Only ``data:`` is ever opened: pictures are inline SVG and the typeface is the system's Liberation Serif. What
    people typed reaches the page escaped by the template engine.
    """
    # Slow to import (seconds, 27 MB): a web worker that prints nothing never pays for it.
    from weasyprint import HTML

    closed, fonts, style = _press()
    page = HTML(string=render_to_string(template, dict(context)), url_fetcher=closed)
    return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


def _press() -> tuple[Any, Any, Any]:
    """What every paper needs and none changes, made once in a thread: a seventh of the time of a stage report."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    if not hasattr(_kept, "press"):
        closed = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
        fonts = FontConfiguration()
        _kept.press = closed, fonts, CSS(string=stylesheet(), font_config=fonts, url_fetcher=closed)
    return _kept.press


@cache
def stylesheet() -> str:
    """The look of every paper, with one class per column width."""
    widths = "".join(f".w{width}{{width:{width}%}}" for width in WIDTHS)
    return STYLE.read_text(encoding="utf-8") + widths
