"""A second, empty installation beside the one under test: its own data folder, its own database."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from backups import databases
from backups.manifest import Contents

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Installation:
    folder: Path
    database: str

    def manage(self, *arguments: str | Path) -> tuple[int, str]:
        """Exit code of a command run there, and everything it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, arguments)],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "rehsos.settings",
                "REHSOS_DATA_DIR": str(self.folder),
                "DATABASE_URL": self._url(),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=60,
        )
        return done.returncode, done.stdout

    @contextmanager
    def cursor(self) -> Iterator[Any]:
        there = connection.copy("there")
        there.settings_dict["NAME"] = self.database
        try:
            with there.cursor() as cursor:
                yield cursor
        finally:
            there.close()

    def contents(self) -> Contents:
        with self.cursor() as cursor:
            return databases.contents(cursor)

    def tables(self) -> list[str]:
        with self.cursor() as cursor:
            return connection.introspection.table_names(cursor)

    def files(self) -> dict[str, bytes]:
        """What lies in its data folder apart from keys and database."""
        return contents_of(self.folder)

    def _url(self) -> str:
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.database}"
        return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{self.database}"


def contents_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent.name != "keys" and not path.name.startswith("rehsos.sqlite3")
    }


@contextmanager
def empty_installation(folder: Path) -> Iterator[Installation]:
    folder.mkdir()
    if connection.vendor == "sqlite":
        yield Installation(folder, str(folder / "rehsos.sqlite3"))
        return
    name = f"{connection.settings_dict['NAME']}_there"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield Installation(folder, name)
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
