"""The same form sent several times at the same moment: one effect and one answer.

Eight rounds each; two hundred with ``-m heavy``.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import FormKey
from audit.models import Entry
from cases import registry
from cases.enums import Sex, Stage, WayIn
from cases.models import Case, Client
from services import models, recording, transitions
from services.demo import walk
from services.demo.words import PAPERS
from services.models import Activity, Request
from tests import factories
from tests.services.racing import ROUNDS, at_once, expect_whole_trail, send_back, submit

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people(db):
    return factories.team()


@pytest.fixture
def assessed(people):
    """A case whose assessment is complete, with two workers."""
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor)
    return case


def repeated(act: Callable[[str], Any], key: str) -> set[Any]:
    """Send a form five times at once and three times late: all answers there were."""
    answers = [*at_once(*(lambda: act(key) for _ in range(5))), *(act(key) for _ in range(3))]
    return {answer if isinstance(answer, Exception) else answer.pk for answer in answers}


def expect_one_effect(rounds, act, rows, between=lambda answer: None):
    """Each round one more row, one answer to all eight, one entry in the trail, one key."""
    for turn in range(rounds):
        before, entries, keys = rows.count(), Entry.objects.count(), FormKey.objects.count()
        answers = repeated(act, f"kunci-{turn}")
        assert len(answers) == 1, answers
        assert (rows.count(), Entry.objects.count(), FormKey.objects.count()) == (before + 1, entries + 1, keys + 1)
        between(answers.pop())


@pytest.mark.parametrize("rounds", ROUNDS)
def test_request_is_made_once(people, assessed, rounds):
    version = assessed.version
    expect_one_effect(
        rounds,
        lambda key: transitions.submit(case=assessed, by=people.worker, version=version, key=key),
        Request.objects,
        lambda pk: transitions.withdraw(request=Request.objects.get(pk=pk), by=people.worker),
    )


@pytest.mark.parametrize("rounds", ROUNDS)
def test_request_is_approved_once(people, assessed, rounds):
    asked = [submit(people, assessed)]

    def again(_pk):
        send_back(people, assessed)
        asked.append(submit(people, assessed))

    expect_one_effect(
        rounds,
        lambda key: transitions.approve(
            request=asked[-1], by=people.supervisor, version=asked[-1].case_version, note="Memadai", key=key
        ),
        models.Supervision.objects,
        again,
    )
    expect_whole_trail(assessed)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_activity_is_recorded_once(people, rounds):
    case = walk.open_case(people, factories.client(people))
    today = case.institution.today()
    expect_one_effect(
        rounds,
        lambda key: recording.log_activity(code="A.k", by=people.worker, on=today, cases=[case], key=key),
        Activity.objects,
    )


@pytest.mark.parametrize("rounds", ROUNDS)
def test_client_is_registered_once(people, rounds):
    values = {"name": "Suharto", "sex": Sex.MALE, "estimated_age": 16}
    expect_one_effect(
        rounds,
        lambda key: registry.register(values=values, primary="street_child", by=people.worker, key=key),
        Client.objects,
    )
    assert sorted(int(number.split("-")[1]) for number in Client.objects.values_list("number", flat=True)) == list(
        range(1, rounds + 1)
    )


@pytest.mark.parametrize("rounds", ROUNDS)
def test_case_is_opened_once(people, rounds):
    clients = [factories.client(people)]
    today = people.worker.institution.today() - timedelta(days=1)
    expect_one_effect(
        rounds,
        lambda key: transitions.open(
            client=clients[-1], by=people.worker, way_in=WayIn.OWN_WISH, first_contact_on=today, key=key
        ),
        Case.objects,
        lambda _pk: clients.append(factories.client(people)),
    )


@pytest.mark.parametrize("rounds", ROUNDS)
def test_record_is_saved_once(people, rounds):
    case = factories.case(people, Stage.PLANNING)
    values = {**PAPERS[models.Goal](case)[0], "on": case.institution.today()}
    expect_one_effect(
        rounds,
        lambda key: recording.save_record(case=case, kind=models.Goal, values=values, by=people.worker, key=key),
        models.Goal.objects,
    )
