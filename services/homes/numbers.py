"""How many rows each of several lists has, asked of the database at once."""

from typing import Any

from django.db.models import Aggregate, Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.models import Institution


def of(institution: Institution, **lists: "QuerySet[Any] | tuple[QuerySet[Any], Aggregate]") -> dict[str, int]:
    """One number for each name: of the rows or, where an aggregate is given beside them, that; nothing is 0."""
    numbers = {name: _number(*(one if isinstance(one, tuple) else (one, Count("pk")))) for name, one in lists.items()}
    return dict(Institution.objects.filter(pk=institution.pk).values(**numbers).get())


def _number(rows: "QuerySet[Any]", wanted: Aggregate) -> Coalesce:
    one = rows.order_by().annotate(together=Value(1)).values("together").annotate(number=wanted).values("number")
    return Coalesce(Subquery(one, output_field=IntegerField()), 0)
