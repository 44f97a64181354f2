"""Copies the database out at one moment, and puts a copy back: SQLite and PostgreSQL."""

import gzip
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from audit.models import Chain
from backups.manifest import Contents

# The session that lends its snapshot waits for pg_dump; our limits for web requests would end it.
PATIENT = "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0"


def copy(folder: Path) -> tuple[Path, Contents]:
    """A copy of the database in a file below ``folder``, and what is in it, both of the same moment."""
    return _copy_sqlite(folder) if connection.vendor == "sqlite" else _copy_postgresql(folder)


def put_back(path: Path, folder: Path) -> None:
    """Fill the empty database from a copy; ``folder`` takes what is made on the way."""
    if connection.vendor == "sqlite":
        _put_back_sqlite(path, folder)
    else:
        _put_back_postgresql(path)


def contents(cursor: Any = None) -> Contents:
    """What is in the database that ``cursor`` (of any DB-API) looks at; without one, in ours."""
    if cursor is None:
        with connection.cursor() as own:
            return contents(own)
    tables = connection.introspection.table_names(cursor)
    heads = _rows(
        cursor, f"SELECT institution_id, seq, digest FROM {Chain._meta.db_table} WHERE seq > 0 ORDER BY institution_id"
    )
    migrations = _rows(cursor, "SELECT app, name FROM django_migrations ORDER BY app, name")
    return Contents(
        counts={table: _rows(cursor, f'SELECT count(*) FROM "{table}"')[0][0] for table in tables},
        heads=[" ".join(map(str, head)) for head in heads],
        migrations=[".".join(migration) for migration in migrations],
    )


def is_empty() -> bool:
    return not connection.introspection.table_names()


def known_migrations() -> set[str]:
    """Every migration this version brings along."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


def _rows(cursor: Any, statement: str) -> list[tuple[Any, ...]]:
    cursor.execute(statement)
    return cursor.fetchall()


def _copy_sqlite(folder: Path) -> tuple[Path, Contents]:
    """VACUUM INTO reads under one lock, so the copy is of one moment; erased rows do not come along."""
    plain, packed = folder / "database.sqlite3", folder / "database.sqlite3.gz"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(plain)])
    seen = _sound_sqlite(plain)
    with plain.open("rb") as source, gzip.open(packed, "wb", compresslevel=6) as target:
        shutil.copyfileobj(source, target, 1 << 20)
    plain.unlink()
    return packed, seen


def _put_back_sqlite(path: Path, folder: Path) -> None:
    plain = folder / "database.sqlite3"
    with gzip.open(path) as source, plain.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)
        target.flush()
        os.fsync(target.fileno())
    _sound_sqlite(plain)
    connection.close()
    shutil.move(plain, connection.settings_dict["NAME"])


def _sound_sqlite(path: Path) -> Contents:
    """What is in a database file. Raises CommandError if the file is damaged or a row points nowhere."""
    database = sqlite3.connect(path)
    try:
        cursor = database.cursor()
        faults = [row[0] for row in _rows(cursor, "PRAGMA integrity_check") if row[0] != "ok"]
        faults += [f"{table} {row}" for table, row, *_rest in _rows(cursor, "PRAGMA foreign_key_check")]
        if faults:
            raise CommandError(_("Basis data rusak: %(faults)s.") % {"faults": "; ".join(faults[:5])})
        return contents(cursor)
    finally:
        database.close()


def _copy_postgresql(folder: Path) -> tuple[Path, Contents]:
    """pg_dump looks through the snapshot in which the rows are counted."""
    path = folder / "database.dump"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(PATIENT)
        snapshot = _rows(cursor, "SELECT pg_export_snapshot()")[0][0]
        _run_client(
            "pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={path}"
        )
        return path, contents(cursor)


def _put_back_postgresql(path: Path) -> None:
    options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error", "--dbname")
    _run_client("pg_restore", *options, operand=str(path))


def _run_client(program: str, *options: str, operand: str = "") -> None:
    """Run a client of PostgreSQL on our database, which is named after the options."""
    found = shutil.which(program)
    if found is None:
        raise CommandError(
            _("Perintah %(program)s tidak ditemukan; pasang paket Debian postgresql-client.") % {"program": program}
        )
    arguments, environment = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, ["--no-password", *options]
    )
    done = subprocess.run(
        [found, *arguments[1:], *([operand] if operand else [])],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CommandError(_("%(program)s gagal: %(told)s") % {"program": program, "told": done.stderr.strip()[-2000:]})
