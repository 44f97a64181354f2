"""Acts at the same moment, each in a thread with a connection of its own, and what came of them."""

from collections import Counter
from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections

from audit.verify import Walk
from cases.enums import Stage
from cases.models import Case
from rehsos.doors import Stale
from services import transitions
from services.models import Transition

ROUNDS = [8, pytest.param(200, marks=pytest.mark.heavy)]


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Do all acts at the same moment; for each what it returned or raised."""
    barrier, answers = Barrier(len(acts)), [None] * len(acts)

    def run(number: int) -> None:
        barrier.wait()
        try:
            answers[number] = acts[number]()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test compares it
            answers[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def told(answers):
    """How often each answer came: the words of a refusal, or ``done``."""
    return Counter(
        answer.message if isinstance(answer, Stale) else repr(answer) if isinstance(answer, Exception) else "done"
        for answer in answers
    )


def expect_whole_trail(case):
    """The chain holds, and the versions of the case are counted without a gap."""
    assert list(Walk(case.institution_id).problems()) == []
    versions = list(Transition.objects.filter(case=case).order_by("version").values_list("version", flat=True))
    assert versions == list(range(1, Case.objects.get(pk=case.pk).version + 1))


def submit(people, case, **values):
    case.refresh_from_db()
    return transitions.submit(case=case, by=people.worker, version=case.version, **values)


def send_back(people, case):
    case.refresh_from_db()
    transitions.send_back(case=case, to=Stage.ASSESSMENT, reason="Ulangi", by=people.supervisor, version=case.version)
