"""Who sees which case and client: by role, by assignment and its dates, and never across UPTs."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from accounts.enums import Role
from accounts.models import Membership, User
from cases import registry
from cases.models import Assignment, Case, Client
from rehsos import clock
from services.demo import walk
from tests import factories

pytestmark = pytest.mark.django_db

WHOLE_UPT = [Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE]
NOTHING = [
    Role.INSTRUCTOR,
    Role.BOARDING_OFFICER,
    Role.RELIGIOUS_INSTRUCTOR,
    Role.NURSE,
    Role.PSYCHOLOGIST,
    Role.PROVINCE,
    Role.ADMINISTRATOR,
]


def seen(person):
    """What a person sees, as their next page load knows them: case and client numbers."""
    user = User.objects.get(pk=person.pk)
    cases = Case.objects.visible_to(user).order_by("pk").values_list("number", flat=True)
    clients = Client.objects.visible_to(user).order_by("pk").values_list("number", flat=True)
    return list(cases), list(clients)


def assign(case, worker, since=0, until=None):
    """An assignment from so many days from today until so many."""
    today = case.institution.today()
    return Assignment.objects.create(
        case=case,
        worker=worker,
        since_on=today + timedelta(days=since),
        until_on=None if until is None else today + timedelta(days=until),
        assigned_by=worker,
    )


def test_every_role_is_of_one_kind():
    assert sorted([*WHOLE_UPT, *NOTHING, Role.SOCIAL_WORKER]) == sorted(Role)


@pytest.mark.parametrize("role", WHOLE_UPT)
def test_roles_for_the_whole_upt_see_all_of_it_and_nothing_else(role):
    here, elsewhere = factories.team(), factories.team(factories.institution("LAIN"))
    cases = [factories.case(here), factories.case(here)]
    idle = factories.client(here)
    factories.case(elsewhere)
    assert seen(factories.user("orang", role)) == (
        [case.number for case in cases],
        [*(case.client.number for case in cases), idle.number],
    )


@pytest.mark.parametrize("role", NOTHING)
def test_other_roles_see_nothing(role):
    people = factories.team()
    factories.case(people)
    factories.client(people)
    assert seen(factories.user("orang", role)) == ([], [])


def test_person_without_a_upt_sees_nothing():
    people = factories.team()
    case = factories.case(people)
    nobody = factories.user("tanpa_upt")
    assign(case, nobody)
    assert seen(nobody) == ([], [])
    assert list(Case.objects.assigned_to(nobody)) == []


def test_worker_sees_assigned_cases_and_own_newcomers():
    people = factories.team()
    mine, others = factories.case(people), factories.case(people)
    registry.assign(case=others, worker=people.other_worker, by=people.supervisor, only=True)
    fresh = factories.client(people, name="Baru Didaftar")
    walk.register(people.other_worker, name="Bukan Milik Saya")
    assert seen(people.worker) == ([mine.number], [mine.client.number, fresh.number])


def test_newcomer_leaves_the_registrar_with_the_case():
    """Once somebody else has the case, having typed the name in gives no right to the file."""
    people = factories.team()
    person = factories.client(people)
    case = walk.open_case(people, person)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor, only=True)
    assert seen(people.worker) == ([], [])
    assert seen(people.other_worker) == ([case.number], [person.number])


def test_reassigned_case_is_gone_the_same_day():
    people = factories.team()
    case = factories.case(people)
    assert seen(people.worker) == ([case.number], [case.client.number])
    registry.assign(case=case, worker=people.other_worker, by=people.head, only=True)
    assert seen(people.worker) == ([], [])
    assert seen(people.other_worker) == ([case.number], [case.client.number])


def test_second_worker_leaves_the_first_in_sight():
    people = factories.team()
    case = factories.case(people)
    registry.assign(case=case, worker=people.other_worker, by=people.head)
    assert seen(people.worker)[0] == seen(people.other_worker)[0] == [case.number]


@pytest.mark.parametrize(
    ("since", "until", "sees"),
    [
        (0, None, True),
        (-3, None, True),
        (-3, 1, True),
        (1, None, False),
        (-3, 0, False),
        (0, 0, False),
        (-9, -3, False),
    ],
)
def test_assignment_holds_from_its_first_day_to_the_one_before_its_last(since, until, sees):
    people = factories.team()
    case = walk.open_case(people, factories.client(people))
    assign(case, people.other_worker, since, until)
    assert seen(people.other_worker) == (([case.number], [case.client.number]) if sees else ([], []))
    assert list(Case.objects.assigned_to(people.other_worker)) == ([case] if sees else [])


def test_assignment_outside_ones_upt_shows_nothing():
    here, elsewhere = factories.team(), factories.team(factories.institution("LAIN"))
    case = factories.case(elsewhere)
    assign(case, here.worker)
    assert seen(here.worker) == ([], [])


def test_worker_who_moved_sees_nothing_of_the_old_upt():
    people = factories.team()
    factories.case(people)
    Membership.objects.filter(user=people.worker).update(institution=factories.institution("LAIN"))
    assert seen(people.worker) == ([], [])


def test_role_that_ended_yesterday_shows_nothing_and_one_that_ends_today_still_does():
    people = factories.team()
    case = factories.case(people)
    today = case.institution.today()
    for days, sees in ((-1, False), (0, True)):
        Membership.objects.filter(user=people.head).update(until_on=today + timedelta(days=days))
        assert seen(people.head)[0] == ([case.number] if sees else [])


@pytest.mark.parametrize(("zone", "hour"), [("Asia/Jakarta", 17), ("Asia/Makassar", 16), ("Asia/Jayapura", 15)])
def test_role_ends_with_the_day_where_the_upt_is(zone, hour):
    """The server's own calendar is a different one for the first hours of every day."""
    people = factories.team(factories.institution("ZONA", time_zone=zone))
    Membership.objects.filter(user=people.head).update(since_on=date(2026, 3, 10), until_on=date(2026, 3, 10))
    begins, ends = datetime(2026, 3, 9, hour, tzinfo=UTC), datetime(2026, 3, 10, hour, tzinfo=UTC)
    moments = (begins - timedelta(seconds=1), begins, ends - timedelta(seconds=1), ends)
    held = []
    for moment in moments:
        with clock.at(moment):
            held.append(User.objects.get(pk=people.head.pk).has_role(Role.HEAD))
    assert held == [False, True, True, False]


