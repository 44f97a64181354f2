"""Compares the guarded store with its rows: what lies there unnamed, and what is named and not there as it was kept."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from cases import files
from cases.models import StoredFile
from rehsos import clock

# An upload lies in the store before its row is committed; no transaction takes this long.
GRACE = timedelta(days=1)


@dataclass(frozen=True)
class Findings:
    """Paths relative to the store, and rows, by what is wrong with them."""

    orphans: list[Path]
    missing: list[StoredFile]
    changed: list[StoredFile]
    whole: int

    @property
    def is_strange(self) -> bool:
        """More unnamed files than whole ones: rather a wrong database or folder than so many broken uploads."""
        return len(self.orphans) > self.whole


def look() -> Findings:
    """Read every file of the store once and compare it with its row."""
    # The folder first: a file that lies there now and gets its row meanwhile is found to have one.
    lying = set(_old_files())
    missing, changed, whole = [], [], 0
    for stored in StoredFile.objects.order_by("pk").iterator():
        path = files.path(stored)
        lying.discard(path)
        digest = _digest(path)
        if digest is None:
            missing.append(stored)
        elif digest != stored.sha256:
            changed.append(stored)
        else:
            whole += 1
    root = Path(settings.FILES_DIR)
    return Findings(sorted(path.relative_to(root) for path in lying), missing, changed, whole)


def remove(orphans: Iterable[Path]) -> None:
    """Delete files that ``look`` found unnamed."""
    root = Path(settings.FILES_DIR)
    for orphan in orphans:
        (root / orphan).unlink(missing_ok=True)


def _old_files() -> Iterator[Path]:
    limit = (clock.now() - GRACE).timestamp()
    for path in Path(settings.FILES_DIR).rglob("*"):
        if path.is_file() and path.stat().st_mtime < limit:
            yield path


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None
