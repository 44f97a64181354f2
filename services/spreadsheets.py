"""Reads the cells of an XLSX that somebody sent: openpyxl does, once the file has shown that it is small and plain.

First how much it unpacks to and what it carries; then one walk over each part, which ends at a document type (and with
it every entity) or where there is more than a list needs. Formulas are refused and not calculated.
"""

import io
import zipfile
from contextlib import closing
from datetime import date, datetime
from typing import Any, NamedTuple
from xml.parsers import expat

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.cell.read_only import EMPTY_CELL

from rehsos.doors import Refused
from rehsos.inputgate import is_clean

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 48 * 1024 * 1024  # all parts together
MAX_PARTS = 200
MAX_STEPS = 1_000_000  # tags and texts; 2,000 full lines are 600,000
MAX_TOKEN = 256 * 1024  # bytes of one tag or comment: expat reads a long one anew with each bite it is given
MAX_COLUMNS, LAST_LINE = 80, 1_048_576
MAX_TEXT = 4_000
READ_AGAIN = 4  # how often the bytes of a file may be read over; many sheets of one part would read it for ever
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # these unpack no further than they are asked to
NOT_XML = (expat.errors.codes[expat.errors.XML_ERROR_SYNTAX], expat.errors.codes[expat.errors.XML_ERROR_INVALID_TOKEN])
PACKED = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # .xls, and what is locked with a password
TEXT, NUMBER, DAY = "text", "number", "day"


class Cell(NamedTuple):
    """What stands in a cell, as text; ``kind`` tells a number or a day (ISO) from what was typed as text."""

    text: str
    kind: str = TEXT


Line = dict[int, Cell]


class Sheet(NamedTuple):
    """The lines of a sheet that have something in them, by their number, each cell under its column from 0."""

    name: str
    lines: dict[int, Line]


def read(content: bytes, sheet: str, *, most_lines: int) -> Sheet:
    """The sheet of that name. Raises Refused with a sentence that says what to do."""
    if len(content) > MAX_BYTES:
        raise Refused(_("Berkas lebih besar dari 5 MB. Bagi menjadi beberapa berkas, lalu unggah satu per satu."))
    if content.startswith(OLE):
        raise Refused(_("Berkas ini .xls lama atau terkunci kata sandi. Simpan sebagai .xlsx tanpa kata sandi."))
    if not content.startswith(PACKED):
        raise Refused(_("Berkas ini bukan lembar kerja Excel (.xlsx). Unduh templatnya, isi, lalu unggah lagi."))
    try:
        with zipfile.ZipFile(_Metered(content)) as packed:
            _guard(packed)
        with closing(load_workbook(_Metered(content), read_only=True, keep_links=False)) as book:
            return _sheet(book, sheet, most_lines)
    except Refused:
        raise
    except Exception:  # noqa: BLE001 - whatever the library stumbles over is in the file
        told = _("Berkas rusak atau tidak lengkap. Buka di Excel atau LibreOffice, simpan lagi sebagai .xlsx.")
        raise Refused(told) from None


def _too_much() -> Refused:
    return Refused(_("Berkas ini terlalu rumit. Salin isinya ke templat yang baru diunduh."))


class _Metered(io.BytesIO):
    """A file that cannot be read over and over."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.left = READ_AGAIN * len(content) + 65_536

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        self.left -= len(found)
        if self.left < 0:
            raise _too_much()
        return found


def _guard(packed: zipfile.ZipFile) -> None:
    """What the directory of the file says, which holds while it is read; then every part from end to end."""
    parts = packed.infolist()
    if len(parts) > MAX_PARTS or any(part.compress_type not in PACKINGS for part in parts):
        raise _too_much()
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused(_("Isi berkas ini terlalu besar setelah dibuka. Salin isinya ke templat yang baru diunduh."))
    names = [part.filename.lower() for part in parts]
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise Refused(_("Berkas ini memuat makro. Simpan sebagai .xlsx biasa, tanpa makro."))
    walk = _Walk()
    for part in parts:
        walk.over(packed.read(part))


class _Walk:
    """Steps over the parts of a file, as many steps as a list may need."""

    def __init__(self) -> None:
        self.steps, self.at = 0, 0

    def over(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = _no_doctype

        def step(*_told: object) -> None:
            self.go_to(parser.CurrentByteIndex)

        parser.StartElementHandler = parser.EndElementHandler = parser.DefaultHandler = step
        self.at = 0
        try:
            parser.Parse(content, True)
        except expat.ExpatError as wrong:
            # A picture, which openpyxl does not read; or XML that it will read as far as here.
            self.go_to(parser.ErrorByteIndex if wrong.code in NOT_XML else len(content))
        else:
            self.go_to(len(content))

    def go_to(self, at: int) -> None:
        self.steps += 1
        if at - self.at > MAX_TOKEN or self.steps > MAX_STEPS:
            raise _too_much()
        self.at = at


def _no_doctype(*_declared: object) -> None:
    raise Refused(_("Berkas ini memuat bagian yang tidak dikenal. Salin isinya ke templat yang baru diunduh."))


def _sheet(book: Any, wanted: str, most_lines: int) -> Sheet:
    found = next((name for name in book.sheetnames if name.strip().casefold() == wanted.casefold()), None)
    if found is None:
        shown = ", ".join(f"“{name[:30]}”" for name in book.sheetnames[:5]) or "–"
        told = {"wanted": wanted, "found": shown}
        raise Refused(_("Lembar “%(wanted)s” tidak ada; berkas ini berisi %(found)s. Pakai templatnya.") % told)
    lines: dict[int, Line] = {}
    for row in book[found].iter_rows(max_col=MAX_COLUMNS, max_row=LAST_LINE):
        line = {one.column - 1: cell for one in row if one is not EMPTY_CELL and (cell := _cell(one)) is not None}
        if line and len(lines) > most_lines:
            told = _("Lembar ini lebih dari %s baris. Bagi menjadi beberapa berkas, lalu unggah satu per satu.")
            raise Refused(told % f"{most_lines:,}".replace(",", "."))
        if line:
            lines[next(one.row for one in row if one is not EMPTY_CELL)] = line
    return Sheet(found, lines)


def _cell(one: Any) -> Cell | None:
    """What stands in a cell; nothing where it is blank."""
    if one.data_type == "f":
        raise Refused(_("Sel %s berisi rumus. Salin, tempel sebagai nilai, simpan, lalu unggah lagi.") % one.coordinate)
    text, kind = _read(one.value)
    text = " ".join(text.split())
    if len(text) > MAX_TEXT or not is_clean(text):
        raise Refused(_("Isi sel %s terlalu panjang atau memuat karakter yang rusak.") % one.coordinate)
    return Cell(text, kind) if text else None


def _read(value: Any) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, bool):
        return Cell("Ya" if value else "Tidak")
    if isinstance(value, date):  # a datetime is one
        return Cell((value.date() if isinstance(value, datetime) else value).isoformat(), DAY)
    if isinstance(value, int | float):
        return Cell(str(int(value)) if float(value).is_integer() else repr(value), NUMBER)
    return Cell(str(value))
