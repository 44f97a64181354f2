"""Identifiers at rest: encrypted columns, a blind index to find them by, and a mask to show them with."""

import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


@lru_cache
def _box(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def encrypt(value: str) -> str:
    """Seal ``value`` with the newest key of ``settings.FIELD_KEYS``; every call gives another token."""
    return _box(tuple(settings.FIELD_KEYS)).encrypt(value.encode()).decode()


def decrypt(token: str) -> str:
    """Open a token sealed with any key of ``settings.FIELD_KEYS``."""
    try:
        return _box(tuple(settings.FIELD_KEYS)).decrypt(token).decode()
    except InvalidToken:
        raise ImproperlyConfigured("No key in REHSOS_FIELD_KEYS opens this value: a key is missing.") from None


def rotate(token: str) -> str:
    """Seal a token's value again with the newest key."""
    return _box(tuple(settings.FIELD_KEYS)).rotate(token).decode()


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
