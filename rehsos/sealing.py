"""What must not lie open in the database: sealed with the newest field key, opened with any of them."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


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
