"""What a spreadsheet that somebody sent may do to us: end in a sentence, soon and in little room."""

import io
import re
import zipfile
from datetime import date

import pytest

from rehsos.doors import Refused
from services import spreadsheets
from tests.services.workbooks import (
    BOOK_PART,
    BROKEN,
    SHEET_PART,
    STYLES_PART,
    book,
    changed,
    into_sheet,
    read,
    refusal,
)

TOO_LARGE = "Isi berkas ini terlalu besar setelah dibuka. Salin isinya ke templat yang baru diunduh."
TOO_MUCH = "Berkas ini terlalu rumit. Salin isinya ke templat yang baru diunduh."
UNKNOWN = "Berkas ini memuat bagian yang tidak dikenal. Salin isinya ke templat yang baru diunduh."
MACRO = "Berkas ini memuat makro. Simpan sebagai .xlsx biasa, tanpa makro."
LOCKED = "Berkas ini .xls lama atau terkunci kata sandi. Simpan sebagai .xlsx tanpa kata sandi."
STRANGE = "Berkas ini bukan lembar kerja Excel (.xlsx). Unduh templatnya, isi, lalu unggah lagi."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", STRANGE),
        (b"nama;umur\nSari;17\n", STRANGE),
        (spreadsheets.OLE + b"\xa1\xb1\x1a\xe1" + bytes(512), LOCKED),
        (spreadsheets.PACKED + bytes(100), BROKEN),
        (
            bytes(spreadsheets.MAX_BYTES + 1),
            "Berkas lebih besar dari 5 MB. Bagi menjadi beberapa berkas, lalu unggah satu per satu.",
        ),
    ],
    ids=["empty", "csv", "xls or locked", "not a zip", "too large"],
)
def test_what_is_no_spreadsheet_is_told(content, words):
    assert refusal(content) == words


def test_a_file_cut_off_anywhere_is_broken():
    content = book(["Sari", 17])
    for share in range(1, 10):
        assert refusal(content[: len(content) * share // 10]) == BROKEN


def test_flipped_bytes_are_read_or_end_in_a_sentence():
    content = book(["Sari", 17, date(2026, 7, 3)], formats={2: "d/m/yy"})
    for at in range(0, len(content), 23):
        try:
            read(content[:at] + bytes([content[at] ^ 0x55]) + content[at + 1 :])
        except Refused as refused:
            assert refused.reasons


@pytest.mark.parametrize(
    "formula", [b"<f>1+1</f>", b'<f t="shared" ref="A9:A10" si="0">1+1</f>', b'<f t="array" ref="A9">1</f>', b"<f/>"]
)
def test_formulas_are_refused_with_their_cell(formula):
    row = b'<row r="9"><c r="A9">' + formula + b"<v>2</v></c></row>"
    told = "Sel A9 berisi rumus. Salin, tempel sebagai nilai, simpan, lalu unggah lagi."
    assert refusal(changed(book(["a"]), {SHEET_PART: into_sheet(row)})) == told


@pytest.mark.parametrize("part", ["xl/vbaProject.bin", "xl/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_are_refused(part):
    assert refusal(changed(book(["a"]), {part: b"\x00"})) == MACRO


@pytest.mark.parametrize(
    "name", [SHEET_PART, BOOK_PART, STYLES_PART, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize(
    "declared",
    [
        b"<!DOCTYPE a>",
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:1/a.dtd">',
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_a_document_type_ends_the_reading(name, declared):
    def with_type(part: bytes) -> bytes:
        return re.sub(rb"^(<\?xml[^>]*\?>)?", lambda found: found[0] + declared, part, count=1)

    assert refusal(changed(book(["a"]), {name: with_type})) == UNKNOWN


def test_a_document_type_in_another_encoding_ends_the_reading():
    def in_utf16(part: bytes) -> bytes:
        body = part.decode().partition("?>")[2]
        return f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "b">]>{body}'.encode("utf-16")

    assert refusal(changed(book(["a"]), {SHEET_PART: in_utf16})) == UNKNOWN


def test_a_bomb_is_refused_before_it_is_unpacked():
    assert refusal(changed(book(["a"]), {SHEET_PART: bytes(spreadsheets.MAX_UNPACKED + 1)})) == TOO_LARGE


def test_a_bomb_that_lies_about_its_size_is_broken():
    content = changed(book(["a"]), {SHEET_PART: bytes(8_000_000)})
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        size = packed.getinfo(SHEET_PART).file_size.to_bytes(4, "little")
    assert refusal(content.replace(size, (100).to_bytes(4, "little"))) == BROKEN


def test_packings_that_unpack_without_a_limit_are_refused():
    assert refusal(changed(book(["a"]), {}, packing=zipfile.ZIP_BZIP2)) == TOO_MUCH


def test_hundreds_of_parts_are_refused():
    assert refusal(changed(book(["a"]), {f"xl/media/{number}.png": b"x" for number in range(200)})) == TOO_MUCH


@pytest.mark.parametrize(
    "xml",
    [
        b"<!--" + b" " * 24_000_000 + b"-->",
        b"<!--" + b" " * 24_000_000,
        b"<row" + b" " * 24_000_000 + b"/>",
        b'<row a="' + b" " * 24_000_000,
        b"<row r='9'>" + b"<c/>" * 1_000_000 + b"</row>",
        b"<row/>" * 1_000_000,
    ],
    ids=["comment", "open comment", "long tag", "open tag", "cells", "rows"],
)
def test_a_part_that_takes_long_to_walk_over_is_refused_soon(xml):
    assert refusal(changed(book(["a"]), {SHEET_PART: into_sheet(xml)})) == TOO_MUCH


def test_thousands_of_sheets_in_one_part_are_not_read_one_by_one():
    sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n) for n in range(2, 20_000))
    content = changed(
        book(["a"]),
        {
            BOOK_PART: lambda part: part.replace(b"</sheets>", sheets + b"</sheets>"),
            SHEET_PART: lambda part: part.replace(b"<dimension", b"<nothing"),
        },
    )
    assert refusal(content) == TOO_MUCH
