"""The small parts of papers: dates in a line, heads of tables, drawings, and where a long table may break."""

from datetime import date

import pytest

from reports import pictures
from reports.blocks import Cell, Column, Picture, Table, count, numbered, row
from reports.dates import enumerated, listed, period
from reports.paper import rank
from tests import factories


def days(*texts: str) -> list[date]:
    return [date.fromisoformat(text) for text in texts]


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ([], ""),
        (["2026-05-07"], "7 Mei 2026"),
        (["2026-05-08", "2026-05-07", "2026-05-07"], "7 dan 8 Mei 2026"),
        (["2026-05-07", "2026-05-08", "2026-05-11"], "7, 8, dan 11 Mei 2026"),
        (["2026-05-30", "2026-06-02", "2026-06-05"], "30 Mei; 2 dan 5 Juni 2026"),
        (["2025-12-30", "2026-01-02"], "30 Desember 2025; 2 Januari 2026"),
        ([f"2026-05-{day:02d}" for day in range(1, 10)], "1 s.d. 9 Mei 2026"),
    ],
)
def test_days_are_listed_as_papers_list_them(given, line):
    assert listed(days(*given)) == line


def test_a_period_names_month_and_year_once():
    first, same_month, same_year, later = days("2026-05-04", "2026-05-29", "2026-06-02", "2027-01-02")
    assert [period(first, last) for last in (first, same_month, same_year, later)] == [
        "4 Mei 2026",
        "4 s.d. 29 Mei 2026",
        "4 Mei s.d. 2 Juni 2026",
        "4 Mei 2026 s.d. 2 Januari 2027",
    ]
    assert enumerated(["a", "b", "c"]) == "a, b, dan c"


def test_a_table_with_groups_has_two_rows_of_heads():
    table = Table(
        [Column("No.", 10, "c"), Column("L", 45, "n"), Column("P", 45, "n")], [], groups=(("", 1), ("Awal", 2))
    )
    assert table.heads == [
        [("No.", 1, 2, "c"), ("Awal", 2, 1, "n")],
        [("L", 1, 1, "n"), ("P", 1, 1, "n")],
    ]


def test_nothing_is_a_dash_that_leads_nowhere():
    assert row("", "x").cells == [Cell("–"), Cell("x")]
    assert [count(0, "/kasus/"), count(1234, "/kasus/")] == [Cell("–"), Cell("1.234", "/kasus/")]


def test_tables_and_pictures_are_numbered_apart():
    tables = [Table([], [], "satu"), Table([], []), Table([], [], "dua")]
    picture = Picture("x.html", {}, "gambar")
    numbered([tables[0], picture, *tables[1:]])
    assert [table.caption for table in tables] == ["Tabel 1. satu", "", "Tabel 2. dua"]
    assert picture.caption == "Gambar 1. gambar"


def test_only_a_short_table_stays_whole_and_only_a_long_row_may_break():
    columns = [Column("a", 50), Column("b", 50)]
    short, long = row("x", "y"), row("x", "kata " * 400)
    assert Table(columns, [short] * 36).is_whole
    assert not Table(columns, [short] * 37).is_whole
    assert not Table(columns, [long]).is_whole
    assert [line["is_whole"] for line in Table(columns, [short, long]).body] == [True, False]


def test_a_profile_with_a_missing_score_draws_no_shape_and_says_so():
    chart = pictures.profile([("A", 1, 2), ("B", None, 3), ("C", 4, 5), ("D", 2, 2)])
    assert chart["title"] == "Diagram empat aspek, skala 1–5: A 1 → 2, B 3, C 4 → 5, D 2 → 2"
    assert (chart["then"], chart["now"]) == ("", "52,19.2 65.2,28 52,50 43.2,28")


def test_bars_carry_their_numbers_and_survive_a_month_of_nothing():
    assert pictures.bars([("A", 0), ("B", 0)])["rows"][0][3:] == ("0", "52", "0")
    assert pictures.bars([("A", 5), ("B", 10)])["rows"][0][3:] == ("47.5", "99.5", "5")
    chart = pictures.pairs_of_bars([("Jan", 4, 2)], ("Masuk", "Keluar"))
    assert chart["title"] == "Masuk, Keluar: Jan masuk 4, keluar 2"
    assert [bar[2] for bar in chart["bars"]] == ["36", "18"]


@pytest.mark.django_db
def test_a_contract_employee_has_a_golongan_and_no_pangkat():
    person = factories.user("kontrak", rank_group="IX")
    assert rank(person) == "Golongan IX"
    assert rank(factories.user("tanpa")) == ""
