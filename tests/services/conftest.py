"""Walked cases for the tests of the services, once per module and worker."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from services import facility, models, transitions
from services.demo import walk
from services.models import House
from tests import factories
from tests.services.browsing import Browser
from tests.services.walked import NOW, Walked, walked_cases

pytest.register_assert_rewrite("tests.services.machine")


@pytest.fixture(scope="module")
def walked_once(django_db_setup: None, django_db_blocker: Any) -> Iterator[Walked]:
    with walked_cases(django_db_blocker) as walked:
        yield walked


@pytest.fixture
def walked(walked_once: Walked, db: None) -> Iterator[Walked]:
    """Two hours after the walk, on the same day."""
    with clock.at(NOW):
        yield walked_once


@pytest.fixture
def people(walked: Walked) -> factories.Team:
    return walked.people


@pytest.fixture
def house(people: factories.Team) -> House:
    """Two rooms of two beds in the UPT of the walked cases."""
    values = {"name": "Melati", "rooms": 2, "beds": 2}
    return facility.add_house(institution=people.head.institution, values=values, by=people.head)


@pytest.fixture
def browse(client: Client) -> Browser:
    """``browse(user, path)``, and with something typed a POST."""
    return Browser(client)


@pytest.fixture
def assessed(people: factories.Team, walked: Walked) -> Case:
    """A case whose assessment is ready to be submitted."""
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    return case


@pytest.fixture
def submitted(people: factories.Team, assessed: Case) -> Case:
    """An end of stage that waits for its supervisor."""
    transitions.submit(case=assessed, by=people.worker, version=assessed.version)
    return assessed


@pytest.fixture
def candidate(people: factories.Team, walked: Walked) -> Case:
    """A case whose selection can be proposed."""
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    return case


@pytest.fixture
def proposed(people: factories.Team, candidate: Case) -> Case:
    """A selection that waits for its supervisor."""
    transitions.decide(case=candidate, way="accepted", reason="Layak.", by=people.worker, version=candidate.version)
    return candidate
