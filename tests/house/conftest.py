"""A signed-in person and the log, for the tests of the house."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from tests.accounts.people import person


@pytest.fixture
def worker(db) -> User:
    return person("budi", Role.SOCIAL_WORKER)


@pytest.fixture
def signed_in(worker: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(worker)
    return client


@pytest.fixture
def logged() -> Iterator[io.StringIO]:
    """What the log says, exactly as it would be printed."""
    handler = next(h for h in logging.getLogger().handlers if h.name == "stderr")
    text = io.StringIO()
    before = handler.setStream(text)
    yield text
    handler.setStream(before)
