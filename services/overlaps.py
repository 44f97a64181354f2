"""Nobody shares a bed: the database refuses uses of one bed, or beds of one stay, on overlapping days.

On PostgreSQL these are exclusion constraints over two ranges, which need no extension; on SQLite triggers. Days are
half open: a bed given up on a day may be taken on it. SQLite drops triggers when it rebuilds a table: a migration
that alters the table calls ``remove`` first and ``install`` last, and ``missing`` tells when somebody forgot.
"""

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "services_beduse"
COLUMNS = ("bed_id", "stay_id")
EVENTS = ("insert", "update")


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Guard the table; calling it again does no harm."""
    remove(schema_editor)
    for column in COLUMNS:
        for statement in _create(schema_editor.connection.vendor, column):
            schema_editor.execute(statement, params=None)


def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for name in sorted(expected(schema_editor.connection)):
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{name}"', params=None)
        else:
            schema_editor.execute(f'ALTER TABLE "{TABLE}" DROP CONSTRAINT IF EXISTS "{name}"', params=None)


def expected(connection: BaseDatabaseWrapper) -> set[str]:
    if connection.vendor == "sqlite":
        return {f"{_name(column)}_{event}" for column in COLUMNS for event in EVENTS}
    return {_name(column) for column in COLUMNS}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The guards that ought to be there and are not."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'x'")
        return sorted(expected(connection) - {name for (name,) in cursor.fetchall()})


def _name(column: str) -> str:
    return f"bed_use_one_{column.removesuffix('_id')}"


def _create(vendor: str, column: str) -> list[str]:
    if vendor != "sqlite":
        return [
            f'ALTER TABLE "{TABLE}" ADD CONSTRAINT "{_name(column)}" EXCLUDE USING gist '
            f"(int8range({column}, {column}, '[]') WITH &&, daterange(since_on, until_on, '[)') WITH &&)"
        ]
    overlap = (
        f'SELECT 1 FROM "{TABLE}" other WHERE other.{column} = NEW.{column} AND other.id IS NOT NEW.id '
        "AND other.since_on < COALESCE(NEW.until_on, '9999-12-31') "
        "AND NEW.since_on < COALESCE(other.until_on, '9999-12-31') "
        "AND other.since_on IS NOT other.until_on AND NEW.since_on IS NOT NEW.until_on"
    )
    return [
        f'CREATE TRIGGER "{_name(column)}_{event}" BEFORE {event.upper()} ON "{TABLE}" '
        f"WHEN EXISTS ({overlap}) BEGIN SELECT RAISE(ABORT, '{_name(column)}'); END"
        for event in EVENTS
    ]
