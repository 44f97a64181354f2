"""A month as it was frozen beside the month as it is counted now: the same tables, cell by cell."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from accounts.models import Institution
from reports.blocks import NIL, Chapter, Table
from reports.months import Month
from services.models import FrozenMonth

Place = tuple[str, str, str]  # table, row, column


class Difference(NamedTuple):
    """A cell that says something else now than when the month was frozen."""

    table: str
    row: str
    column: str
    then: str
    now: str


def last(institution: Institution, month: Month) -> FrozenMonth | None:
    """The newest revision of a month; nothing where it is not frozen."""
    rows = FrozenMonth.objects.filter(institution=institution, year=month.first.year, month=month.first.month)
    return rows.select_related("frozen_by").order_by("revision").last()


def tables(chapters: Sequence[Chapter]) -> list[dict[str, Any]]:
    """Every table of a report as it is printed, as plain lists that can be kept; the summary says nothing else."""
    return [_plain(block) for chapter in chapters for block in chapter.blocks if isinstance(block, Table)]


def _plain(block: Table) -> dict[str, Any]:
    return {
        "table": _unnumbered(block.caption),
        "head": block.head,
        "columns": _columns(block),
        "rows": [[cell.text for cell in row.cells] for row in block.rows],
    }


def _unnumbered(caption: str) -> str:
    """Without the running number: a table more in a later version of the report is no change of this one."""
    start, dot, rest = caption.partition(". ")
    return rest if dot and start.startswith("Tabel ") else caption


def _columns(table: Table) -> list[str]:
    """The head of each column, with that of its group."""
    groups = [label for label, span in table.groups for _column in range(span)]
    groups += [""] * (len(table.columns) - len(groups))
    return [" ".join(filter(None, (group, one.label))) for group, one in zip(groups, table.columns, strict=True)]


def differences(then: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]]) -> list[Difference]:
    """The cells that differ, of the tables and columns that both have; a row that only one has is a dash elsewhere."""
    before, after = dict(_cells(then)), dict(_cells(now))
    shared = {(table, column) for table, _row, column in before} & {(table, column) for table, _row, column in after}
    places = [place for place in before | after if (place[0], place[2]) in shared]
    return [
        Difference(*place, before.get(place, NIL), after.get(place, NIL))
        for place in places
        if before.get(place, NIL) != after.get(place, NIL)
    ]


def _cells(kept: Sequence[dict[str, Any]]) -> Iterator[tuple[Place, str]]:
    """Every cell by its table, row and column. Rows of one name are told apart by their turn."""
    for table in kept:
        turns: Counter[str] = Counter()
        for row in table["rows"]:
            name = row[table["head"]]
            turns[name] += 1
            said = name if turns[name] == 1 else f"{name} ({turns[name]})"
            for at, text in enumerate(row):
                if at > table["head"]:
                    yield (table["table"], said, table["columns"][at]), text
