"""Restores a backup into an empty installation, after every byte of it has been checked."""

import base64
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import CommandError
from django.db import connection
from django.utils.translation import gettext as _

from backups import archive, databases, folders, sealing
from backups.making import DATA
from backups.manifest import Manifest, key_prints

WORK = ".pulih"


def restore(path: Path, identity: Path | None, told: Callable[[str], None]) -> Manifest:
    """Fill the empty database and data folder from the backup at ``path``, telling each step.

    Raises CommandError. Up to the first change everything stays as it was; after it the message says not to use it.
    """
    _refuse_if_not_empty()
    with folders.workfolder(WORK) as work:
        manifest = unpacked(path, identity, work)
        refuse_if_unfit(manifest, work / DATA)
        told(_("Cadangan utuh: %(count)d anggota diperiksa.") % {"count": len(manifest.sha256)})
        databases.put_back(work / manifest.database, work)
        for key in folders.put_back(work / DATA) if (work / DATA).exists() else []:
            told(_("Kunci yang tadinya ada di map data disimpan sebagai %(path)s.") % {"path": key})
        os.sync()
        _demand_same_counts(manifest)
        _bring_up_to_date(manifest, told)
        _demand_whole_trail(manifest, work, told)
    ended, _by_model = Session.objects.all().delete()
    told(_("Semua sesi diakhiri: %(count)d.") % {"count": ended})
    return manifest


def _refuse_if_not_empty() -> None:
    if not databases.is_empty():
        raise CommandError(_("Basis data tujuan tidak kosong; pemulihan hanya ke basis data kosong."))
    if names := folders.in_the_way():
        raise CommandError(
            _("Map data %(path)s tidak kosong: %(names)s.") % {"path": settings.DATA_DIR, "names": ", ".join(names)}
        )


def unpacked(path: Path, identity: Path | None, work: Path) -> Manifest:
    try:
        sealed = sealing.is_sealed(path)
        keys = sealing.identities(identity) if sealed and identity else []
        if sealed and not keys:
            raise CommandError(_("Cadangan ini tersegel; berikan kunci privatnya dengan --identity BERKAS."))
        with path.open("rb") as file, sealing.opened(file, keys) if sealed else nullcontext(file) as source:
            return archive.unpack(source, work)
    except OSError as error:
        raise CommandError(_("Cadangan tidak dapat dibaca atau dibuka: %(error)s.") % {"error": error}) from error


def refuse_if_unfit(manifest: Manifest, staged: Path) -> None:
    if manifest.vendor != connection.vendor:
        raise CommandError(
            _("Cadangan ini dari %(there)s, sedangkan tujuannya %(here)s.")
            % {"there": manifest.vendor, "here": connection.vendor}
        )
    if newer := sorted(set(manifest.contents.migrations) - databases.known_migrations()):
        raise CommandError(
            _("Cadangan ini dari versi lebih baru (%(version)s); pasang versi itu dahulu. Belum dikenal: %(names)s.")
            % {"version": manifest.version, "names": ", ".join(newer[:5])}
        )
    given = _keys_afterwards(staged / folders.KEYS)
    for name, prints in manifest.keys.items():
        if not set(prints) <= set(given[name]):
            raise CommandError(
                _("Kunci %(name)s bukan kunci data di dalam cadangan ini; tanpa kunci itu isinya tidak terbaca.")
                % {"name": name}
            )


def _keys_afterwards(staged: Path) -> dict[str, list[str]]:
    """Digests of the keys that will be in force: from the environment where given there, else from the backup."""
    field_keys, index_key = settings.FIELD_KEYS, settings.INDEX_KEY
    present = Path(settings.KEYS_DIR)
    if (staged / "field_keys").exists() and field_keys == _read(present / "field_keys").split():
        field_keys = _read(staged / "field_keys").split()
    if (staged / "index_key").exists() and index_key == base64.urlsafe_b64decode(_read(present / "index_key")):
        index_key = base64.urlsafe_b64decode(_read(staged / "index_key"))
    return key_prints(field_keys, index_key)


def _read(path: Path) -> str:
    return path.read_text(encoding="ascii").strip() if path.exists() else ""


def _demand_same_counts(manifest: Manifest) -> None:
    counts = databases.contents().counts
    if counts != manifest.contents.counts:
        differing = sorted(
            table
            for table in {*counts, *manifest.contents.counts}
            if counts.get(table) != manifest.contents.counts.get(table)
        )
        raise CommandError(
            _("Jumlah baris tidak sama dengan cadangan (%(tables)s); jangan pakai hasil pemulihan ini.")
            % {"tables": ", ".join(differing)}
        )


def _bring_up_to_date(manifest: Manifest, told: Callable[[str], None]) -> None:
    pending = databases.known_migrations() - set(manifest.contents.migrations)
    if not pending:
        return
    told(_("Skema cadangan lebih lama; %(count)d migrasi dijalankan.") % {"count": len(pending)})
    if _manage("migrate", "--no-input", "--verbosity", "0"):
        raise CommandError(_("Migrasi gagal; jangan pakai hasil pemulihan ini."))


def _demand_whole_trail(manifest: Manifest, work: Path, told: Callable[[str], None]) -> None:
    anchor = work / "heads"
    anchor.write_text("\n".join(manifest.contents.heads) + "\n", encoding="utf-8")
    if _manage("audit_verify", "--anchor", str(anchor)):
        raise CommandError(_("Jejak audit tidak utuh; jangan pakai hasil pemulihan ini."))
    told(_("Jejak audit diperiksa terhadap kepala rantai di dalam cadangan."))


def _manage(*arguments: str) -> int:
    """Run a command in a process of its own: this one began before the restored keys were in place."""
    return subprocess.run([sys.executable, settings.BASE_DIR / "manage.py", *arguments]).returncode
