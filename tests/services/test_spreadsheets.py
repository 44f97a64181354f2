"""What a spreadsheet that somebody sent says: its cells as they stand, and the lists that are refused in words."""

import io
import re
from datetime import date, datetime, time, timedelta
from time import monotonic

import openpyxl
import pytest

from rehsos.doors import Refused
from services import spreadsheets
from services.opening import cells
from services.opening import rows as opening_rows
from services.spreadsheets import DAY, NUMBER, TEXT, Cell
from tests.services import running
from tests.services.workbooks import BROKEN, SHEET_PART, SOON, book, changed, into_sheet, read, refusal


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
