"""Tables that may only grow: triggers that refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL).

An app names its tables on its AppConfig, ``append_only_tables = ("services_transition",)``, and installs the triggers
in a migration after the one that makes the tables::

    def install(apps, schema_editor):
        triggers.install(schema_editor, TABLES)

    operations = [migrations.RunPython(install, remove)]

SQLite rebuilds a table for every AlterField or AddConstraint and drops its triggers without a word. A migration that
alters a protected table therefore calls ``remove`` first and ``install`` last; ``missing`` (asked by a test after all
migrations and by ``audit_verify``) tells when somebody forgot. The triggers keep honest code honest; that nothing was
changed is proven by the chain.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

OPERATIONS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}


def install(schema_editor: BaseDatabaseSchemaEditor, tables: Iterable[str], *, delete_if: str = "") -> None:
    """Protect ``tables``; calling it again does no harm.

    ``delete_if`` is an SQL condition over ``OLD`` under which a row may go after all (for tables that are erasable).
    """
    for table in tables:
        remove(schema_editor, [table])
        for statement in _create(schema_editor.connection.vendor, table, delete_if):
            schema_editor.execute(statement, params=None)


def remove(schema_editor: BaseDatabaseSchemaEditor, tables: Iterable[str]) -> None:
    """Take the protection of ``tables`` away; the reverse of ``install``."""
    for table in tables:
        for statement in _drop(schema_editor.connection.vendor, table):
            schema_editor.execute(statement, params=None)


def expected(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of the triggers that must exist, gathered from every app."""
    tables = [table for config in apps.get_app_configs() for table in getattr(config, "append_only_tables", ())]
    return {_name(table, operation) for table in tables for operation in OPERATIONS[connection.vendor]}


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of the triggers that exist and are not switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        return {name for (name,) in cursor.fetchall()}


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that ought to be there and are not, in order of name."""
    return sorted(expected(connection) - present(connection))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let protected rows be changed inside the block: for tests that empty the tables or play the forger."""
    down, up = _lift(connection)
    _run(connection, down)
    try:
        yield
    finally:
        _run(connection, up)


def _name(table: str, operation: str) -> str:
    return f"{table}_no_{operation}"


def _create(vendor: str, table: str, delete_if: str) -> list[str]:
    if vendor == "sqlite":
        when = {"delete": f"WHEN NOT ({delete_if}) "} if delete_if else {}
        return [
            f'CREATE TRIGGER "{_name(table, operation)}" BEFORE {operation.upper()} ON "{table}" '
            f"{when.get(operation, '')}BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for operation in OPERATIONS[vendor]
        ]
    guard = f"IF TG_OP = 'DELETE' THEN IF {delete_if} THEN RETURN OLD; END IF; END IF; " if delete_if else ""
    function = (
        f'CREATE OR REPLACE FUNCTION "{table}_refuse"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {guard}'
        f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{table} is append-only'; END $$"
    )
    return [function] + [
        f'CREATE TRIGGER "{_name(table, operation)}" BEFORE {operation.upper()} ON "{table}" '
        f'FOR EACH {"STATEMENT" if operation == "truncate" else "ROW"} EXECUTE FUNCTION "{table}_refuse"()'
        for operation in OPERATIONS[vendor]
    ]


def _drop(vendor: str, table: str) -> list[str]:
    names = [_name(table, operation) for operation in OPERATIONS[vendor]]
    if vendor == "sqlite":
        return [f'DROP TRIGGER IF EXISTS "{name}"' for name in names]
    return [f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"' for name in names] + [
        f'DROP FUNCTION IF EXISTS "{table}_refuse"()'
    ]


def _lift(connection: BaseDatabaseWrapper) -> tuple[list[str], list[str]]:
    """The statements that lift the triggers which exist now, and those that put them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
            found = [row for row in cursor.fetchall() if row[0] in expected(connection)]
            return [f'DROP TRIGGER "{name}"' for name, _ in found], [sql for _, sql in found]
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled <> 'D' ORDER BY tgname"
        )
        found = [row for row in cursor.fetchall() if row[0] in expected(connection)]
        return [f'ALTER TABLE {table} DISABLE TRIGGER "{name}"' for name, table in found], [
            f'ALTER TABLE {table} ENABLE TRIGGER "{name}"' for name, table in found
        ]


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A table with waiting foreign key checks cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in statements:
            cursor.execute(statement)
