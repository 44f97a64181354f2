"""How the trail turns rows into digests: one canonical text, one hash."""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from django.core.serializers.json import DjangoJSONEncoder

GENESIS = "0" * 64
"""What the first entry of a chain names as its predecessor."""


def canonical(value: object) -> str:
    """JSON with one spelling only: sorted keys, no spaces, dates and decimals as text; NaN is refused."""
    return json.dumps(
        value, cls=DjangoJSONEncoder, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def detail_digest(salt: str, body: str) -> str:
    """Salted, so that a short text (a name, a yes or no) cannot be guessed back from the chain after its erasure."""
    return hmac.new(salt.encode(), body.encode(), hashlib.sha256).hexdigest()


def entry_digest(
    *,
    previous: str,
    institution_id: int,
    seq: int,
    at: datetime,
    actor_id: int | None,
    verb: str,
    subjects: Iterable[tuple[str, int]],
    detail: str,
) -> str:
    """The digest of one entry: over everything it says and over the digest before it."""
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [previous, institution_id, seq, moment, actor_id, verb, sorted(subjects), detail]
    return hashlib.sha256(canonical(told).encode()).hexdigest()
