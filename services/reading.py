"""Read all stage records of one stage with their rows in one query, whatever the number of kinds.

Every kind and every kind of row is a table of its own, so a page would ask the database a dozen times. Here each row
is packed into JSON by the database, and all tables come back as one union.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from django.db import models
from django.db.models import CharField, F, Value
from django.db.models.functions import JSONObject

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from services import records
from services.models import RecordPart, StageRecord

WHO = ("name", "title_before", "title_after")


def of_stage(case: Case, stage: Stage, number: int | None = None) -> dict[type[StageRecord], list[Any]]:
    """The records of a stage by kind, oldest first, with rows and authors; of the present round, or of one gone by."""
    kinds = records.of_stage(stage)
    number = number or case.round_of(stage)
    found: dict[type[StageRecord], list[Any]] = {kind: [] for kind in kinds}
    tables = {table._meta.model_name: table for kind in kinds for table in (kind, *parts_of(kind).values())}
    rows: dict[type[models.Model], list[dict[str, Any]]] = {table: [] for table in tables.values()}
    for name, body in _query(kinds, case, number):
        rows[tables[name]].append(body)
    for kind in kinds:
        parts = {rel: [_made(part, row, case) for row in rows[part]] for rel, part in parts_of(kind).items()}
        for row in rows[kind]:
            found[kind].append(_record(kind, row, case, parts))
        found[kind].sort(key=lambda record: (record.on, record.pk))
    return found


def parts_of(kind: type[StageRecord]) -> dict[str, type[RecordPart]]:
    """The kinds of rows inside a record, by the name of the relation."""
    related = [relation for relation in kind._meta.related_objects if relation.field.name == "record"]
    return {str(relation.get_accessor_name()): relation.related_model for relation in related}


def _query(kinds: Iterable[type[StageRecord]], case: Case, number: int) -> "models.QuerySet[Any]":
    first, *others = [
        query
        for kind in kinds
        for query in (
            _packed(kind, {"case": case, "round": number}, who=True),
            *(_packed(part, {"record__case": case, "record__round": number}) for part in parts_of(kind).values()),
        )
    ]
    return first.union(*others, all=True)


def _packed(table: type[models.Model], where: dict[str, Any], who: bool = False) -> "models.QuerySet[Any]":
    columns = {field.attname: F(field.attname) for field in table._meta.concrete_fields}
    if who:
        columns |= {f"author__{name}": F(f"author__{name}") for name in WHO}
    rows = table._default_manager.filter(**where).order_by()
    packed = rows.annotate(packed_as=Value(table._meta.model_name, CharField()), packed=JSONObject(**columns))
    return packed.values_list("packed_as", "packed")


def _record(
    kind: type[StageRecord], row: dict[str, Any], case: Case, parts: dict[str, list[RecordPart]]
) -> StageRecord:
    record: StageRecord = _made(kind, row, case)
    record.case = case
    record.author = User.from_db(
        case._state.db, ["id", *WHO], [record.author_id, *(row[f"author__{name}"] for name in WHO)]
    )
    # What prefetch_related does: so that parts() and lacks() find the rows without asking again.
    record._prefetched_objects_cache = {
        relation: _loaded(record, relation, [part for part in rows if part.record_id == record.pk])
        for relation, rows in parts.items()
    }
    return record


def _loaded(record: StageRecord, relation: str, rows: list[RecordPart]) -> "models.QuerySet[Any]":
    queryset = getattr(record, relation).all()
    queryset._result_cache = sorted(rows, key=lambda part: part.pk)
    return queryset


def _made(table: type[models.Model], row: dict[str, Any], case: Case) -> Any:
    fields = table._meta.concrete_fields
    return table.from_db(case._state.db, [f.attname for f in fields], [_unpacked(f, row[f.attname]) for f in fields])


def _unpacked(field: models.Field, value: Any) -> Any:
    """A value as the column itself would give it; SQLite packs dates, booleans and JSON as text and numbers."""
    if value is None:
        return None
    if isinstance(field, models.DateTimeField):
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if isinstance(field, models.DateField):
        return date.fromisoformat(value)
    if isinstance(field, models.BooleanField):
        return bool(value)
    if isinstance(field, models.JSONField) and isinstance(value, str):
        return json.loads(value)
    return value
