"""Spreadsheets as somebody might send them: a book of lines, and a book whose inside was changed."""

import io
import zipfile
from collections.abc import Callable
from time import monotonic
from typing import Any

import pytest
import xlsxwriter

from rehsos.doors import Refused
from services import spreadsheets
from services.spreadsheets import Cell

SHEET_PART, BOOK_PART, STYLES_PART = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
BROKEN = "Berkas rusak atau tidak lengkap. Buka di Excel atau LibreOffice, simpan lagi sebagai .xlsx."
SOON = 20  # seconds, with room for a machine that is busy; what grows with the square takes minutes


def book(*lines: list[Any], options: dict[str, Any] | None = None, formats: dict[int, str] | None = None) -> bytes:
    """A sheet Data with these lines; ``formats`` are the number formats of columns."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True} | (options or {})) as made:
        sheet = made.add_worksheet("Data")
        for at, shown in (formats or {}).items():
            sheet.set_column(at, at, 12, made.add_format({"num_format": shown}))
        looks = {at: made.add_format({"num_format": shown}) for at, shown in (formats or {}).items()}
        for number, line in enumerate(lines):
            for at, value in enumerate(line):
                sheet.write(number, at, value, looks.get(at))
    return content.getvalue()


def changed(content: bytes, parts: dict[str, Any], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The file with some parts replaced, by bytes or by what a function makes of them; or added."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", packing) as new:
        for name in [*old.namelist(), *(set(parts) - set(old.namelist()))]:
            was = old.read(name) if name in old.namelist() else b""
            part = parts.get(name, was)
            new.writestr(name, part(was) if callable(part) else part)
    return made.getvalue()


def read(content: bytes, most_lines: int = 2_000) -> dict[int, dict[int, Cell]]:
    return spreadsheets.read(content, "Data", most_lines=most_lines).lines


def refusal(content: bytes, most_lines: int = 2_000) -> str:
    began = monotonic()
    with pytest.raises(Refused) as refused:
        read(content, most_lines)
    assert monotonic() - began < SOON
    [words] = refused.value.reasons
    return words


def into_sheet(xml: bytes) -> Callable[[bytes], bytes]:
    """The sheet with something before its end."""
    return lambda part: part.replace(b"</sheetData>", xml + b"</sheetData>")
