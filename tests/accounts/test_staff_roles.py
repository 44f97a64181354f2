"""The roles of somebody: replaced as a whole, one UPT at a time, from day to day."""

import json
from datetime import date, timedelta

import pytest

from accounts import staffing
from accounts.enums import Role
from accounts.models import Membership, User
from accounts.staffing import Grant
from audit.models import Entry
from rehsos.doors import Refused
from tests.accounts.people import person, upt
from tests.accounts.staff import House, house

pytestmark = pytest.mark.django_db


@pytest.fixture
def office_house() -> House:
    return house()


def test_roles_are_replaced_as_a_whole(office_house):
    worker = office_house.worker
    grants = [Grant(Role.SOCIAL_WORKER, upt()), Grant(Role.SUPERVISOR, upt(), date(2026, 1, 1), date(2026, 1, 31))]
    staffing.set_roles(person=worker, grants=grants, by=office_house.head, version=1)
    rows = list(worker.memberships.order_by("pk").values_list("role", "since_on", "until_on"))
    assert rows == [("social_worker", None, None), ("supervisor", date(2026, 1, 1), date(2026, 1, 31))]
    data = json.loads(Entry.objects.get(verb="user.roles_changed").detail.body)["data"]
    assert data == {
        "before": ["social_worker ANKN"],
        "after": ["social_worker ANKN", "supervisor ANKN 2026-01-01–2026-01-31"],
    }


def test_a_head_changes_only_the_roles_in_their_own_upt(office_house):
    last = upt().today() + timedelta(days=10)
    moving = person("pindah")
    Membership.objects.create(user=moving, institution=upt(), role=Role.SOCIAL_WORKER, until_on=last)
    later = Membership.objects.create(
        user=moving, institution=upt("BDG"), role=Role.NURSE, since_on=last + timedelta(days=1)
    )
    act = {"person": moving, "by": office_house.head, "version": 1}
    with pytest.raises(Refused, match="satu UPT pada satu waktu"):
        staffing.set_roles(grants=[Grant(Role.INSTRUCTOR, upt())], **act)
    staffing.set_roles(grants=[Grant(Role.INSTRUCTOR, upt(), None, last)], **act)
    assert list(moving.memberships.order_by("role").values_list("role", flat=True)) == ["instructor", "nurse"]
    assert Membership.objects.filter(pk=later.pk).exists()


@pytest.mark.parametrize(
    "here, there, may",
    [
        ((None, date(2026, 6, 30)), (date(2026, 7, 1), None), True),
        ((None, date(2026, 7, 1)), (date(2026, 7, 1), None), False),
        ((None, None), (date(2026, 7, 1), None), False),
    ],
)
def test_one_upt_at_a_time(office_house, here, there, may):
    grants = [Grant(Role.SOCIAL_WORKER, upt(), *here), Grant(Role.SOCIAL_WORKER, upt("BDG"), *there)]
    act = {"person": office_house.worker, "grants": grants, "by": office_house.admin, "version": 1}
    if may:
        staffing.set_roles(**act)
        assert office_house.worker.memberships.count() == 2
    else:
        with pytest.raises(Refused, match="satu UPT pada satu waktu"):
            staffing.set_roles(**act)


@pytest.mark.parametrize(
    "grants, words",
    [
        ([(Role.NURSE, None, None), (Role.NURSE, date(2026, 1, 1), None)], "hanya ditulis sekali"),
        ([(Role.NURSE, date(2026, 2, 1), date(2026, 1, 1))], "mendahului"),
    ],
)
def test_impossible_roles_are_refused(office_house, grants, words):
    with pytest.raises(Refused, match=words):
        staffing.set_roles(
            person=office_house.worker,
            grants=[Grant(role, upt(), *days) for role, *days in grants],
            by=office_house.head,
            version=1,
        )


def test_roles_begin_and_end_on_the_upts_own_day(office_house):
    """A role that ends today still holds today, one that begins tomorrow does not hold yet."""
    today = upt().today()
    worker = office_house.worker
    grants = [
        Grant(Role.SOCIAL_WORKER, upt(), None, today),
        Grant(Role.NURSE, upt(), today + timedelta(days=1), None),
        Grant(Role.INSTRUCTOR, upt(), None, today - timedelta(days=1)),
    ]
    staffing.set_roles(person=worker, grants=grants, by=office_house.head, version=1)
    assert User.objects.get(pk=worker.pk).roles == {Role.SOCIAL_WORKER}
