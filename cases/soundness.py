"""What the fields of a row demand: lengths, choices, ranges. Asked in every write, for SQLite alone would not ask."""

from django.core.exceptions import ValidationError
from django.db import models

from rehsos.doors import Refused


def faults(row: models.Model) -> list[str]:
    """Each fault in words, led by the field's name; what no form shows (relations, bookkeeping) is not looked at."""
    hidden = {field.name for field in row._meta.concrete_fields if field.is_relation or not field.editable}
    try:
        row.clean_fields(exclude=hidden)
    except ValidationError as wrong:
        return [f"{_title(row, name)}: {words}" for name, told in wrong.message_dict.items() for words in told]
    return []


def demand(row: models.Model) -> None:
    """Refuse a row that has faults."""
    if told := faults(row):
        raise Refused(told)


def _title(row: models.Model, name: str) -> str:
    title = str(row._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return title[:1].upper() + title[1:]
