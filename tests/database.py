"""SQLite's test database is migrated once and kept beside pytest's cache: migrating takes longer than most runs."""

import fcntl
import hashlib
import shutil
import sqlite3
from pathlib import Path

import django
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".pytest_cache" / "database"
# Whatever a migrated database comes from.
SOURCES = ("*/migrations/*.py", "audit/triggers.py", "requirements/*.txt")


class KeptDatabase:
    """Whoever finds none holds the others up until theirs is migrated."""

    def __init__(self) -> None:
        FOLDER.mkdir(parents=True, exist_ok=True)
        self.kept = FOLDER / f"{_digest()}.sqlite3"
        self.place = Path(connection.settings_dict["TEST"]["NAME"])
        self.lock = open(FOLDER / "lock", "w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        if self.kept.exists():
            shutil.copyfile(self.kept, self.place)
            self.lock.close()

    def keep(self) -> None:
        """Only the newest, and never half of one."""
        if self.lock.closed:
            return
        for old in FOLDER.glob("*.sqlite3*"):
            old.unlink()
        part = self.kept.with_suffix(".sqlite3.part")
        whole, copy = sqlite3.connect(self.place), sqlite3.connect(part)
        whole.backup(copy)
        whole.close()
        copy.close()
        part.rename(self.kept)
        self.lock.close()


def _digest() -> str:
    found = hashlib.sha256(f"{django.VERSION} {sqlite3.sqlite_version}".encode())
    for path in sorted(path for pattern in SOURCES for path in ROOT.glob(pattern)):
        found.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return found.hexdigest()[:16]
