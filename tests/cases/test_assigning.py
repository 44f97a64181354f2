"""Who works on a case, from which day to which."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import Membership, User
from audit import trail
from cases import registry
from cases.models import Assignment, Case
from rehsos import clock
from services.demo import walk
from tests import factories
from tests.services.process.refusals import forbidden, not_found, refused

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 10, 4, tzinfo=UTC)
TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def on_a_tuesday():
    with clock.at(NOW):
        yield


@pytest.fixture
def people():
    return factories.team()


def assignments(case):
    return list(case.assignments.order_by("pk").values_list("worker__username", "since_on", "until_on"))


def test_case_is_shared_and_passed_on(people):
    case = factories.case(people)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor)
    assert assignments(case) == [("pekerja_ankn", TODAY, None), ("pekerja2_ankn", TODAY, None)]
    with clock.at(datetime(2026, 3, 12, 4, tzinfo=UTC)):
        registry.assign(case=case, worker=people.other_worker, by=people.head, only=True)
    assert assignments(case) == [("pekerja_ankn", TODAY, date(2026, 3, 12)), ("pekerja2_ankn", TODAY, None)]


def test_case_may_return_to_its_worker_on_the_same_day(people):
    case = factories.case(people)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor, only=True)
    registry.assign(case=case, worker=people.worker, by=people.supervisor, only=True)
    assert assignments(case) == [
        ("pekerja_ankn", TODAY, TODAY),
        ("pekerja2_ankn", TODAY, TODAY),
        ("pekerja_ankn", TODAY, None),
    ]
    assert [list(Case.objects.visible_to(user)) for user in (people.worker, people.other_worker)] == [[case], []]


def test_case_assigned_again_changes_nothing_but_is_told(people):
    case = factories.case(people)
    again = registry.assign(case=case, worker=people.worker, by=people.supervisor)
    assert assignments(case) == [("pekerja_ankn", TODAY, None)]
    assert again == case.assignments.get()
    assert trail.entries_for("case", case.pk).first().verb == "case.assigned"


def test_only_supervisor_and_head_share_out_cases(people):
    case = factories.case(people)
    for role in (Role.SECTION_HEAD, Role.ADMIN_OFFICE):
        by = factories.user(f"orang_{role}", role)
        with forbidden("Hanya supervisor atau Kepala UPT yang membagi tugas kasus."):
            registry.assign(case=case, worker=people.other_worker, by=by)
    with forbidden("Hanya supervisor atau Kepala UPT yang membagi tugas kasus."):
        registry.assign(case=case, worker=people.other_worker, by=people.worker)
    elsewhere = factories.team(factories.institution("LAIN"))
    with not_found("Kasus tidak ditemukan."):
        registry.assign(case=case, worker=elsewhere.worker, by=elsewhere.head)


@pytest.mark.parametrize("why", ["other role", "other UPT", "inactive", "ended", "not yet"])
def test_case_is_given_to_social_workers_of_the_upt_alone(people, why):
    case, worker = factories.case(people), people.other_worker
    membership = Membership.objects.filter(user=worker)
    if why == "other role":
        membership.update(role=Role.NURSE)
    elif why == "other UPT":
        membership.update(institution=factories.institution("LAIN"))
    elif why == "inactive":
        User.objects.filter(pk=worker.pk).update(is_active=False)
    elif why == "ended":
        membership.update(until_on=TODAY - timedelta(days=1))
    else:
        membership.update(since_on=TODAY + timedelta(days=1))
    with refused("Pekerja2 Ankn bukan pekerja sosial UPT ini."):
        registry.assign(case=case, worker=worker, by=people.supervisor)


def test_closed_case_is_not_given_to_anybody(people):
    case = walk.to_end(people, factories.case(people))
    with refused("Kasus sudah ditutup."):
        registry.assign(case=case, worker=people.other_worker, by=people.supervisor)


def test_form_sent_twice_assigns_once(people):
    case = factories.case(people)
    words = {"case": case, "worker": people.other_worker, "by": people.supervisor, "key": "k1"}
    assert registry.assign(**words) == registry.assign(**words)
    assert Assignment.objects.filter(case=case, worker=people.other_worker).count() == 1


def test_one_open_assignment_of_a_worker_is_a_rule_of_the_database(people):
    case = factories.case(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.create(case=case, worker=people.worker, since_on=TODAY, assigned_by=people.head)
