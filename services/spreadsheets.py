"""Reads the cells of an XLSX that somebody sent: never more than fits, nothing that runs, nothing fetched.

The file is a ZIP of XML. Sizes are those met while unpacking, not those the file claims; a document type (and with it
every entity) ends the reading. Formulas are refused and not calculated, so what is read is what stood in the sheet.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple
from xml.parsers import expat

from django.utils.translation import gettext as _

from rehsos.doors import Refused
from rehsos.inputgate import is_clean

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 48 * 1024 * 1024  # all parts together
MAX_PARTS = 200
MAX_COLUMNS = 80
MAX_TEXT = 4_000
PACKED = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"  # .xls, and what is locked with a password
DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
LATEST_DAY = 2_958_465  # 31 December 9999
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
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
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return _Book(packed).sheet(sheet, most_lines)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, OSError):
        raise _broken() from None
    except (expat.ExpatError, ValueError, UnicodeError, IndexError):
        raise _broken() from None


def _broken() -> Refused:
    return Refused(_("Berkas rusak atau tidak lengkap. Buka di Excel atau LibreOffice, simpan lagi sebagai .xlsx."))


class _Book:
    """One open workbook, and how much of it has been unpacked."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self.packed, self.room = packed, MAX_UNPACKED
        names = packed.namelist()
        if len(names) > MAX_PARTS:
            raise Refused(_("Berkas ini terlalu rumit. Salin isinya ke templat yang baru diunduh."))
        if any(name.lower().endswith(("vbaproject.bin", ".bin.rels")) or "/macrosheets/" in name for name in names):
            raise Refused(_("Berkas ini memuat makro. Simpan sebagai .xlsx biasa, tanpa makro."))

    def part(self, name: str) -> bytes:
        """The bytes of a part; what unpacks to too much is a bomb or a mistake."""
        with self.packed.open(name) as file:
            content = file.read(self.room + 1)
        self.room -= len(content)
        if self.room < 0:
            raise Refused(_("Isi berkas ini terlalu besar setelah dibuka. Salin isinya ke templat yang baru diunduh."))
        return content

    def has(self, name: str) -> bool:
        return name in self.packed.namelist()

    def sheet(self, wanted: str, most_lines: int) -> Sheet:
        sheets, is_1904 = self._sheets()
        found = next((name for name in sheets if name.strip().casefold() == wanted.casefold()), None)
        if found is None:
            shown = ", ".join(f"“{name[:30]}”" for name in list(sheets)[:5]) or "–"
            told = {"wanted": wanted, "found": shown}
            raise Refused(_("Lembar “%(wanted)s” tidak ada; berkas ini berisi %(found)s. Pakai templatnya.") % told)
        texts = self._texts() if self.has("xl/sharedStrings.xml") else []
        days = self._day_styles() if self.has("xl/styles.xml") else set()
        reader = _SheetReader(texts, days, EPOCH_1904 if is_1904 else EPOCH, most_lines)
        _parse(self.part(sheets[found]), reader.start, reader.end, reader.data)
        return Sheet(found, {number: line for number, line in sorted(reader.lines.items()) if line})

    def _sheets(self) -> tuple[dict[str, str], bool]:
        """Every worksheet by its name, with the part that holds it; and whether days count from 1904."""
        ids: dict[str, str] = {}
        targets: dict[str, str] = {}
        flags: list[str] = []

        def of_book(name: str, attrs: dict[str, str]) -> None:
            if name == "sheet":
                ids[attrs.get("name", "")] = next((v for k, v in attrs.items() if k.endswith(" id")), "")
            elif name == "workbookPr":
                flags.append(attrs.get("date1904", ""))

        def of_links(name: str, attrs: dict[str, str]) -> None:
            if name == "Relationship" and attrs.get("TargetMode") != "External":
                targets[attrs.get("Id", "")] = attrs.get("Target", "")

        _parse(self.part("xl/workbook.xml"), of_book)
        _parse(self.part("xl/_rels/workbook.xml.rels"), of_links)
        parts = {name: _path(targets[key]) for name, key in ids.items() if key in targets}
        return parts, any(flag in ("1", "true") for flag in flags)

    def _texts(self) -> list[str]:
        reader = _TextReader()
        _parse(self.part("xl/sharedStrings.xml"), reader.start, reader.end, reader.data)
        return reader.texts

    def _day_styles(self) -> set[int]:
        """The numbers of the cell styles that show days."""
        formats, styles, inside = set(DATE_FORMATS), [], [False]

        def start(name: str, attrs: dict[str, str]) -> None:
            if name == "numFmt" and re.search("[dy]", LITERAL.sub("", attrs.get("formatCode", "")).lower()):
                formats.add(int(attrs.get("numFmtId", "-1")))
            elif name == "cellXfs":
                inside[0] = True
            elif name == "xf" and inside[0]:
                styles.append(int(attrs.get("numFmtId", "0")))

        def end(name: str) -> None:
            if name == "cellXfs":
                inside[0] = False

        _parse(self.part("xl/styles.xml"), start, end)
        return {number for number, fmt in enumerate(styles) if fmt in formats}


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _parse(
    content: bytes,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """Tell every element by its own name, whatever prefix a program gave it."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = lambda name, attrs: start(name.rpartition(" ")[2], attrs)
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(" ")[2])
    if data:
        parser.CharacterDataHandler = data
    parser.Parse(content, True)


def _no_doctype(*_declared: object) -> None:
    raise Refused(_("Berkas ini memuat bagian yang tidak dikenal. Salin isinya ke templat yang baru diunduh."))


class _TextReader:
    """The table of texts that cells point into; what is read aloud beside East Asian letters is left out."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._is_text, self._aside = False, 0

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if name == "si":
            self._parts = []
        self._aside += name == "rPh"
        self._is_text = name == "t" and not self._aside

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append("".join(self._parts)[: MAX_TEXT + 1])
        self._aside -= name == "rPh"
        self._is_text = False

    def data(self, text: str) -> None:
        if self._is_text:
            self._parts.append(text)


class _SheetReader:
    """The cells of one sheet."""

    def __init__(self, texts: list[str], days: set[int], epoch: date, most_lines: int) -> None:
        self.lines: dict[int, Line] = {}
        self._texts, self._days, self._epoch, self._most = texts, days, epoch, most_lines
        self._at, self._kind, self._style = "", "", ""
        self._parts: list[str] = []
        self._is_value = False

    def start(self, name: str, attrs: dict[str, str]) -> None:
        if name == "c":
            self._at, self._kind, self._style = attrs.get("r", ""), attrs.get("t", "n"), attrs.get("s", "0")
            self._parts = []
        elif name == "f":
            raise Refused(_("Sel %s berisi rumus. Salin, tempel sebagai nilai, simpan, lalu unggah lagi.") % self._at)
        self._is_value = name in ("v", "t")

    def data(self, text: str) -> None:
        if self._is_value:
            self._parts.append(text)

    def end(self, name: str) -> None:
        self._is_value = False
        if name == "c" and (raw := "".join(self._parts)):
            self._keep(self._cell(raw))

    def _keep(self, cell: Cell) -> None:
        text = " ".join(cell.text.split())
        if not text:
            return
        place = CELL.fullmatch(self._at)
        if place is None:
            raise _broken()
        if len(text) > MAX_TEXT or not is_clean(text):
            raise Refused(_("Isi sel %s terlalu panjang atau memuat karakter yang rusak.") % self._at)
        column, line = _column(place[1]), int(place[2])
        if column >= MAX_COLUMNS:
            return
        if line not in self.lines and len(self.lines) > self._most:
            told = _("Lembar ini lebih dari %s baris. Bagi menjadi beberapa berkas, lalu unggah satu per satu.")
            raise Refused(told % f"{self._most:,}".replace(",", "."))
        self.lines.setdefault(line, {})[column] = Cell(text, cell.kind)

    def _cell(self, raw: str) -> Cell:
        if self._kind == "s":
            return Cell(self._texts[int(raw)])
        if self._kind in ("str", "inlineStr", "e"):
            return Cell(raw)
        if self._kind == "b":
            return Cell("Ya" if raw == "1" else "Tidak")
        if self._kind == "d":
            return Cell(raw[:10], DAY)
        number = float(raw)
        if int(self._style) in self._days and 0 < number <= LATEST_DAY:
            return Cell((self._epoch + timedelta(days=int(number))).isoformat(), DAY)
        return Cell(str(int(number)) if number.is_integer() else repr(number), NUMBER)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
