"""Walked cases for the tests of the services, once per module and worker."""

from collections.abc import Iterator
from typing import Any

import pytest

from rehsos import clock
from services import facility
from services.models import House
from tests import factories
from tests.services.walked import NOW, Walked, walked_cases


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
