"""How each kind of stage record reads on paper: which words stand as paragraphs, which parts as which table."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Model, TextField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rehsos.formatting import long_date, number
from reports.blocks import Block, Column, Facts, Table, Words, row
from services.models import (
    AspectFinding,
    AspectOutcome,
    AspectProgress,
    AssessmentParticipant,
    AssessmentReport,
    ChecklistItem,
    EvaluationParticipant,
    EvaluationReport,
    GoalOutcome,
    GoalProgress,
    NoticeRecipient,
    PlanningParticipant,
    ProcessEvaluation,
    ReadinessAnswer,
    RecordPart,
    ReferralReport,
    StageRecord,
    TerminationReport,
)

NARRATIVES = (AssessmentReport, EvaluationReport, TerminationReport, ReferralReport, ProcessEvaluation)
SCALE = gettext_lazy("Skala: 1 sangat kurang, 2 kurang, 3 cukup, 4 baik, 5 sangat baik.")

# Heading of the first column (the part's own label) and its width; then fields with their widths.
Layout = tuple[Any, int, Sequence[tuple[str, int, str]]]
PEOPLE: Layout = (gettext_lazy("Nama"), 40, (("position", 35, ""), ("role", 25, "")))
PARTS: Mapping[type[RecordPart], Layout] = {
    ChecklistItem: (
        gettext_lazy("Persyaratan"),
        44,
        (("presence", 16, "c"), ("number", 22, ""), ("dated_on", 18, "c")),
    ),
    NoticeRecipient: (
        gettext_lazy("Pihak"),
        20,
        (("told", 15, "c"), ("told_on", 17, "c"), ("manner", 20, ""), ("reason", 28, "")),
    ),
    AspectFinding: (
        gettext_lazy("Aspek"),
        13,
        (("score", 8, "c"), ("condition", 34, ""), ("needs", 24, ""), ("strengths", 21, "")),
    ),
    AssessmentParticipant: PEOPLE,
    PlanningParticipant: PEOPLE,
    EvaluationParticipant: PEOPLE,
    AspectProgress: (
        gettext_lazy("Aspek"),
        12,
        (
            ("problem", 21, ""),
            ("intervention", 21, ""),
            ("achieved", 20, ""),
            ("not_achieved", 18, ""),
            ("score", 8, "c"),
        ),
    ),
    GoalProgress: (gettext_lazy("Tujuan"), 46, (("state", 18, "c"), ("note", 36, ""))),
    GoalOutcome: (gettext_lazy("Tujuan"), 46, (("achievement", 18, "c"), ("evidence", 36, ""))),
    AspectOutcome: (gettext_lazy("Aspek"), 18, (("condition", 70, ""), ("score", 12, "c"))),
    ReadinessAnswer: (gettext_lazy("Pokok"), 36, (("answer", 18, "c"), ("note", 46, ""))),
}


def blocks_of(record: StageRecord) -> list[Block]:
    """Everything a record says: its facts, its parts as tables, its long texts, and who wrote it."""
    facts: list[tuple[str, str]] = []
    texts: list[Block] = []
    for label, value, is_text in _fields(record):
        if is_text and isinstance(record, NARRATIVES):
            texts.append(Words(value, label))
        else:
            facts.append((label, value))
    facts.append((_("Dicatat oleh"), record.author.full_name))
    return [Facts(facts), *texts, *parts_of(record)]


def _fields(record: StageRecord) -> list[tuple[str, str, bool]]:
    """Label, value and "is a long text" of every filled field, in the words of ``facts``."""
    texts = {str(f.verbose_name) for f in record._meta.concrete_fields if isinstance(f, TextField)}
    return [(capitalised(label), value, label in texts) for label, value in record.facts()]


def parts_of(record: StageRecord, captions: Mapping[type[RecordPart], str] | None = None) -> list[Block]:
    """The parts of a record, one table per kind."""
    kinds: dict[type[RecordPart], list[RecordPart]] = {}
    for part in record.parts():
        kinds.setdefault(type(part), []).append(part)
    return [part_table(parts, (captions or {}).get(kind, "")) for kind, parts in kinds.items()]


def part_table(parts: Sequence[RecordPart], caption: str = "", note: str = "") -> Table:
    """Parts of one kind as a table, by the layout of their kind."""
    kind = type(parts[0])
    first, width, fields = PARTS[kind]
    columns = [Column(str(first), width)]
    columns += [Column(label_of(kind, name), wide, css) for name, wide, css in fields]
    rows = [row(str(part), *(shown(part, name) for name, _width, _css in fields)) for part in parts]
    return Table(columns, rows, caption, note=note)


def label_of(kind: type[Model], name: str) -> str:
    return capitalised(str(kind._meta.get_field(name).verbose_name))


def shown(instance: Model, name: str) -> str:
    """The value of a field as a paper shows it; empty where there is none."""
    value = getattr(instance, name)
    if value is None or value == "":
        return ""
    display: Callable[[], str] | None = getattr(instance, f"get_{name}_display", None)
    if display:
        return str(display())
    if isinstance(value, date):
        return long_date(value)
    return number(value) if isinstance(value, int) else str(value)


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
