"""Makes a backup: whole under its final name, or not at all."""

import os
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from backups import archive, databases, folders, sealing
from backups.manifest import Contents, Manifest, key_prints, version
from rehsos import clock

WORK = ".cadangan"
DATA = "data/"


def make(path: Path, keys: list[pyrage.x25519.Recipient]) -> Manifest:
    """Write a backup to ``path``, sealed if there are ``keys``. Raises CommandError; then nothing lies at ``path``."""
    path = path.absolute()
    _refuse(path)
    with folders.workfolder(WORK) as work:
        made_at = clock.now().isoformat(timespec="seconds")
        # First the database, then the files: a row's file is there before the row, so no row lacks its file.
        copy, contents = databases.copy(work)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=folders.UNFINISHED)
        try:
            with os.fdopen(handle, "wb") as file:
                with sealing.sealed(file, keys) if keys else nullcontext(file) as out:
                    manifest = _write(out, copy, contents, made_at)
                file.flush()
                os.fsync(file.fileno())
            _refuse(path)
            os.rename(name, path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    _sync(path.parent)
    return manifest


def _write(out: BinaryIO, copy: Path, contents: Contents, made_at: str) -> Manifest:
    with archive.Writer(out) as writer:
        writer.add(copy.name, copy)
        for name, path in folders.kept():
            try:
                writer.add(DATA + name, path)
            except FileNotFoundError:
                continue  # swept since it was listed
        manifest = Manifest(
            version=version(),
            made_at=made_at,
            vendor=connection.vendor,
            database=copy.name,
            contents=contents,
            keys=key_prints(settings.FIELD_KEYS, settings.INDEX_KEY),
            sha256=writer.sha256,
        )
        writer.finish(manifest)
    return manifest


def _refuse(path: Path) -> None:
    if path.exists():
        raise CommandError(_("%(path)s sudah ada; cadangan tidak pernah ditimpa.") % {"path": path})
    if not path.parent.is_dir():
        raise CommandError(_("Map %(path)s tidak ada.") % {"path": path.parent})
    if path.parent.resolve().is_relative_to(Path(settings.DATA_DIR).resolve()):
        raise CommandError(_("Simpan cadangan di luar map data %(path)s.") % {"path": settings.DATA_DIR})


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