def test_closed_case_stays_in_sight():
    people = factories.team()
    case = walk.to_end(people, factories.case(people))
    assert seen(people.worker) == ([case.number], [case.client.number])


def test_client_of_several_episodes_is_listed_once():
    people = factories.team()
    case = walk.to_end(people, factories.case(people))
    second = walk.open_case(people, case.client)
    assign(second, people.other_worker)
    assert seen(people.worker) == ([case.number, second.number], [case.client.number])
    assert seen(people.other_worker) == ([second.number], [case.client.number])


DAYS = st.integers(-3, 3)
ROWS = st.lists(
    st.tuples(st.integers(0, 3), st.booleans(), DAYS, st.none() | DAYS),
    max_size=8,
)


@given(rows=ROWS, roles=st.sets(st.sampled_from(Role), max_size=2), is_registrar=st.booleans())
def test_case_and_client_are_seen_together(rows, roles, is_registrar):
    """A case is never seen without its client, nor a client without a case, a right to the UPT or one's own entry."""
    with transaction.atomic():
        people = factories.team()
        person = factories.user("orang", *sorted(roles))
        opener = people.worker
        cases = [walk.open_case(people, factories.client(people)) for _ in range(3)]
        cases.append(factories.case(factories.team(factories.institution("LAIN"))))
        idle = factories.client(people)
        if is_registrar:
            Client.objects.filter(institution=idle.institution).update(registered_by=person)
        for number, is_mine, since, until in rows:
            if until is None or until >= since:
                taken = Assignment.objects.filter(case=cases[number], until_on__isnull=True)
                worker = person if is_mine else opener
                if until is not None or not taken.filter(worker=worker).exists():
                    assign(cases[number], worker, since, until)
        user = User.objects.get(pk=person.pk)
        seen_cases, seen_clients = Case.objects.visible_to(user), list(Client.objects.visible_to(user))
        with_case = {case.client_id for case in seen_cases}
        new = {idle.pk} if is_registrar and user.has_role(Role.SOCIAL_WORKER) else set()
        everyone = set(Client.objects.filter(institution=user.institution).values_list("pk", flat=True))
        expected = everyone if user.has_role(*WHOLE_UPT) else with_case | new
        assert sorted(client.pk for client in seen_clients) == sorted(expected)
        assert with_case <= expected
        assert {case.institution_id for case in seen_cases} <= {user.institution and user.institution.pk}
        transaction.set_rollback(True)
