"""A worker at noon, and the page of an assessment that waits to be written."""

from collections.abc import Iterator

import pytest
from django.test import Client

from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from tests import factories
from tests.accounts.drafts.drafting import NOON, signed_in


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def people() -> factories.Team:
    return factories.team()


@pytest.fixture
def case(people: factories.Team) -> Case:
    return factories.case(people, Stage.ASSESSMENT)


@pytest.fixture
def url(case: Case) -> str:
    return f"/kasus/{case.number}/tahap/asesmen/isi/asesmen/"


@pytest.fixture
def browser(people: factories.Team) -> Client:
    return signed_in(people.worker)
