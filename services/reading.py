"""Read all stage records of a stage with their rows in one query, whatever the number of kinds, for one case or many.

Every kind and every kind of row is a table of its own, so a page would ask the database a dozen times. Here each row
is packed into JSON by the database, and all tables come back as one union.
"""

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import CharField, F, Value
from django.db.models.functions import JSONObject

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from services import records
from services.models import RecordPart, StageRecord

WHO = ("name", "title_before", "title_after")


Records = dict[type[StageRecord], list[Any]]


def of_stage(case: Case, stage: Stage, number: int | None = None) -> Records:
    """The records of a stage by kind, oldest first, with rows and authors; of the present round, or of one gone by."""
    kinds = records.of_stage(stage)
    rows = _rows({kind: {"case": case, "round": number or case.round_of(stage)} for kind in kinds})
    return {kind: _records(kind, rows[kind], rows, case) for kind in kinds}


def of_cases(cases: Iterable[Case]) -> dict[int, Records]:
    """The records of many cases that a waiting request may judge, by case."""
    wanted = {case: [kind for stage in _judged_stages(case) for kind in records.of_stage(stage)] for case in cases}
    holders: dict[type[StageRecord], list[Case]] = {}
    for case, kinds in wanted.items():
        for kind in kinds:
            holders.setdefault(kind, []).append(case)
    rows = _rows({kind: {"case__in": here} for kind, here in holders.items()})
    return {
        case.pk: {kind: _records(kind, _of_case(rows[kind], case, kind), rows, case) for kind in kinds}
        for case, kinds in wanted.items()
    }


def _judged_stages(case: Case) -> set[Stage]:
    """Where the papers lie that a waiting request may judge: D judges the plan, an exit a referral."""
    before = {Stage.ASSESSMENT, Stage.PLANNING} if case.at == Stage.INTERVENTION else set()
    return {case.at, *before, *({Stage.CLOSING} if case.is_leaving else ())}


def _of_case(rows: list[dict[str, Any]], case: Case, kind: type[StageRecord]) -> list[dict[str, Any]]:
    return [row for row in rows if (row["case_id"], row["round"]) == (case.pk, case.round_of(kind.home))]


def _rows(where: dict[type[StageRecord], dict[str, Any]]) -> dict[type[models.Model], list[dict[str, Any]]]:
    """What the database holds of these kinds and of the rows inside them, by table, in one query."""
    tables = {table._meta.model_name: table for kind in where for table in (kind, *parts_of(kind).values())}
    found: dict[type[models.Model], list[dict[str, Any]]] = {table: [] for table in tables.values()}
    for name, body in _query(where) if where else ():
        found[tables[name]].append(body)
    return found


def _records(
    kind: type[StageRecord],
    own: list[dict[str, Any]],
    rows: dict[type[models.Model], list[dict[str, Any]]],
    case: Case,
) -> list[StageRecord]:
    parts = {rel: [_made(part, row, case) for row in rows[part]] for rel, part in parts_of(kind).items()}
    present = _last_edition(kind, own, case)
    return sorted((_record(kind, row, case, parts) for row in present), key=lambda record: (record.on, record.pk))


def _last_edition(kind: type[StageRecord], own: list[dict[str, Any]], case: Case) -> list[dict[str, Any]]:
    """Of what was written in several versions, the present one; of a round gone by, the last there was."""
    if not kind.edition_of or not own:
        return own
    is_present = own[0]["round"] == case.round_of(kind.home)
    edition = getattr(case, kind.edition_of) if is_present else max(row["edition"] for row in own)
    return [row for row in own if row["edition"] == edition]


def parts_of(kind: type[StageRecord]) -> dict[str, type[RecordPart]]:
    """The kinds of rows inside a record, by the name of the relation."""
    related = [relation for relation in kind._meta.related_objects if relation.field.name == "record"]
    return {str(relation.get_accessor_name()): relation.related_model for relation in related}


def _query(where: dict[type[StageRecord], dict[str, Any]]) -> "models.QuerySet[Any]":
    first, *others = [
        query
        for kind, filters in where.items()
        for query in (
            _packed(kind, filters, who=True),
            *(_packed(part, _through_record(filters)) for part in parts_of(kind).values()),
        )
    ]
    return first.union(*others, all=True)


def _through_record(filters: dict[str, Any]) -> dict[str, Any]:
    return {f"record__{name}": value for name, value in filters.items()}


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
    field = field.target_field if field.is_relation else field
    if isinstance(field, models.UUIDField):
        return UUID(value)
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
