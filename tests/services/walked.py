"""One walked case per stage, for tests that need many: built once, each test works on it in a savepoint of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from tests import factories, snapshot

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


@dataclass
class Kept:
    """The walk of this process, kept after the first time."""

    snapshot: snapshot.Snapshot
    people: dict[str, int]
    keys: dict[Stage, int]


_kept: list[Kept] = []


@contextmanager
def walked_cases(django_db_blocker: Any) -> Iterator[Walked]:
    """The cases inside an open transaction, which is rolled back at the end."""
    with django_db_blocker.unblock(), clock.at(WALKED_AT), transaction.atomic():
        if not _kept:
            _kept.append(_walk())
        else:
            _kept[0].snapshot.restore()
        people = {name: User.objects.get(pk=key) for name, key in _kept[0].people.items()}
        yield Walked(factories.Team(**people), _kept[0].keys)
        transaction.set_rollback(True)


def _walk() -> Kept:
    stood = snapshot.before()
    people = factories.team()
    keys = {stage: factories.case(people, stage).pk for stage in Stage}
    names = {field.name: getattr(people, field.name).pk for field in fields(people)}
    return Kept(snapshot.take(stood), names, keys)
