"""Seals a backup to a public key and opens it with the private one, in the format of age."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pyrage
from django.core.management.base import CommandError
from django.utils.translation import gettext as _

MARK = b"age-encryption.org/v1"


def recipients(text: str) -> list[pyrage.x25519.Recipient]:
    """Public keys: the key itself (``age1…``), or a file with one a line."""
    lines = [text] if text.startswith("age1") else _lines(Path(text))
    try:
        return [pyrage.x25519.Recipient.from_str(line) for line in lines]
    except pyrage.RecipientError as error:
        raise CommandError(_("%(text)s bukan kunci publik: %(error)s.") % {"text": text, "error": error}) from error


def identities(path: Path) -> list[pyrage.x25519.Identity]:
    """The private keys in a file as ``age-keygen`` writes it."""
    try:
        return [pyrage.x25519.Identity.from_str(line) for line in _lines(path)]
    except pyrage.IdentityError as error:
        raise CommandError(_("%(path)s bukan kunci privat: %(error)s.") % {"path": path, "error": error}) from error


def is_sealed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK


@contextmanager
def sealed(target: BinaryIO, keys: list[pyrage.x25519.Recipient]) -> Iterator[BinaryIO]:
    """What is written inside the block arrives in ``target`` sealed; nothing readable touches its disk."""
    reading, writing = os.pipe()
    pump = _Pump(lambda: pyrage.encrypt_io(source, target, keys))
    with os.fdopen(reading, "rb") as source:
        pump.closes = source
        pump.start()
        try:
            with os.fdopen(writing, "wb") as sink:
                yield sink
        except BrokenPipeError:
            pass  # the pump knows why
        finally:
            pump.join()
    if pump.error:
        raise CommandError(_("Cadangan tidak dapat ditulis: %(error)s.") % {"error": pump.error}) from pump.error


@contextmanager
def opened(sealed_file: BinaryIO, keys: list[pyrage.x25519.Identity]) -> Iterator[BinaryIO]:
    """What is read inside the block is the content of a sealed backup, checked piece by piece; read it to its end."""
    reading, writing = os.pipe()
    pump = _Pump(lambda: pyrage.decrypt_io(sealed_file, sink, keys))
    sink = pump.closes = os.fdopen(writing, "wb")
    with os.fdopen(reading, "rb") as source:
        pump.start()
        try:
            yield source
        except Exception:
            # A pump that failed ended the stream, and whatever the reader made of that is a consequence.
            if not pump.error:
                raise
        finally:
            source.close()
            pump.join()
    if isinstance(pump.error, pyrage.DecryptError):
        raise CommandError(_("Kunci privat ini tidak membuka cadangan itu: kunci lain, atau awal berkas rusak."))
    if pump.error:
        raise CommandError(_("Cadangan rusak atau terpotong: segelnya tidak cocok.")) from pump.error


class _Pump(Thread):
    """Runs ``job`` beside the caller, then closes its end of the pipe, which ends the stream."""

    def __init__(self, job: Callable[[], None]) -> None:
        super().__init__(daemon=True)
        self.job = job
        self.closes: BinaryIO | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.job()
            self.closes.flush()
        except Exception as error:
            self.error = error
        finally:
            try:
                self.closes.close()
            except OSError:
                pass  # the reader went first


def _lines(path: Path) -> list[str]:
    try:
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError) as error:
        raise CommandError(
            _("Kunci %(path)s tidak dapat dibaca: %(error)s.") % {"path": path, "error": error}
        ) from error
    found = [line for line in lines if line and not line.startswith("#")]
    if not found:
        raise CommandError(_("Tidak ada kunci di dalam %(path)s.") % {"path": path})
    return found
