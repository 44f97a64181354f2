"""Identifiers at rest: encrypted columns, a blind index to find them by, and a mask to show them with."""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import models

from rehsos.sealing import decrypt, encrypt, rotate

__all__ = ["EncryptedTextField", "blind_index", "decrypt", "encrypt", "masked", "rotate"]


def blind_index(value: str) -> str:
    """A keyed digest (64 hex digits): equal values have equal digests, and nobody without the key can try values."""
    return hmac.new(settings.INDEX_KEY, value.encode(), hashlib.sha256).hexdigest()


def masked(number: str) -> str:
    """First four and last two digits of an identifier: enough to recognise it, not enough to use it."""
    return f"{number[:4]}{'•' * (len(number) - 6)}{number[-2:]}" if len(number) > 6 else "•" * len(number)


class EncryptedTextField(models.TextField):
    """Text that the database sees only sealed. It can be read and tested for NULL, not searched: index it blindly."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return encrypt(value) if value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return decrypt(value) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        # Any other lookup would compare tokens, which never match: better an error than an empty answer.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
