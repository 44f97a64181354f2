"""Walked cases, once for the whole folder: none of its tests commits, so they can share an open transaction."""

from collections.abc import Iterator
from typing import Any

import pytest

from cases.models import Case
from services.demo import walk
from tests import factories
from tests.services.walked import Walked, walked_cases


@pytest.fixture(scope="package")
def walked_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walked]:
    with walked_cases(django_db_blocker) as walked:
        yield walked


@pytest.fixture
def save(people: factories.Team) -> Any:
    """``save(case, Kind, field=value)``: one record with default words, by the worker."""

    def saved(case: Case, kind: Any, **changes: Any) -> Any:
        return walk.paper(people, case, kind, **changes)

    return saved
