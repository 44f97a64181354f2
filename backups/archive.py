"""The one file a backup is: a tar with a manifest at its end, written and read as a stream."""

import hashlib
import io
import os
import tarfile
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from backups.manifest import Manifest

MANIFEST, SEAL = "manifest.json", "manifest.sha256"
CHUNK = 1 << 20


class Writer:
    """Adds members and remembers their digests; without ``finish`` what it wrote is no backup."""

    def __init__(self, out: BinaryIO) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w|", bufsize=CHUNK)
        self.sha256: dict[str, str] = {}

    def __enter__(self) -> "Writer":
        return self

    def __exit__(self, *_failure: object) -> None:
        with suppress(OSError):  # after a failure nobody wants what is left to write
            self._tar.close()

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now. Raises FileNotFoundError if it is gone."""
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            self.sha256[name] = self._add(name, file, status.st_size, int(status.st_mtime))

    def finish(self, manifest: Manifest) -> None:
        text = manifest.to_json()
        digest = self._add(MANIFEST, io.BytesIO(text), len(text))
        self._add(SEAL, io.BytesIO(digest.encode()), len(digest))
        self._tar.close()

    def _add(self, name: str, file: IO[bytes], size: int, modified: int = 0) -> str:
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, modified, 0o600
        hashed = _Hashed(file)
        self._tar.addfile(info, hashed)
        return hashed.digest.hexdigest()


def unpack(source: BinaryIO, folder: Path) -> Manifest:
    """Put every member below ``folder`` and check it; the manifest comes back.

    Raises CommandError with the name of the first member that is not as it was written. What lies in ``folder`` is
    to be trusted only after this returned.
    """
    found: dict[str, str] = {}
    name = ""
    try:
        with tarfile.open(fileobj=source, mode="r|", bufsize=CHUNK) as tar:
            for member in tar:
                name = member.name
                found[name] = _extract(tar, member, folder)
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise _broken(name or MANIFEST, str(error)) from error
    while source.read(CHUNK):
        pass  # a sealed backup is checked up to its very end
    return _checked(found, folder, last=name)


def _checked(found: dict[str, str], folder: Path, last: str) -> Manifest:
    if SEAL not in found or MANIFEST not in found:
        raise CommandError(_("Cadangan rusak atau terpotong sesudah %(member)s.") % {"member": last or "awal"})
    if (folder / SEAL).read_bytes().decode(errors="replace") != found.pop(MANIFEST):
        raise _broken(MANIFEST, _("sidik tidak cocok"))
    found.pop(SEAL)
    try:
        manifest = Manifest.from_json((folder / MANIFEST).read_bytes())
    except (ValueError, TypeError, KeyError) as error:
        raise CommandError(
            _("Bentuk cadangan ini tidak dikenal oleh versi ini: %(error)s.") % {"error": error}
        ) from error
    for name in sorted({*found, *manifest.sha256}):
        if name not in found:
            raise _broken(name, _("tidak ada"))
        if found[name] != manifest.sha256.get(name):
            raise _broken(name, _("sidik tidak cocok"))
    return manifest


def _extract(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    path = PurePosixPath(member.name)
    if not member.isreg() or path.is_absolute() or ".." in path.parts:
        raise ValueError("not a plain file")
    target = folder / path
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with (
        tar.extractfile(member) as content,
        open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        while piece := content.read(CHUNK):
            digest.update(piece)
            out.write(piece)
    return digest.hexdigest()


def _broken(name: str, how: str) -> CommandError:
    return CommandError(
        _("Cadangan rusak pada %(member)s: %(how)s. Tidak ada yang dipulihkan.") % {"member": name, "how": how}
    )


class _Hashed:
    """A file that digests what is read from it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece
