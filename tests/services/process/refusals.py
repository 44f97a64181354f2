"""How tests say what a write refuses: the exact sentences, by kind of refusal."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from audit.models import Entry
from rehsos.doors import Refused, Stale


@contextmanager
def refused(*reasons: str) -> Iterator[None]:
    """422 with exactly these reasons, and no trace of an act."""
    with pytest.raises(Refused) as caught, untold():
        yield
    assert caught.value.reasons == list(reasons)


@contextmanager
def stale(message: str, *, by: str | None = None) -> Iterator[None]:
    """409 with this message, and who was faster where that is known."""
    with pytest.raises(Stale) as caught, untold():
        yield
    assert caught.value.message == message
    if by is not None:
        assert caught.value.by == by and caught.value.at is not None


@contextmanager
def forbidden(message: str) -> Iterator[None]:
    with pytest.raises(PermissionDenied) as caught, untold():
        yield
    assert str(caught.value) == message


@contextmanager
def not_found(message: str) -> Iterator[None]:
    with pytest.raises(Http404) as caught, untold():
        yield
    assert str(caught.value) == message


@contextmanager
def untold() -> Iterator[None]:
    before = Entry.objects.count()
    try:
        yield
    finally:
        assert Entry.objects.count() == before
