"""What a report is made of: tables, facts, paragraphs and pictures, for paper and screen. Every cell is text.

A block names its fragment; ``templates/reports/print`` and ``templates/reports/screen`` each have one of that name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from rehsos.formatting import number

NIL = "–"
# Lines of print: what is longer may be broken between pages. A page has some sixty.
WHOLE_TABLE, WHOLE_ROW, WHOLE_FACTS = 36, 20, 18
FACTS_WIDTH = 65  # characters of a value beside its label


class Column(NamedTuple):
    """A column: its head, its width in per cent of the table, and how its cells stand (``c`` centred, ``n`` right)."""

    label: str
    width: int
    css: str = ""


class Cell(NamedTuple):
    """One cell; on screen its text leads to ``url`` where there is one."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Row:
    """A row of cells; ``tone`` is ``j`` for a total, ``g`` for the heading of a group."""

    cells: Sequence[Cell]
    tone: str = ""


@dataclass
class Table:
    """A table. ``groups`` are heads over columns (label, number of columns); an unnamed group needs no head of its own.

    ``head`` is the column that names the row, ``formula`` the small line under the heads.
    """

    columns: Sequence[Column]
    rows: list[Row]
    caption: str = ""
    groups: Sequence[tuple[str, int]] = ()
    formula: Sequence[str] = ()
    note: str = ""
    head: int = 0
    fragment: str = field(default="_table.html", init=False)

    @property
    def is_whole(self) -> bool:
        """Whether it is short enough to stay on one page."""
        return sum(self._lines(row) for row in self.rows) <= WHOLE_TABLE

    def _lines(self, row: Row) -> int:
        """About how many lines a row takes: a column has as many characters to a line as per cent of the width."""
        return max(lines_of(cell.text, column.width) for cell, column in zip(row.cells, self.columns, strict=True))

    @property
    def heads(self) -> list[list[tuple[str, int, int, str]]]:
        """The rows of the head, each of (label, columns spanned, rows spanned, how its cells stand)."""
        if not self.groups:
            return [[(column.label, 1, 1, column.css) for column in self.columns]]
        upper, lower, at = [], [], 0
        for label, span in self.groups:
            covered = self.columns[at : at + span]
            own = [(column.label, 1, 1 if label else 2, column.css) for column in covered]
            upper += [(label, span, 1, covered[0].css)] if label else own
            lower += own if label else []
            at += span
        return [upper, lower]

    @property
    def body(self) -> list[dict[str, Any]]:
        """The rows with each cell's column."""
        return [
            {
                "tone": row.tone,
                "is_whole": self._lines(row) <= WHOLE_ROW,
                "cells": list(zip(row.cells, self.columns, range(len(self.columns)), strict=True)),
            }
            for row in self.rows
        ]


@dataclass
class Facts:
    """Label and value, one under the other; the first one may stand out. ``photo`` is the address of a picture."""

    rows: Sequence[tuple[str, str]]
    is_first_strong: bool = False
    photo: str = ""
    fragment: str = field(default="_facts.html", init=False)

    @property
    def is_whole(self) -> bool:
        return sum(lines_of(value, FACTS_WIDTH) for _label, value in self.rows) <= WHOLE_FACTS


@dataclass
class Words:
    """A paragraph, with a heading of its own where it has one."""

    text: str
    heading: str = ""
    fragment: str = field(default="_words.html", init=False)


@dataclass
class Picture:
    """A drawing: the template of its SVG, what that draws, and the line below it."""

    drawing: str
    chart: dict[str, Any]
    caption: str
    css: str = ""
    fragment: str = field(default="_picture.html", init=False)


Block = Table | Facts | Words | Picture


@dataclass
class Chapter:
    """A lettered part of a report; a wide one lies on landscape pages."""

    title: str
    blocks: list[Block]
    is_wide: bool = False
    letter: str = ""


def lines_of(text: str, characters: int) -> int:
    """About how many lines a text takes where a line has so many characters."""
    return sum(1 + len(part) // characters for part in text.split("\n"))


def row(*texts: str | Cell, tone: str = "") -> Row:
    """A row of texts; an empty one is shown as a dash."""
    return Row([text if isinstance(text, Cell) else Cell(text or NIL) for text in texts], tone)


def count(value: int, url: str = "") -> Cell:
    """A number of things; none is a dash, which leads nowhere."""
    return Cell(number(value), url) if value else Cell(NIL)


def numbered(blocks: Iterable[Block]) -> None:
    """Give tables and pictures that have a caption their running numbers."""
    tables = pictures = 0
    for block in blocks:
        if isinstance(block, Table) and block.caption:
            tables += 1
            block.caption = f"Tabel {tables}. {block.caption}"
        elif isinstance(block, Picture):
            pictures += 1
            block.caption = f"Gambar {pictures}. {block.caption}"
