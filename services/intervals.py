"""Intervals of a stay that must not overlap or leave it: triggers, for neither database has one constraint for both.

An interval runs from ``since_on`` up to, not including, ``until_on`` (or goes on). On PostgreSQL the trigger locks the
stay first, so that two writers cannot each miss the other's row; SQLite has one writer at a time.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CLASH = "{table} overlaps or leaves its stay"
WRONG = """
    EXISTS (SELECT 1 FROM "{table}" o WHERE o.stay_id = NEW.stay_id AND o.id <> {own} AND o.annulled_at IS NULL
        AND (NEW.until_on IS NULL OR o.since_on < NEW.until_on)
        AND (o.until_on IS NULL OR NEW.since_on < o.until_on))
    OR EXISTS (SELECT 1 FROM "cases_stay" s WHERE s.id = NEW.stay_id AND (NEW.since_on < s.placed_on
        OR (s.left_on IS NOT NULL AND (NEW.until_on IS NULL OR NEW.until_on > s.left_on))))
"""


def install(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Guard a table with ``stay_id``, ``since_on``, ``until_on`` and ``annulled_at``; doing so again does no harm."""
    remove(schema_editor, table)
    told = CLASH.format(table=table)
    if schema_editor.connection.vendor == "sqlite":
        for operation in ("insert", "update"):
            own = "-1" if operation == "insert" else "NEW.id"
            schema_editor.execute(
                f'CREATE TRIGGER "{table}_apart_{operation}" BEFORE {operation.upper()} ON "{table}" '
                f"WHEN NEW.annulled_at IS NULL AND ({WRONG.format(table=table, own=own)}) "
                f"BEGIN SELECT RAISE(ABORT, '{told}'); END",
                params=None,
            )
        return
    schema_editor.execute(
        f'CREATE FUNCTION "{table}_apart"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f'PERFORM 1 FROM "cases_stay" WHERE id = NEW.stay_id FOR NO KEY UPDATE; '
        f"IF NEW.annulled_at IS NULL AND ({WRONG.format(table=table, own='NEW.id')}) THEN "
        f"RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = '{told}'; "
        f"END IF; RETURN NEW; END $$",
        params=None,
    )
    schema_editor.execute(
        f'CREATE TRIGGER "{table}_apart" BEFORE INSERT OR UPDATE ON "{table}" '
        f'FOR EACH ROW EXECUTE FUNCTION "{table}_apart"()',
        params=None,
    )


def remove(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the guard away; a migration that alters the table does so first and installs it again last."""
    if schema_editor.connection.vendor == "sqlite":
        for operation in ("insert", "update"):
            schema_editor.execute(f'DROP TRIGGER IF EXISTS "{table}_apart_{operation}"', params=None)
        return
    schema_editor.execute(f'DROP TRIGGER IF EXISTS "{table}_apart" ON "{table}"', params=None)
    schema_editor.execute(f'DROP FUNCTION IF EXISTS "{table}_apart"()', params=None)
