"""Identifiers at rest are sealed, found by a blind index, and survive a change of keys."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import FieldError, ImproperlyConfigured

from cases.crypto import EncryptedTextField, blind_index, decrypt, encrypt, masked, rotate
from cases.models import Client

NIK = "3578010303090001"
OLD, NEW, OTHER = (Fernet.generate_key().decode() for _ in range(3))


def test_value_comes_back_and_no_token_equals_another(settings):
    settings.FIELD_KEYS = [NEW]
    tokens = {encrypt(NIK), encrypt(NIK)}
    assert len(tokens) == 2
    assert {decrypt(token) for token in tokens} == {NIK}
    assert not any(NIK in token for token in tokens)


def test_old_key_still_opens_and_rotation_makes_it_superfluous(settings):
    settings.FIELD_KEYS = [OLD]
    token = encrypt(NIK)
    settings.FIELD_KEYS = [NEW, OLD]
    assert decrypt(token) == NIK
    rotated = rotate(token)
    settings.FIELD_KEYS = [NEW]
    assert decrypt(rotated) == NIK


def test_missing_key_is_an_error_not_an_empty_value(settings):
    settings.FIELD_KEYS = [OLD]
    token = encrypt(NIK)
    settings.FIELD_KEYS = [OTHER]
    with pytest.raises(ImproperlyConfigured):
        decrypt(token)


def test_field_seals_on_the_way_in_and_opens_on_the_way_out(settings):
    settings.FIELD_KEYS = [NEW]
    field = EncryptedTextField()
    stored = field.get_prep_value(NIK)
    assert stored != NIK
    assert field.from_db_value(stored, None, None) == NIK
    assert (field.get_prep_value(""), field.get_prep_value(None)) == ("", None)
    assert (field.from_db_value("", None, None), field.from_db_value(None, None, None)) == ("", None)


def test_field_refuses_to_be_searched():
    with pytest.raises(FieldError):
        Client.objects.filter(nik=NIK)


def test_index_is_stable_and_depends_on_its_key(settings):
    settings.INDEX_KEY = b"k" * 32
    first = "13cc988257ba748b096086329b9a03696c3164aa1fd8b1b2e70cdc0d8063ab04"
    assert blind_index(NIK) == first
    settings.FIELD_KEYS = [OTHER]
    assert blind_index(NIK) == first
    settings.INDEX_KEY = b"l" * 32
    assert blind_index(NIK) != first


def test_mask_shows_the_ends_only():
    assert [masked(value) for value in (NIK, "1234567", "123456", "")] == ["3578••••••••••01", "1234•67", "••••••", ""]
