"""The only way a list goes out as a spreadsheet: every cell a text, a number or a date, none of it ever run."""

import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from rehsos.doors import Refused

Value = str | int | date | None

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MAX_ROWS = 20_000
MAX_TEXT = 32_767  # what one cell of a spreadsheet holds
# Spreadsheets run text that begins so once it has gone through a CSV file.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def export(filename: str, title: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> HttpResponse:
    """The spreadsheet as a download. Raises Refused rather than leave rows or letters out."""
    lines = list(rows)
    if len(lines) > MAX_ROWS:
        raise Refused(_("Daftar ini lebih dari 20.000 baris; persempit dengan filter, lalu unduh lagi."))
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as book:
        _fill(book, title, [headings, *lines])
    response = HttpResponse(content.getvalue(), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


def _fill(book: xlsxwriter.Workbook, title: str, lines: Sequence[Sequence[Value]]) -> None:
    sheet = book.add_worksheet(title)
    day, bold = book.add_format({"num_format": "d mmm yyyy"}), book.add_format({"bold": True})
    for at, line in enumerate(lines):
        for column, value in enumerate(line):
            if isinstance(value, date):
                sheet.write_datetime(at, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(at, column, value)
            elif value:
                sheet.write_string(at, column, text(str(value)), None if at else bold)
    sheet.freeze_panes(1, 0)
    sheet.autofit(300)


def text(value: str) -> str:
    """A text as it may stand in a cell: what would be run begins with an apostrophe."""
    value = f"'{value}" if value.startswith(FORMULA_STARTS) else value
    if len(value) > MAX_TEXT:
        raise Refused(_("Sebuah teks terlalu panjang untuk satu sel lembar kerja; tidak ada yang dipotong diam-diam."))
    return value
