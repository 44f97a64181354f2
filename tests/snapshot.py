"""What the database holds, kept in memory and put back: quicker than walking the same cases again for every module."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model


@dataclass(frozen=True)
class Snapshot:
    """The rows of every table, keys included; put them back only where nothing of them stands."""

    rows: dict[type[Model], list[dict[str, Any]]]

    def restore(self) -> None:
        """Constraints are checked at the end of the transaction, so the order of the tables does not matter."""
        for model, rows in self.rows.items():
            model._base_manager.bulk_create([model(**row) for row in rows])


def take(leaving_out: dict[type[Model], list[Any]]) -> Snapshot:
    """All rows but those that stood before (``before()``)."""
    rows = {}
    for model in _models():
        fields = [field.attname for field in model._meta.concrete_fields]
        kept = model._base_manager.exclude(pk__in=leaving_out.get(model, [])).order_by("pk").values(*fields)
        if found := list(kept):
            rows[model] = found
    return Snapshot(rows)


def before() -> dict[type[Model], list[Any]]:
    """The keys of the rows that migrations left behind."""
    return {model: list(model._base_manager.values_list("pk", flat=True)) for model in _models()}


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
