"""Lists of running cases for tests: the cells of a row as people type them, and the spreadsheet around them."""

import io
from datetime import date, timedelta
from typing import Any

import xlsxwriter

from cases.enums import Stage
from services import spreadsheets
from services.opening import rows as opening_rows
from services.opening.columns import BY_KEY, STAGE_DAYS

# The days on which each stage began, before the moment at which walked cases are kept (10 March 2026).
BEGAN = {stage: date(2025, 6, 2) + timedelta(days=30 * stage.position) for stage in Stage}


def cells(stage: Stage, worker: str, number: int = 1, /, **changes: Any) -> dict[str, Any]:
    """A good row for a client in a stage."""
    row: dict[str, Any] = {
        "old_number": f"{number:03d}/2025",
        "name": f"{NAMES[number % len(NAMES)]} {WORDS[number // len(NAMES) % len(WORDS)]}",
        "sex": "L",
        "birth_on": date(2008, 1, 1) + timedelta(days=number),
        "category": "Korban Penyalahgunaan NAPZA",
        "first_contact_on": BEGAN[Stage.INTAKE],
        "way_in": "Dinas sosial kabupaten/kota",
        "stage": stage.letter,
        "worker": worker,
    }
    row |= {STAGE_DAYS[s]: BEGAN[s] for s in Stage if s.position <= stage.position}
    if stage != Stage.INTAKE:
        row |= {"placed_on": date(2025, 6, 20), "house": "Wisma Melati", "room": "3"}
    if stage == Stage.INTERVENTION:
        row["planned"] = "Bimbingan keterampilan; Bimbingan sosial"
    if stage == Stage.AFTERCARE:
        row["left_on"] = BEGAN[Stage.AFTERCARE]
    return {key: value for key, value in (row | changes).items() if value is not None}


NAMES = "Dimas Bagus Rizal Yusuf Wahyu Sari Putri Ratna Agus Slamet".split()
WORDS = "Prasetyo Wicaksono Maulana Hidayat Setiawan Lestari Utami Saputra Santoso Wibowo".split()


def book(*lines: dict[str, Any], sheet: str = "Data", headings: list[str] | None = None) -> bytes:
    """The spreadsheet with these rows below the headings of the template."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as made:
        data = made.add_worksheet(sheet)
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for at, heading in enumerate(headings or [str(column.heading) for column in BY_KEY.values()]):
            data.write_string(0, at, heading)
        for line, row in enumerate(lines, 1):
            for key, value in row.items():
                at = list(BY_KEY).index(key)
                if isinstance(value, date):
                    data.write_datetime(line, at, value, day)
                elif isinstance(value, int):
                    data.write_number(line, at, value)
                else:
                    data.write_string(line, at, value)
    return content.getvalue()


def rows(today: date, *lines: dict[str, Any]) -> list[opening_rows.Row]:
    """The rows as they are read from such a spreadsheet."""
    return opening_rows.rows(spreadsheets.read(book(*lines), "Data", most_lines=2_000), today)
