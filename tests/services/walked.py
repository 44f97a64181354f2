"""One walked case per stage, for tests that need many: built once, each test works on it in a savepoint of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from cases.enums import Stage
from cases.models import Case
from rehsos import clock
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


@contextmanager
def walked_cases(django_db_blocker: Any) -> Iterator[Walked]:
    """The cases inside an open transaction, which is rolled back at the end."""
    with django_db_blocker.unblock(), clock.at(WALKED_AT), transaction.atomic():
        people = factories.team()
        yield Walked(people, {stage: factories.case(people, stage).pk for stage in Stage})
        transaction.set_rollback(True)
