"""Dates, times and numbers read as Indonesian official writing has them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import timezone

from rehsos import clock, formatting

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
LATE = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)  # already the 25th in Jakarta


@pytest.fixture(autouse=True)
def tuesday_noon():
    with clock.at(NOON):
        yield


def render(source: str, **context) -> str:
    return Template("{% load rehsos %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("tanggal", date(2026, 7, 3), "3 Juli 2026"),
        ("tanggal", LATE, "25 November 2026"),
        ("tanggal_pendek", date(2026, 8, 3), "3 Agu 2026"),
        ("tanggal_hari", date(2026, 11, 24), "Selasa, 24 November 2026"),
        ("hari", date(2026, 11, 24), "Hari ini, 24 November 2026"),
        ("hari", date(2026, 11, 20), "Jumat, 20 November 2026"),
        ("jam", NOON, "12.00 WIB"),
        ("waktu", LATE, "25 November 2026, 01.30 WIB"),
        ("angka", 1234, "1.234"),
        ("angka", 1234.5, "1.234,5"),
        ("angka", Decimal("0.10"), "0,1"),
        ("angka", Decimal("12.345"), "12,35"),
        ("angka", -1204, "−1.204"),
        ("angka", 0, "0"),
        ("jarak", date(2026, 11, 24), "hari ini"),
        ("jarak", date(2026, 11, 25), "besok"),
        ("jarak", date(2026, 11, 27), "3 hari lagi"),
        ("jarak", date(2026, 11, 22), "lewat 2 hari"),
        ("lalu", date(2026, 11, 24), "hari ini"),
        ("lalu", date(2026, 11, 23), "kemarin"),
        ("lalu", date(2026, 11, 5), "19 hari lalu"),
        ("lalu", date(2026, 11, 26), "26 November"),
        ("inisial", "Ratna Kusumawardani", "RK"),
        ("inisial", "Suyanto", "S"),
        ("inisial", "moch. rizky ramadhan", "MR"),
        ("tanggal", None, ""),
        ("angka", None, ""),
        ("waktu", "", ""),
    ],
)
def test_a_filter_writes_as_people_do(name, value, text):
    assert render("{{ value|" + name + " }}", value=value) == text


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        ("Asia/Jakarta", "12.00 WIB"),
        ("Asia/Makassar", "13.00 WITA"),
        ("Asia/Jayapura", "14.00 WIT"),
        ("UTC", "05.00"),
    ],
)
def test_a_time_is_told_in_the_zone_of_the_institution(zone, text):
    with timezone.override(zone):
        assert formatting.time_of_day(NOON) == text


def test_a_day_of_another_year_names_the_year():
    assert [formatting.day_and_month(date(year, 1, 2)) for year in (2026, 2027)] == ["2 Januari", "2 Januari 2027"]


@pytest.mark.parametrize(
    ("day", "html"),
    [
        (date(2026, 11, 20), '<span class="due due-late">lewat 4 hari</span>'),
        (date(2026, 11, 24), '<span class="due due-today">hari ini</span>'),
        (date(2026, 11, 27), '<span class="due">27 November</span>'),
        (None, ""),
    ],
)
def test_a_due_date_is_loud_only_when_late(day, html):
    assert render("{% due day %}", day=day) == html


def test_small_tags():
    assert render('{% icon "house" %}') == (
        '<svg class="ic" aria-hidden="true"><use href="/static/icons.svg#i-house"/></svg>'
    )
    assert render('{% icon "house" "ic-lg" %}').startswith('<svg class="ic ic-lg"')
    assert render('{% code "B.d" %}') == '<span class="code">B.d</span>'
    assert render('{% code_link "B.d" %}') == '<a class="code" href="/katalog/#B.d">B.d</a>'
    assert render('{% stage_tag "planning" %}') == '<span class="stage st-c"><i>C</i>Rencana</span>'
