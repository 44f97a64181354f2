"""What the fields of a row demand: lengths, choices, ranges. Asked in every write, for SQLite alone would not ask."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models

from rehsos.doors import Refused


def faults(row: models.Model) -> list[str]:
    """Each fault in words, led by the field's name; what no form shows (relations, bookkeeping) is not looked at."""
    shown = [field for field in row._meta.concrete_fields if field.editable and not field.is_relation]
    return [f"{title(field)}: {words}" for field in shown for words in _faults_of(row, field)]


def demand(row: models.Model) -> None:
    """Refuse a row that has faults."""
    if told := faults(row):
        raise Refused(told)


def _faults_of(row: models.Model, field: models.Field) -> Iterator[str]:
    value = getattr(row, field.attname)
    if field.blank and value in field.empty_values:
        return
    try:
        value = field.clean(value, row)
        if isinstance(field, models.TextField) and field.max_length:  # Django asks this of forms only
            MaxLengthValidator(field.max_length)(value)
        setattr(row, field.attname, value)
    except ValidationError as wrong:
        yield from wrong.messages


def title(field: models.Field) -> str:
    """A field's name as the beginning of a sentence."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]
