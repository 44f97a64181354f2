"""What one cell means: a day, a choice, a number; or a sentence on what to put there instead."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from cases.names import fold
from rehsos.formatting import MONTHS
from services.spreadsheets import DAY, NUMBER, Cell

SHOWN_CHOICES = 6
NUMERIC_DAY = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
SPELLED_DAY = re.compile(r"(\d{1,2})\s+([A-Za-z]+)\.?\s+(\d{4})")
MONTH_NAMES = {name[:3].casefold(): at for at, name in enumerate(MONTHS, 1)} | {"agt": 8, "okt": 10, "des": 12}
EXACT_DIGITS = 15  # of a number that a spreadsheet keeps


class Wrong(Exception):
    """What does not fit in a cell, and what to do, in words."""


def text(cell: Cell) -> str:
    """The words as they stand; digits that were stored as a number may have lost some."""
    if cell.kind == NUMBER and len(cell.text.lstrip("-")) > EXACT_DIGITS:
        raise Wrong(_("tersimpan sebagai angka, sehingga angka terakhirnya hilang; jadikan teks, lalu ketik ulang"))
    return cell.text


def day(cell: Cell) -> date:
    """A date of the spreadsheet, or one that was typed: 3 Juli 2026, 3/7/2026, 2026-07-03."""
    try:
        return date(*_year_month_day(cell))
    except ValueError:
        raise Wrong(_("“%s” bukan tanggal; tulis seperti 3 Juli 2026 atau 3/7/2026") % cell.text[:30]) from None


def _year_month_day(cell: Cell) -> tuple[int, int, int]:
    if found := ISO_DAY.fullmatch(cell.text[:10]):
        return int(found[1]), int(found[2]), int(found[3])
    if cell.kind != DAY and (found := NUMERIC_DAY.fullmatch(cell.text)):
        return int(found[3]), int(found[2]), int(found[1])
    if found := SPELLED_DAY.fullmatch(cell.text):
        return int(found[3]), MONTH_NAMES.get(found[2][:3].casefold(), 0), int(found[1])
    raise ValueError(cell.text)


def number(cell: Cell) -> int:
    if not re.fullmatch(r"\d{1,4}", cell.text):
        raise Wrong(_("“%s” bukan angka bulat") % cell.text[:30])
    return int(cell.text)


def choice(cell: Cell, choices: Mapping[str, Any]) -> str:
    """The code of what was chosen, by its words, its code, its first letter where that tells, or its old code."""
    found = _known(tuple((code, str(words)) for code, words in choices.items())).get(fold(cell.text))
    if found is None:
        some = ", ".join(str(words) for words in list(choices.values())[:SHOWN_CHOICES])
        more = ", …" if len(choices) > SHOWN_CHOICES else ""
        told = {"text": cell.text[:40], "some": some + more}
        raise Wrong(_("“%(text)s” tidak ada dalam pilihan (%(some)s); lihat lembar Pilihan") % told)
    return found


@lru_cache(maxsize=64)
def _known(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Everything by which one of the choices is known; worked out once, for a list has thousands of cells."""
    known = {fold(words): code for code, words in choices} | {fold(code): code for code, _words in choices}
    known |= {name.removeprefix("bimbingan "): code for name, code in known.items()}
    letters = [words[:1].casefold() for _code, words in choices]
    if len(set(letters)) == len(letters):
        known |= {letter: code for letter, (code, _words) in zip(letters, choices, strict=True)}
    return known


def choices(cell: Cell, offered: Mapping[str, Any]) -> list[str]:
    """Several of them, each once, in their own order."""
    chosen = {choice(Cell(part.strip()), offered) for part in re.split(r"[;,\n]", cell.text) if part.strip()}
    return [code for code in offered if code in chosen]
