"""The tables of the trail only grow, on both databases."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from audit import trail, triggers
from audit.models import Access
from tests.audit.acts import CASE, SRI, act

TABLES = ["audit_entry", "audit_entrysubject", "audit_entrydetail", "audit_access"]
CHANGES = {
    "audit_entry": "UPDATE audit_entry SET verb = 'case.closed'",
    "audit_entrysubject": "UPDATE audit_entrysubject SET subject_id = 12",
    "audit_entrydetail": "UPDATE audit_entrydetail SET body = '{}'",
    "audit_access": "UPDATE audit_access SET actor_label = 'Orang lain'",
}


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def rows(db):
    act()
    trail.seen(by=SRI, institution_id=1, page="services:case", subjects=[CASE])


def test_every_protected_table_exists_and_has_its_triggers_after_all_migrations(db):
    named = {table for app in apps.get_app_configs() for table in getattr(app, "append_only_tables", ())}
    assert set(TABLES) <= named <= set(connection.introspection.table_names())
    assert triggers.missing(connection) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_changed(rows, table):
    with pytest.raises(IntegrityError, match=f"{table} is append-only"):
        run(CHANGES[table])


@pytest.mark.parametrize("table", TABLES)
def test_a_row_is_never_deleted(rows, table):
    with pytest.raises(IntegrityError, match=f"{table} is append-only"):
        run(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_a_table_is_never_emptied(rows, table):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    connection.check_constraints()  # the rows of this very transaction still wait for theirs
    with pytest.raises(IntegrityError, match="is append-only"):
        run(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", TABLES)
def test_lifted_triggers_let_a_change_pass_and_come_back(rows, table):
    with triggers.lifted(connection):
        assert triggers.missing(connection) != []
        run(CHANGES[table])
    assert triggers.missing(connection) == []
    with pytest.raises(IntegrityError):
        run(CHANGES[table])


@pytest.mark.parametrize("operation", ["update", "delete"])
def test_a_lost_trigger_fails_the_check(db, capsys, operation):
    name = f"audit_access_no_{operation}"
    run(f"DROP TRIGGER {name}" + (" ON audit_access" if connection.vendor == "postgresql" else ""))
    with pytest.raises(SystemExit) as stop:
        call_command("audit_verify")
    assert stop.value.code == 1
    assert f"Pemicu pelindung tidak ada: {name}." in capsys.readouterr().err


def test_a_trigger_that_is_switched_off_counts_as_lost(db):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite cannot switch a trigger off")
    run("ALTER TABLE audit_access DISABLE TRIGGER audit_access_no_update")
    assert triggers.missing(connection) == ["audit_access_no_update"]


@pytest.mark.django_db(transaction=True)
def test_a_rebuilt_table_loses_its_triggers_and_gets_them_again():
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite rebuilds tables")
    with connection.schema_editor() as editor:
        editor._remake_table(Access)
    try:
        assert triggers.missing(connection) == ["audit_access_no_delete", "audit_access_no_update"]
    finally:
        with connection.schema_editor() as editor:
            triggers.install(editor, ["audit_access"])
    assert triggers.missing(connection) == []
