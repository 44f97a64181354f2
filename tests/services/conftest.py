"""One walked case per stage, built once per module and worker; each test works on it in a savepoint of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from services.demo import walk
from tests import factories

WALKED_AT = datetime(2026, 3, 10, 2, tzinfo=UTC)  # a Tuesday, 9 in the morning in Surabaya
NOW = WALKED_AT + timedelta(hours=2)


@dataclass(frozen=True)
class Walked:
    """The people of a UPT and, for every stage, the key of a case at its beginning."""

    people: factories.Team
    keys: dict[Stage, int]

    def at(self, stage: Stage) -> Case:
        """The case as the database has it now."""
        return Case.objects.select_related("institution", "client").get(pk=self.keys[stage])


@pytest.fixture(scope="module")
def walked_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walked]:
    with django_db_blocker.unblock(), clock.at(WALKED_AT), transaction.atomic():
        people = factories.team()
        yield Walked(people, {stage: factories.case(people, stage).pk for stage in Stage})
        transaction.set_rollback(True)


@pytest.fixture
def walked(walked_once: Walked, db: None) -> Iterator[Walked]:
    """Two hours after the walk, on the same day."""
    with clock.at(NOW):
        yield walked_once


@pytest.fixture
def people(walked: Walked) -> factories.Team:
    return walked.people


@pytest.fixture
def save(people: factories.Team) -> Any:
    """``save(case, Kind, field=value)``: one record with default words, by the worker."""

    def saved(case: Case, kind: Any, **changes: Any) -> Any:
        return walk.paper(people, case, kind, **changes)

    return saved
