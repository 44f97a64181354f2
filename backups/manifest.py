"""What a backup says about itself; written last into it, read first from it."""

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

FORMAT = 1


@dataclass(frozen=True)
class Contents:
    """What a database holds: rows per table, heads of the chains as ``audit_verify`` reads them, migrations."""

    counts: dict[str, int]
    heads: list[str]
    migrations: list[str]


@dataclass(frozen=True)
class Manifest:
    """``sha256`` holds the digest of every other member; ``keys`` only digests of keys, never a key."""

    version: str
    made_at: str
    vendor: str
    database: str
    contents: Contents
    keys: dict[str, list[str]]
    sha256: dict[str, str]
    format: int = FORMAT

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Manifest":
        """Raises ValueError for a format that this version does not know."""
        values: dict[str, Any] = json.loads(text)
        if values.get("format") != FORMAT:
            raise ValueError(f"format {values.get('format')}")
        return cls(**{**values, "contents": Contents(**values["contents"])})

    @property
    def rows(self) -> int:
        return sum(self.contents.counts.values())


def version() -> str:
    """The version of this program."""
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]


def key_prints(field_keys: Iterable[str], index_key: bytes) -> dict[str, list[str]]:
    """Digests by which the keys of a backup are known again."""
    return {
        "field_keys": [_print(key.encode()) for key in field_keys],
        "index_key": [_print(index_key)],
    }


def _print(key: bytes) -> str:
    return hashlib.sha256(b"rehsos key: " + key).hexdigest()[:16]
