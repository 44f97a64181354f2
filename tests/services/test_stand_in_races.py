"""Orders and sign-offs of many cases at the same moment: one post has one stand-in, no case is signed twice."""

import pytest

from accounts import standins
from accounts.enums import Role, StandInKind
from accounts.mandates import StandIn
from audit.verify import Walk
from cases.enums import Stage
from rehsos import doors
from rehsos.doors import Refused, Stale
from services import transitions
from services.models import Supervision
from tests import factories
from tests.accounts.stand_ins import order
from tests.services.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def people(db):
    return factories.team()


@pytest.fixture
def office(people):
    return [factories.user(f"tata{number}", Role.ADMIN_OFFICE) for number in range(3)]


def enter(people, by, holder, key=""):
    return standins.enter(kind=StandInKind.DAILY, values=order(people, holder=holder), by=by, key=key)


def test_two_orders_for_one_post_at_once_make_one(people, office):
    for _round in range(ROUNDS):
        answers = at_once(
            lambda: enter(people, office[0], people.supervisor),
            lambda: enter(people, office[1], people.worker),
        )
        assert sorted(type(answer) for answer in answers if not isinstance(answer, StandIn)) == [Refused]
        StandIn.objects.all().delete()


def test_two_who_confirm_at_once_are_one_and_a_late_one(people, office):
    for _round in range(ROUNDS):
        row = enter(people, office[0], people.worker)
        answers = at_once(
            *[lambda by=by, row=row: standins.confirm(stand_in=row, by=by, version=1) for by in (office[1], office[2])]
        )
        assert [type(answer) for answer in answers if not isinstance(answer, StandIn)] == [Stale]
        StandIn.objects.all().delete()


def test_the_same_order_five_times_at_once_is_one(people, office):
    key = doors.form_key(office[0], "stand_in_plh", "x")
    answers = at_once(*[lambda: enter(people, office[0], people.worker, key)] * 5)
    assert {answer.pk for answer in answers} == {StandIn.objects.get().pk}


def test_two_supervisors_with_the_same_cases_never_wait_in_a_circle(people):
    cases = [
        factories.case(people, Stage.ASSESSMENT, factories.client(people, name=name))
        for name in ("Adi", "Bayu", "Cipto")
    ]
    versions = {case.pk: case.version for case in cases}

    def sign(by, chosen):
        return transitions.supervise_many(
            cases=chosen, versions=versions, note="Dibahas.", by=by, on=by.institution.today(), partly=True
        )

    answers = at_once(
        lambda: sign(people.supervisor, cases),
        lambda: sign(people.other_supervisor, list(reversed(cases))),
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Given", "Refused"]
    signed = Supervision.objects.filter(code="B.e").values_list("case", flat=True)
    assert sorted(signed) == sorted(case.pk for case in cases)
    assert list(Walk(cases[0].institution_id).problems()) == []


def test_the_same_form_five_times_at_once_signs_once(people):
    case = factories.case(people, Stage.ASSESSMENT)
    by = people.supervisor
    key = doors.form_key(by, "supervise_many", "x")
    words = {
        "versions": {case.pk: case.version},
        "note": "Dibahas.",
        "by": by,
        "on": by.institution.today(),
        "key": key,
    }
    answers = at_once(*[lambda: transitions.supervise_many(cases=[case], **words)] * 5)
    assert {row.pk for answer in answers for row in answer.signed} == {Supervision.objects.get(code="B.e").pk}
