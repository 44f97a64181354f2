"""What is written in one stage: every record with its facts and its rows, as panels."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cases.enums import Stage
from rehsos import formatting
from services import editing, reading, records
from services.models import ProgressSheet, RecordPart, StageRecord
from services.models.record import Fact
from services.pages import links
from services.pages.reader import Reader
from services.situation import Situation

COLUMNS = 4  # a table with more is drawn as lists


@dataclass(frozen=True)
class Table:
    """The rows inside a record: headings, and for each row its label and one cell per heading."""

    headings: list[str]
    rows: list[tuple[str, list[Fact]]]

    @property
    def is_wide(self) -> bool:
        """Too many columns of text to stand side by side."""
        return len(self.headings) > COLUMNS


@dataclass(frozen=True)
class Card:
    """One record, to read."""

    record: StageRecord
    facts: list[Fact]
    tables: list[Table]
    lacks: list[str]
    url: str = ""

    @property
    def name(self) -> str:
        """What tells it from the others of its kind."""
        if isinstance(self.record, ProgressSheet):
            return _("Periode mulai %s") % formatting.long_date(self.record.period_on)
        own = str(self.record)
        return own if own != str(self.record.title) else formatting.long_date(self.record.on)


@dataclass(frozen=True)
class Panel:
    """All records of one kind."""

    kind: type[StageRecord]
    cards: list[Card]
    may_write: bool
    new_url: str

    @property
    def slug(self) -> str:
        return self.kind.slug

    @property
    def title(self) -> Any:
        return self.kind.title

    @property
    def is_single(self) -> bool:
        return self.kind.is_single


def panels(now: Situation, stage: Stage, reader: Reader) -> list[Panel]:
    """The kinds of record of a stage in the order of the process: those with rows, and those that may be written."""
    found = []
    for kind in records.of_stage(stage):
        rows = now.records_of(kind)
        may_write = reader.is_worker and not editing.why_not(now, kind)
        if rows or may_write:
            new_url = links.new_record(now.case, kind) if may_write and not (rows and kind.is_single) else ""
            found.append(Panel(kind, [card(row, links.record(now.case, row)) for row in rows], may_write, new_url))
    return found


def of_round(now: Situation, stage: Stage, number: int) -> list[Panel]:
    """What was written in an earlier round, to read only."""
    return [
        Panel(kind, [card(row, links.record(now.case, row)) for row in rows], may_write=False, new_url="")
        for kind, rows in reading.of_stage(now.case, stage, number).items()
        if rows
    ]


def card(record: StageRecord, url: str = "") -> Card:
    return Card(record, record.facts(), _tables(record.parts()), record.lacks(), url)


def _tables(parts: list[RecordPart]) -> list[Table]:
    """One table per kind of row, with the headings that some row has something under."""
    tables = []
    for kind in dict.fromkeys(type(part) for part in parts):
        rows = [(part.label, dict(part.facts())) for part in parts if type(part) is kind]
        headings = list(dict.fromkeys(label for _label, facts in rows for label in facts))
        headings = [label for label in headings if any(facts.get(label) != name for name, facts in rows)]
        cells = [(name, [(label, facts.get(label, "")) for label in headings]) for name, facts in rows]
        tables.append(Table(headings, cells))
    return tables


def frozen_words(now: Situation, stage: Stage) -> str:
    """Why nothing can be written in this stage now; empty when something can."""
    if now.case.is_closed:
        return _("Kasus sudah ditutup; isinya hanya dapat dibaca.")
    if stage.position > now.stage.position:
        return _("Kasus belum sampai di tahap ini.")
    if now.is_before_system(stage):
        return _("Tahap ini berlangsung sebelum sistem; berkasnya tidak diminta lagi.")
    if stage != now.stage:
        return _("Tahap ini sudah selesai dan terkunci.")
    if not now.waiting:
        return ""
    asked = {"who": now.waiting.requested_by.full_name, "when": formatting.moment(now.waiting.requested_at)}
    return _("Isi tahap terkunci sejak diajukan %(who)s, %(when)s.") % asked
