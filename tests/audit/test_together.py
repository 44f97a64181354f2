"""Many write at once; every entry finds its own place."""

from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from audit import trail
from audit.models import Entry
from tests.audit.acts import CASE, SRI, act, findings

EACH = 15

pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs) -> list[BaseException]:
    """Run the jobs in threads of their own, let go at the same moment; what they raised."""
    start, raised = Barrier(len(jobs)), []

    def run(job):
        try:
            start.wait(timeout=20)
            job()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return raised


def writer(institution_id: int):
    return lambda: [act(f"job.{number}", institution_id=institution_id) for number in range(EACH)]


@pytest.mark.parametrize("institutions", [(1, 1, 1, 1), (1, 2, 1, 2)], ids=["one institution", "two institutions"])
def test_writers_at_the_same_moment_lose_nothing(institutions):
    assert together(*[writer(institution_id) for institution_id in institutions]) == []
    for institution_id in set(institutions):
        entries = Entry.objects.filter(institution_id=institution_id).order_by("seq")
        assert [entry.seq for entry in entries] == list(range(1, EACH * institutions.count(institution_id) + 1))
    assert findings() == []


def test_institutions_do_not_wait_for_each_other():
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    act(institution_id=1)
    done = Event()

    def slow():
        with transaction.atomic():
            trail.append(institution_id=1, by=SRI, verb="slow", subjects=[CASE])
            assert done.wait(timeout=5)

    def quick():
        act(institution_id=2)
        done.set()

    assert together(slow, quick) == []
