"""Secrets that nobody had to invent: drawn once, kept in the data folder, readable by the service alone."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def private_folder(path: Path) -> Path:
    """Make ``path`` (mode 700) if it is missing; name it where that cannot be done."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(f"Map {path} tidak dapat dibuat atau ditulis: {error.strerror}") from error
    return path


def read_or_draw(path: Path, draw: Callable[[], str]) -> str:
    """The secret kept at ``path`` (mode 600); ``draw()`` makes it the first time.

    Two processes may start at once: the file appears whole or not at all, and the second reads what the first wrote.
    """
    if not path.exists():
        private_folder(path.parent)
        try:
            handle, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(draw() + "\n")
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(name, path)
            except FileExistsError:
                pass
            os.unlink(name)
        except OSError as error:
            raise ImproperlyConfigured(f"Kunci {path} tidak dapat ditulis: {error.strerror}") from error
    try:
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"Kunci {path} tidak dapat dibaca: {error.strerror}") from error
