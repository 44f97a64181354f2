"""The data folder as a backup sees it: what to keep, whether it is empty, and putting things back."""

import fcntl
import filecmp
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from rehsos import clock

KEYS = "keys"
UNFINISHED = ".part"
BESIDE_SQLITE = ("", "-journal", "-wal", "-shm")


@contextmanager
def workfolder(name: str) -> Iterator[Path]:
    """An empty folder inside the data folder for one process at a time; what a killed one left is cleared first."""
    folder = Path(settings.DATA_DIR) / name
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CommandError(_("Pencadangan atau pemulihan lain sedang berjalan.")) from None
        _clear(folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def kept() -> Iterator[tuple[str, Path]]:
    """(name, path) of every file a backup takes from the data folder: all but the database and what is unfinished.

    Hidden names at the top are work folders. Links are followed, for a folder of files may lie on a disk of its own.
    """
    root = Path(settings.DATA_DIR)
    database = _database_files()
    for folder, names, files in os.walk(root, followlinks=True, onerror=_raise):
        here = Path(folder)
        names[:] = sorted(name for name in names if here != root or not name.startswith("."))
        for name in sorted(files):
            path = here / name
            hidden = here == root and name.startswith(".")
            if hidden or name.endswith(UNFINISHED) or path in database or not _is_plain(path):
                continue
            yield path.relative_to(root).as_posix(), path


def in_the_way() -> list[str]:
    """Names in the data folder that keep it from counting as empty; keys just drawn do not."""
    root = Path(settings.DATA_DIR)
    database = _database_files()
    return sorted(
        path.name
        for path in root.iterdir()
        if not path.name.startswith(".")
        and path.name not in (KEYS, "lost+found")
        and path not in database
        and not (path.is_dir() and _is_bare(path))
    )


def put_back(staged: Path) -> list[Path]:
    """Move everything below ``staged`` into the data folder; returns keys that stood there and were put aside."""
    root = Path(settings.DATA_DIR)
    aside: list[Path] = []
    for entry in sorted(staged.iterdir()):
        target = root / entry.name
        if entry.name == KEYS:
            aside = _put_back_keys(entry, target)
        elif target.is_dir():  # empty, and perhaps a disk of its own
            for child in entry.iterdir():
                shutil.move(child, target / child.name)
        else:
            shutil.move(entry, target)
    return aside


def _put_back_keys(staged: Path, target: Path) -> list[Path]:
    """A key is never destroyed: one that differs gets another name."""
    target.mkdir(mode=0o700, exist_ok=True)
    aside = []
    for key in sorted(staged.iterdir()):
        present = target / key.name
        if present.exists() and not filecmp.cmp(present, key, shallow=False):
            aside.append(present.rename(present.with_name(f"{key.name}.lama-{clock.now():%Y%m%d%H%M%S}")))
        shutil.move(key, present)
    return aside


def _database_files() -> set[Path]:
    if connection.vendor != "sqlite":
        return set()
    name = str(connection.settings_dict["NAME"])
    return {Path(name + ending) for ending in BESIDE_SQLITE}


def _is_plain(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


def _is_bare(folder: Path) -> bool:
    return not {path.name for path in folder.iterdir()} - {"lost+found"}


def _clear(folder: Path) -> None:
    for entry in folder.iterdir():
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _raise(error: OSError) -> None:
    raise error
