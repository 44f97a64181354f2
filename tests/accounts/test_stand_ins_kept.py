"""What the database itself refuses about stand-ins."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.enums import Role
from accounts.mandates import StandIn
from rehsos import clock
from tests.accounts.stand_ins import Staff, confirmed, entered, roles, staff, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Staff:
    return staff()


@pytest.mark.parametrize(
    ("broken", "constraint"),
    [
        ({"confirmed_by": "office"}, "stand_in_four_eyes"),
        ({"confirmed_by": "supervisor"}, "stand_in_four_eyes"),
        ({"confirmed_by": "section_head", "confirmed_at": None}, "stand_in_confirmed_pair"),
        ({"until_on": -1}, "stand_in_dates"),
        ({"for_whom": "supervisor"}, "stand_in_two_people"),
        ({"for_whom": None}, "stand_in_for_whom"),
        ({"role": Role.INSTRUCTOR}, "stand_in_role"),
        ({"revoked_by": "head"}, "stand_in_revoked_pair"),
    ],
)
def test_database_holds_what_the_code_promises(people, broken, constraint):
    row = entered(people)
    values = {
        name: getattr(people, value)
        if isinstance(value, str) and hasattr(people, value)
        else row.since_on + timedelta(days=value)
        if isinstance(value, int)
        else value
        for name, value in broken.items()
    }
    if "confirmed_by" in values:
        values = {"confirmed_at": clock.now()} | values
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        StandIn.objects.filter(pk=row.pk).update(**values)


@contextmanager
def without(constraint: str):
    """The table without one of its promises, until the test ends."""
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE accounts_standin DROP CONSTRAINT {constraint}")
        yield
        if sqlite:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_negative_control_it_is_the_constraint_that_refuses_one_person(people):
    row = entered(people)
    with without("stand_in_four_eyes"):
        StandIn.objects.filter(pk=row.pk).update(confirmed_by=people.office, confirmed_at=clock.now())
        assert Role.HEAD in roles(people.supervisor)


def test_negative_control_it_is_the_days_that_end_it(people, monkeypatch):
    confirmed(people, until_on=today(people))
    assert Role.HEAD not in roles(people.supervisor, 1)
    monkeypatch.setattr(StandIn, "holds_on", lambda row, day: True)
    assert Role.HEAD in roles(people.supervisor, 1)
