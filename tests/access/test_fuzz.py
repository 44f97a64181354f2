"""Whatever is asked and sent, by whomever: no answer is a fault."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import pytest
from django.utils.http import urlencode

from accounts import rights
from accounts.enums import Role
from accounts.rights import Who
from rehsos import clock
from tests.access.drawn import Page
from tests.access.hostile import Hostile
from tests.access.world import World, built
from tests.services.walked import NOW

# Not inside one transaction: on PostgreSQL the first refused value would spoil all that follows.
pytestmark = pytest.mark.django_db(transaction=True)

WHO = (Role.SUPERVISOR, Role.HEAD, Role.ADMINISTRATOR, Role.SOCIAL_WORKER, Role.ADMIN_OFFICE, None)
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def world():
    with built() as world, clock.at(NOW):
        yield world


def faults(world: World, requests: Iterable[tuple[Who, str, str, Any]]) -> list[tuple]:
    """Those of the requests that are answered with a fault."""
    found = []
    for who, method, address, data in requests:
        options = {"content_type": FORM} if method == "POST" else {}
        answer = world.send(who, method, address, urlencode(data), **options)
        if answer.status_code >= 500:
            found.append((answer.status_code, who, method, address[:300], str(data)[:300]))
    return found


def anything(hostile: Hostile) -> Iterator[tuple[Who, str, str, Any]]:
    """Every third request is a POST."""
    for address in hostile.addresses():
        method = "POST" if hostile.random.random() < 0.33 else "GET"
        yield hostile.random.choice(WHO), method, address, hostile.form() if method == "POST" else {}


def filled(world: World, hostile: Hostile) -> Iterator[tuple[Who, str, str, Any]]:
    """The forms of the site's own pages, with genuine keys and hostile content."""
    pages = [name for name, rule in rights.RULES.items() if rule.reads and not name.startswith("reports:")]
    while True:
        for name in pages:
            who = hostile.random.choice([role for role in WHO if role in rights.RULES[name].reads] or [Role.HEAD])
            address = world.address(name, who, rights.RULES[name].about.objects[0])
            answer = world.send(who, "GET", address)
            html = answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""
            for form in Page(html).forms:
                if form.method == "POST" and not form.action.startswith("/keluar/"):
                    yield who, "POST", form.action or address, hostile.filled(form)


@pytest.mark.parametrize(
    ("seed", "requests"), [(1, 400), *(pytest.param(seed, 2_500, marks=pytest.mark.heavy) for seed in (2, 3))]
)
def test_no_address_is_answered_with_a_fault(world, seed, requests):
    assert faults(world, islice(anything(Hostile(seed)), requests)) == []


@pytest.mark.parametrize(
    ("seed", "requests"), [(1, 100), *(pytest.param(seed, 1_500, marks=pytest.mark.heavy) for seed in (2, 3))]
)
def test_no_form_is_answered_with_a_fault(world, seed, requests):
    assert faults(world, islice(filled(world, Hostile(seed)), requests)) == []
