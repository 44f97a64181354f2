"""Random people try random acts on a case; whatever they do, the process keeps its promises.

Every step is one act through the front door of ``transitions``, ``recording`` or ``registry``, by anybody, with any
version. After it either nothing at all has changed, or exactly one thing has and the trail tells it.
"""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    run_state_machine_as_test,
)

from accounts.enums import Role
from accounts.models import Institution
from audit.models import Entry
from audit.verify import Walk
from cases.enums import Stage
from tests import factories
from tests.services.machine.act import STEPS, Acting
from tests.services.machine.anything import Anything
from tests.services.machine.case import OneCase
from tests.services.machine.crossing import Crossing
from tests.services.machine.helping import Helping
from tests.services.machine.promises import Promises
from tests.services.walked import NOW, Walked

VERBS = (
    *("submit", "decide", "withdraw", "approve", "give_back", "endorse", "send_back", "supervise", "record", "log"),
    *("depart", "come_back", "minutes", "propose_exit", "propose_reversal", "waive", "admit", "revise", "open"),
    *("propose_transfer", "accept", "refuse_transfer", "revoke", "enter", "confirm", "unlend"),
)


class Process(Anything, Helping, Crossing, Promises, Acting, OneCase, RuleBasedStateMachine):
    """One person's case, begun at any stage, in the hands of thirteen people; on to the next case where it goes."""

    walked: Walked
    actors: dict

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.moment = NOW
        self.turn = 0
        self.resend = self.known = None

    def teardown(self):
        try:
            for institution in Institution.objects.all():
                assert list(Walk(institution.pk).problems()) == []
                self.months_add_up(institution)
        finally:
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    @initialize(stage=st.sampled_from(Stage))
    def begin(self, stage):
        self.pk = self.walked.keys[stage]
        self.known, self.told = self.state(), Entry.objects.count()


@pytest.fixture
def actors(people):
    stranger = factories.team(factories.institution("LAIN"))
    return {
        "worker": people.worker,
        "other_worker": people.other_worker,
        "supervisor": people.supervisor,
        "other_supervisor": people.other_supervisor,
        "head": people.head,
        "section_head": factories.user("kasi", Role.SECTION_HEAD),
        "worker_and_supervisor": factories.user("rangkap", Role.SOCIAL_WORKER, Role.SUPERVISOR),
        "supervisor_and_head": factories.user("plt", Role.SUPERVISOR, Role.HEAD),
        "clerk": factories.user("tatausaha", Role.ADMIN_OFFICE),
        "nurse": factories.user("perawat", Role.NURSE),
        "strange_worker": stranger.worker,
        "strange_supervisor": stranger.supervisor,
        "strange_head": stranger.head,
    }


def explore(walked, actors, *, acts, examples=12, steps=50):
    """Run the machine until so many acts were tried; how many of each verb."""
    STEPS.clear()
    machine = type("Explored", (Process,), {"walked": walked, "actors": actors})
    while sum(STEPS.values()) < acts:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    print(sum(STEPS.values()), sorted(STEPS.items()))
    return Counter(STEPS)


def test_process_keeps_its_promises_whatever_people_try(walked, actors):
    assert explore(walked, actors, acts=400)["record"]


@pytest.mark.heavy
def test_process_keeps_its_promises_over_nine_thousand_acts(walked, actors):
    tried = explore(walked, actors, acts=9000, examples=100)
    assert [verb for verb in VERBS if not tried[verb] or not tried[f"{verb} refused"]] == []
