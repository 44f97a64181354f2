"""The one gate through which a PDF leaves: it renders a template and never fetches anything."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string

STYLE = Path(__file__).with_name("print.css")
WIDTHS = range(2, 80)  # columns of tables, in per cent: `<col class="w12">`


def render(template: str, context: Mapping[str, Any]) -> bytes:
    """The PDF (tagged, PDF/UA-1) of a template of ``templates/reports``.

    Only ``data:`` is ever opened: pictures are inline SVG and the typeface is the system's Liberation Serif. What
    people typed reaches the page escaped by the template engine.
    """
    # Slow to import (seconds, 27 MB): a web worker that prints nothing never pays for it.
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    closed = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    fonts = FontConfiguration()
    page = HTML(string=render_to_string(template, dict(context)), url_fetcher=closed)
    style = CSS(string=stylesheet(), font_config=fonts, url_fetcher=closed)
    return page.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


@cache
def stylesheet() -> str:
    """The look of every paper, with one class per column width."""
    widths = "".join(f".w{width}{{width:{width}%}}" for width in WIDTHS)
    return STYLE.read_text(encoding="utf-8") + widths
