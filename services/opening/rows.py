"""One row of the list as a person with a running case; what is wrong with it by itself is told in words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases import nik as identity
from cases.enums import Bimbingan, Stage, WayIn
from rehsos import clock
from rehsos.doors import Refused
from services.opening import cells
from services.opening.columns import BY_KEY, COLUMNS, SHEET, STAGE_DAYS, Column
from services.spreadsheets import Cell, Line, Sheet

EARLIEST = date(1900, 1, 1)
MOST_ROUNDS, OLDEST = 20, 120


@dataclass
class Row:
    """What stands in one line: the values that could be read, and a sentence for each that could not."""

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[tuple[str, str]] = field(default_factory=list)

    def fault(self, key: str, words: str) -> None:
        """Each column is complained about once: what follows from a first fault helps nobody."""
        heading = str(BY_KEY[key].heading)
        if not self.has_fault(key):
            self.faults.append((heading, words))

    def has_fault(self, key: str) -> bool:
        return any(heading == str(BY_KEY[key].heading) for heading, _words in self.faults)

    @property
    def stage(self) -> Stage | None:
        return Stage(self.values["stage"]) if "stage" in self.values else None

    def get(self, key: str) -> Any:
        return self.values.get(key)

    def since(self, stage: Stage) -> date | None:
        return self.values.get(STAGE_DAYS[stage])


def rows(sheet: Sheet, today: date) -> list[Row]:
    """Every line below the headings. Raises Refused where the headings are not those of the template."""
    places = expect_columns(sheet)
    _headings, *others = sheet.lines
    return [_row(number, sheet.lines[number], places, today) for number in others]


def expect_columns(sheet: Sheet) -> dict[str, int]:
    """Where each column stands in a list that has any line at all. Raises Refused where it is no such list."""
    if not sheet.lines:
        raise Refused(_("Lembar “%s” masih kosong. Isi satu baris untuk tiap klien, lalu unggah lagi.") % SHEET)
    first, *others = sheet.lines
    places = _places(sheet.lines[first])
    if not others:
        raise Refused(_("Belum ada baris di bawah judul kolom. Isi satu baris untuk tiap klien, lalu unggah lagi."))
    return places


def _places(headings: Line) -> dict[str, int]:
    """Where each column stands, whatever the order; a column that people added is left out."""
    found = {_plain(cell.text): at for at, cell in headings.items()}
    places = {column.key: found[name] for column in COLUMNS if (name := _plain(str(column.heading))) in found}
    missing = [str(column.heading) for column in COLUMNS if column.is_required and column.key not in places]
    if missing:
        told = _("Judul kolom ini tidak ada di baris pertama: %s. Salin isinya ke templat yang baru diunduh.")
        raise Refused(told % ", ".join(missing))
    return places


def _plain(heading: str) -> str:
    return heading.replace("*", "").strip().casefold()


def _row(number: int, line: Line, places: Mapping[str, int], today: date) -> Row:
    present = {key: line[at] for key, at in places.items() if at in line}
    row = Row(number, {key: cell.text for key, cell in present.items()})
    for column in COLUMNS:
        if column.key in present:
            _read(row, column, present[column.key])
        elif column.is_required:
            row.fault(column.key, _("wajib diisi"))
    for rule in RULES:
        rule(row, today)
    return row


def _read(row: Row, column: Column, cell: Cell) -> None:
    try:
        row.values[column.key] = _value(column, cell)
    except cells.Wrong as wrong:
        row.fault(column.key, str(wrong))


def _value(column: Column, cell: Cell) -> Any:
    if column.is_day:
        return cells.day(cell)
    if column.key in ("estimated_age", "round"):
        return cells.number(cell)
    if column.key == "planned":
        return cells.choices(cell, dict(Bimbingan.choices))
    if column.key == "stage" and len(cell.text) == 1 and cell.text.upper() in "ABCDEF":
        return list(Stage)["ABCDEF".index(cell.text.upper())].value
    if column.choices:
        return cells.choice(cell, column.choices())
    return cells.text(cell)


# --- What a row must be by itself -----------------------------------------------------------------------------------
def _person(row: Row, today: date) -> None:
    born, age = row.get("birth_on"), row.get("estimated_age")
    if born and not EARLIEST <= born <= today:
        row.fault("birth_on", _("di masa depan, atau sebelum 1900"))
    if born is None and age is None and not row.has_fault("birth_on") and not row.has_fault("estimated_age"):
        row.fault("birth_on", _("isi tanggal lahir, atau perkiraan umur bila tidak diketahui"))
    if age is not None and age > OLDEST:
        row.fault("estimated_age", _("lebih dari 120 tahun"))
    if "nik" in row.values:
        try:
            row.values["nik"] = identity.clean(row.values["nik"])
        except ValidationError as wrong:
            row.fault("nik", " ".join(wrong.messages).rstrip("."))


def _past(row: Row, today: date) -> None:
    """Everything in the list has happened; only an order may end later."""
    for column in COLUMNS:
        value = row.get(column.key)
        if column.is_day and column.key not in ("order_until_on", "birth_on") and value:
            if value > today:
                row.fault(column.key, _("di masa depan"))
            elif value < EARLIEST:
                row.fault(column.key, _("sebelum 1900; periksa tahunnya"))


def _order(row: Row, _today: date) -> None:
    keys = ("order_number", "order_by", "order_on", "order_until_on")
    if row.get("way_in") not in WayIn.by_order():
        return
    for key in keys:
        if not row.get(key):
            row.fault(key, _("wajib diisi untuk jalur masuk ini"))
    begins, ends = row.get("order_on"), row.get("order_until_on")
    if begins and ends and ends < begins:
        row.fault("order_until_on", _("mendahului tanggal penetapannya"))


def _stages(row: Row, _today: date) -> None:
    """The days of the stages: that of the present one is known, none lies ahead, each follows the one before."""
    if row.stage is None:
        return
    if row.stage == Stage.INTAKE and row.get("first_contact_on"):
        row.values.setdefault(STAGE_DAYS[Stage.INTAKE], row.get("first_contact_on"))
    if row.since(row.stage) is None:
        row.fault(STAGE_DAYS[row.stage], _("wajib diisi, karena ini tahap sekarang"))
    last, name = row.get("first_contact_on"), _("kontak pertama")
    for stage in Stage:
        day = row.since(stage)
        if day and stage.position > row.stage.position:
            row.fault(STAGE_DAYS[stage], _("kosongkan; klien belum sampai di tahap ini"))
        elif day and last and day < last and row.get("round") in (None, 1):
            row.fault(STAGE_DAYS[stage], _("mendahului %(name)s, %(day)s") % {"name": name, "day": clock.spelled(last)})
        elif day:
            last, name = day, _("tahap %s") % stage.letter


def _stay(row: Row, _today: date) -> None:
    if row.stage is None:
        return
    placed, left = row.get("placed_on"), row.get("left_on")
    if row.stage == Stage.INTAKE and placed:
        row.fault("placed_on", _("kosongkan: di tahap A klien belum ditempatkan; bila sudah, pilih tahap B"))
    if row.stage != Stage.INTAKE and not placed:
        row.fault("placed_on", _("wajib diisi sejak tahap B"))
    if placed and row.get("first_contact_on") and placed < row.get("first_contact_on"):
        row.fault("placed_on", _("mendahului kontak pertama"))
    if row.stage == Stage.AFTERCARE and not left:
        row.fault("left_on", _("wajib diisi untuk tahap F"))
    if row.stage != Stage.AFTERCARE and left:
        row.fault("left_on", _("kosongkan: klien di tahap ini masih dalam pelayanan"))
    if placed and left and left < placed:
        row.fault("left_on", _("mendahului tanggal penempatan"))


def _plan(row: Row, _today: date) -> None:
    turn = row.values.setdefault("round", 1)
    if not 1 <= turn <= MOST_ROUNDS:
        row.fault("round", _("isi 1 sampai %s") % MOST_ROUNDS)
    if row.stage and turn > 1 and not row.stage.is_per_round and row.stage != Stage.AFTERCARE:
        row.fault("round", _("putaran kedua dan seterusnya hanya untuk tahap C sampai F"))
    if row.stage == Stage.INTERVENTION and not row.get("planned"):
        row.fault("planned", _("wajib diisi untuk tahap D"))


RULES: tuple[Callable[[Row, date], None], ...] = (_person, _past, _order, _stages, _stay, _plan)
