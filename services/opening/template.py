"""The spreadsheet for running cases: instructions, the sheet to fill, the choices; rows that need another look."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Institution
from services.models import House
from services.opening.columns import COLUMNS, SHEET, Column

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
MOST_LINES = 2_000
FORMULA_STARTS = ("=", "+", "-", "@")


def empty(institution: Institution) -> bytes:
    """The template with the choices of this UPT: its houses and its social workers."""
    return _book(institution, [], with_faults=False)


def returned(institution: Institution, lines: Iterable[tuple[dict[str, str], str]]) -> bytes:
    """The same sheet with rows that were not taken over, each with what to do in a column of its own."""
    return _book(institution, list(lines), with_faults=True)


def _book(institution: Institution, lines: Sequence[tuple[dict[str, str], str]], *, with_faults: bool) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, PLAIN) as book:
        looks = {
            "must": book.add_format({"bold": True, "bg_color": "#f7e7c8", "border": 1, "text_wrap": True}),
            "may": book.add_format({"bold": True, "bg_color": "#f1efe9", "border": 1, "text_wrap": True}),
            "bold": book.add_format({"bold": True}),
            "text": book.add_format({"num_format": "@"}),
            "day": book.add_format({"num_format": "d mmm yyyy"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        data = book.add_worksheet(SHEET)
        _instructions(book.add_worksheet(_("Petunjuk")), looks)
        places = _lists(book.add_worksheet(_("Pilihan")), institution, looks)
        _data(data, places, looks, lines, with_faults)
        data.activate()
    return content.getvalue()


def _data(
    sheet: Any, places: dict[str, str], looks: dict[str, Any], lines: Sequence[tuple[dict[str, str], str]], faults: bool
) -> None:
    for at, column in enumerate(COLUMNS):
        look = looks["day"] if column.is_day else looks["text"] if column.is_text else None
        sheet.set_column(at, at, column.width, look)
        sheet.write_string(0, at, f"{column.heading}{' *' if column.is_required else ''}", looks[_weight(column)])
        if column.hint:
            sheet.write_comment(0, at, str(column.hint))
        if column.key in places:
            # "Bimbingan" may name several, so its list is offered and not enforced.
            style = "information" if column.key in ("planned", "house") else "stop"
            source = {"validate": "list", "source": places[column.key], "error_type": style, "ignore_blank": True}
            sheet.data_validation(1, at, MOST_LINES, at, source)
    if faults:
        sheet.set_column(len(COLUMNS), len(COLUMNS), 60, looks["wrap"])
        sheet.write_string(0, len(COLUMNS), _("Yang perlu diperbaiki"), looks["must"])
    for line, (cells, told) in enumerate(lines, 1):
        for at, column in enumerate(COLUMNS):
            if cells.get(column.key):
                sheet.write_string(line, at, _inert(cells[column.key]), looks["text"])
        sheet.write_string(line, len(COLUMNS), _inert(told), looks["wrap"])
    sheet.freeze_panes(1, 2)


def _weight(column: Column) -> str:
    return "must" if column.is_required else "may"


def _inert(text: str) -> str:
    """A text that stays a text, also once it has gone through a CSV file."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _instructions(sheet: Any, looks: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 28, looks["wrap"])
    sheet.set_column(1, 1, 90, looks["wrap"])
    lines = [
        (
            _("Cara mengisi"),
            _(
                "Isi lembar Data, satu baris untuk tiap klien yang sekarang dilayani. Judul kolom jangan "
                "diubah; kolom berwarna kuning dan bertanda * wajib diisi."
            ),
        ),
        ("", _("Tanggal: 3 Juli 2026, 3/7/2026, atau tanggal Excel biasa. Jangan memakai rumus atau makro.")),
        (
            "",
            _(
                "Paling banyak 2.000 baris tiap berkas. Berkas yang sama boleh diunggah lagi: yang sudah ada tidak "
                "ditambahkan dua kali."
            ),
        ),
        (
            "",
            _(
                "Tahap sekarang beserta tanggal mulainya wajib. Tahap yang sudah lewat berlangsung “sebelum sistem”: "
                "berkasnya tidak diminta lagi, pindaiannya dapat dilampirkan kemudian."
            ),
        ),
        (
            "",
            _(
                "Sebelum diimpor semua baris diperiksa dan ditampilkan; baris yang keliru dapat diunduh dengan "
                "alasannya, diperbaiki, lalu diunggah lagi."
            ),
        ),
        ("", ""),
        *(
            (f"{column.heading}{' *' if column.is_required else ''}", str(column.hint) or _choices_hint(column))
            for column in COLUMNS
        ),
    ]
    for at, (heading, words) in enumerate(lines):
        sheet.write_string(at, 0, str(heading), looks["bold"])
        sheet.write_string(at, 1, str(words))


def _choices_hint(column: Column) -> str:
    return _("Pilih dari daftar di lembar Pilihan") if column.choices else ""


def _lists(sheet: Any, institution: Institution, looks: dict[str, Any]) -> dict[str, str]:
    """Every list of choices in a column of its own; the cells that hold it, for the cells that offer it."""
    offered = {c.key: [str(words) for words in c.choices().values()] for c in COLUMNS if c.choices}
    offered["worker"] = _workers(institution)
    offered["house"] = list(
        House.objects.filter(institution=institution, retired_on__isnull=True).values_list("name", flat=True)
    )
    places = {}
    for at, column in enumerate(column for column in COLUMNS if offered.get(column.key)):
        words = offered[column.key]
        sheet.set_column(at, at, 28)
        sheet.write_string(0, at, str(column.heading), looks["bold"])
        for line, text in enumerate(words, 1):
            sheet.write_string(line, at, text)
        letter = xlsxwriter.utility.xl_col_to_name(at)
        places[column.key] = f"='{sheet.get_name()}'!${letter}$2:${letter}${len(words) + 1}"
    return places


def _workers(institution: Institution) -> list[str]:
    today = institution.today()
    rows = institution.memberships.filter(role=Role.SOCIAL_WORKER, user__is_active=True).select_related("user")
    return sorted(row.user.username for row in rows if row.holds_on(today))
