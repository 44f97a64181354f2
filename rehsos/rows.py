"""Many rows in one statement, on both databases, whatever their number.

``bulk_create`` cuts rows into portions on SQLite, so that its number of statements grows with theirs; and it builds an
object for each. Names come from the models, values travel as parameters.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert(
    table: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]], *, unique: Sequence[str] = ()
) -> None:
    """Add rows; one that is there already, by its ``unique`` columns, takes the new values of the others."""
    lines = list(rows)
    if not lines:
        return
    quote = connection.ops.quote_name
    fields = [table._meta.get_field(column) for column in columns]
    names = [field.column for field in fields]
    keys = [table._meta.get_field(column).column for column in unique]
    changed = [name for name in names if name not in keys]
    clause = ""
    if keys:
        updates = ", ".join(f"{quote(name)} = excluded.{quote(name)}" for name in changed)
        action = f"DO UPDATE SET {updates}" if updates else "DO NOTHING"
        clause = f" ON CONFLICT ({', '.join(map(quote, keys))}) {action}"
    line = f"({', '.join(['%s'] * len(names))})"
    sql = (
        f"INSERT INTO {quote(table._meta.db_table)} ({', '.join(map(quote, names))}) "
        f"VALUES {', '.join([line] * len(lines))}{clause}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [_stored(*pair) for row in lines for pair in zip(fields, row, strict=True)])


def _stored(field: models.Field, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)
