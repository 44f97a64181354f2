"""What a spreadsheet that somebody sent may do to us: be read, or end in a sentence, soon and in little room."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from time import monotonic
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from rehsos.doors import Refused
from services import spreadsheets
from services.opening import cells
from services.opening import rows as opening_rows
from services.spreadsheets import DAY, NUMBER, TEXT, Cell
from tests.services import running

SHEET_PART, BOOK_PART, STYLES_PART = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
TOO_LARGE = "Isi berkas ini terlalu besar setelah dibuka. Salin isinya ke templat yang baru diunduh."
TOO_MUCH = "Berkas ini terlalu rumit. Salin isinya ke templat yang baru diunduh."
UNKNOWN = "Berkas ini memuat bagian yang tidak dikenal. Salin isinya ke templat yang baru diunduh."
BROKEN = "Berkas rusak atau tidak lengkap. Buka di Excel atau LibreOffice, simpan lagi sebagai .xlsx."
MACRO = "Berkas ini memuat makro. Simpan sebagai .xlsx biasa, tanpa makro."
LOCKED = "Berkas ini .xls lama atau terkunci kata sandi. Simpan sebagai .xlsx tanpa kata sandi."
STRANGE = "Berkas ini bukan lembar kerja Excel (.xlsx). Unduh templatnya, isi, lalu unggah lagi."
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


# --- What is read ---------------------------------------------------------------------------------------------------
def test_texts_numbers_and_days_are_told_apart():
    day, moment = date(2026, 7, 3), datetime(2026, 7, 3, 15, 30)
    line = ["Sari", 17, 1.5, "0123", day, moment, True, "  dua \n baris "]
    assert read(book(line, formats={4: "d mmm yyyy", 5: "dd/mm/yy hh:mm"})) == {
        1: {
            0: Cell("Sari", TEXT),
            1: Cell("17", NUMBER),
            2: Cell("1.5", NUMBER),
            3: Cell("0123", TEXT),
            4: Cell("2026-07-03", DAY),
            5: Cell("2026-07-03", DAY),
            6: Cell("Ya", TEXT),
            7: Cell("dua baris", TEXT),
        }
    }


@pytest.mark.parametrize("is_1904", [False, True])
def test_days_are_the_same_in_both_date_systems(is_1904):
    content = book([date(2008, 2, 29), date(1960, 1, 1)], options={"date_1904": is_1904}, formats={0: "d/m/yy", 1: "d"})
    assert read(content) == {1: {0: Cell("2008-02-29", DAY), 1: Cell("1960-01-01", DAY)}}


@pytest.mark.filterwarnings("ignore:Cell C1 is marked as a date")
def test_hours_and_impossible_days_are_words_that_a_column_of_days_refuses():
    line = read(book([time(7, 30), timedelta(hours=30), 9e9], formats={0: "h:mm", 1: "[h]:mm", 2: "d/m/yy"}))[1]
    assert [cell.kind for cell in line.values()] == [TEXT] * 3
    for cell in line.values():
        with pytest.raises(cells.Wrong, match="bukan tanggal"):
            cells.day(cell)


def test_blank_lines_are_left_out_and_lines_keep_their_number():
    assert list(read(book(["a"], [], ["  "], ["b"]))) == [1, 4]


def test_columns_beyond_the_eightieth_are_not_read():
    assert list(read(book([f"k{at}" for at in range(120)]))[1]) == list(range(80))


def test_what_other_programs_write_is_read_as_well():
    made, content = openpyxl.Workbook(), io.BytesIO()
    made.active.title = " DATA "
    made.active.append(["Sari", 3, date(2026, 7, 3)])
    made.save(content)
    assert read(content.getvalue()) == {1: {0: Cell("Sari"), 1: Cell("3", NUMBER), 2: Cell("2026-07-03", DAY)}}


def test_cells_without_an_address_stand_one_after_the_other():
    content = changed(book(["a", "b"]), {SHEET_PART: lambda part: re.sub(rb' r="[A-Z0-9]+"', b"", part)})
    assert read(content) == {1: {0: Cell("a"), 1: Cell("b")}}


def test_digits_typed_as_text_stay_and_a_long_number_has_lost_some():
    line = read(book(["3578990101080001", 3578990101080001], options={"strings_to_numbers": False}))[1]
    assert (cells.text(line[0]), line[1].kind) == ("3578990101080001", NUMBER)
    with pytest.raises(cells.Wrong, match="tersimpan sebagai angka, sehingga angka terakhirnya hilang"):
        cells.text(line[1])


def test_a_text_that_looks_like_a_formula_is_a_text():
    assert read(book(["=1+1"], options={"strings_to_formulas": False})) == {1: {0: Cell("=1+1")}}


# --- What is not ----------------------------------------------------------------------------------------------------
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


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (b'<row r="99999999999999"><c r="A99999999999999"><v>1</v></c></row>', None),
        (b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>', None),
        (b'<row r="9"><c r="ZZZZ9"><v>1</v></c></row>', BROKEN),
        (b'<row r="x"><c r="A9"><v>1</v></c></row>', BROKEN),
        (b'<row r="9"><c r="A9" t="s"><v>77</v></c></row>', BROKEN),
        (b'<row r="9"><c r="A9" t="b"><v>ja</v></c></row>', BROKEN),
        (b'<row r="9"><c r="A9"><v>satu</v></c></row>', BROKEN),
        (b'<row r="9"><c r="A9"><v>' + b"9" * 5_000 + b"</v></c></row>", BROKEN),
        (b'<row r="9"><c r="A9"><v>1E999</v></c></row>', None),
        (b'<row r="9"><c r="A9" s="99"><v>1</v></c></row>', None),
        (b'<row r="9"><c r="A9"><v>' + b"<a>" * 20_000 + b"</a>" * 20_000 + b"</v></c></row>", None),
    ],
)
def test_impossible_cells_are_read_as_they_stand_or_end_in_a_sentence(row, words):
    content = changed(book(["a"]), {SHEET_PART: into_sheet(row)})
    if words is None:
        began = monotonic()
        assert read(content)[1] == {0: Cell("a")}
        assert monotonic() - began < SOON
    else:
        assert refusal(content) == words


@pytest.mark.parametrize("text", ["x" * 4_001, "a\ufffdb"])
def test_texts_too_long_or_unclean_are_refused_with_their_cell(text):
    assert refusal(book(["a"], ["b", text])) == "Isi sel B2 terlalu panjang atau memuat karakter yang rusak."


def test_a_list_that_is_too_long_is_to_be_divided():
    told = "Lembar ini lebih dari 3 baris. Bagi menjadi beberapa berkas, lalu unggah satu per satu."
    assert list(read(book(*[["a"]] * 4), most_lines=3)) == [1, 2, 3, 4]  # the headings are one more
    assert refusal(book(*[["a"]] * 5), most_lines=3) == told


def test_a_sheet_of_another_name_is_told_with_those_that_are_there():
    told = "Lembar “Data” tidak ada; berkas ini berisi “Klien”. Pakai templatnya."
    assert refusal(running.book(sheet="Klien")) == told


@pytest.mark.parametrize(
    ("headings", "words"),
    [
        (["Nama lengkap", "Jenis kelamin"], "Judul kolom ini tidak ada di baris pertama: Kategori PPKS, "),
        (None, "Belum ada baris di bawah judul kolom."),
    ],
)
def test_a_list_without_its_headings_or_rows_is_told_what_is_missing(headings, words):
    content = running.book(headings=headings)
    with pytest.raises(Refused) as refused:
        opening_rows.rows(spreadsheets.read(content, "Data", most_lines=2_000), date(2026, 3, 10))
    assert refused.value.reasons[0].startswith(words)
