"""Stand-ins: who enters and confirms them, and what they lend from which day to which."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts import authority, mfa, standing, standins
from accounts.enums import Role, StandInState
from accounts.mandates import StandIn
from accounts.models import Membership, User
from audit.models import Entry
from rehsos import clock, doors
from rehsos.doors import Refused
from tests.accounts.people import dinas
from tests.accounts.stand_ins import (
    ACTING,
    DAILY,
    EVERYBODY,
    MANDATE,
    SUPERVISOR,
    Staff,
    anew,
    confirmed,
    entered,
    mandate,
    order,
    roles,
    staff,
    supervisor_order,
    today,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Staff:
    return staff()


# --- What is lent, and when ---
def test_role_is_lent_from_the_first_day_to_the_last_and_only_once_confirmed(people):
    first, last = today(people) + timedelta(days=2), today(people) + timedelta(days=4)
    row = entered(people, since_on=first, until_on=last)
    assert roles(people.supervisor, 3) == {Role.SUPERVISOR}
    standins.confirm(stand_in=row, by=people.other_office, version=1)
    lent = {Role.SUPERVISOR, Role.HEAD}
    told = [roles(people.supervisor, days) for days in (1, 2, 4, 5)]
    assert told == [{Role.SUPERVISOR}, lent, lent, {Role.SUPERVISOR}]
    assert set(anew(people.worker).roles) == {Role.SOCIAL_WORKER}


@pytest.mark.parametrize(
    ("zone", "begins", "ends"),
    [
        ("Asia/Jakarta", datetime(2026, 7, 9, 17, tzinfo=UTC), datetime(2026, 7, 12, 17, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2026, 7, 9, 15, tzinfo=UTC), datetime(2026, 7, 12, 15, tzinfo=UTC)),
    ],
)
def test_days_begin_and_end_at_midnight_where_the_upt_is(people, zone, begins, ends):
    people.upt.time_zone = zone
    people.upt.save()
    with clock.at(datetime(2026, 7, 1, 3, tzinfo=UTC)):
        days = {"since_on": begins.date() + timedelta(days=1), "until_on": ends.date()}
        confirmed(people, **days)
    second = timedelta(seconds=1)
    for moment, is_head in ((begins - second, False), (begins, True), (ends - second, True), (ends, False)):
        with clock.at(moment):
            assert (Role.HEAD in anew(people.supervisor).roles) == is_head, moment


def test_revoked_it_ends_at_once_and_the_past_stays_as_it_was(people):
    row = confirmed(people, since_on=today(people) - timedelta(days=3))
    assert Role.HEAD in roles(people.supervisor)
    standins.revoke(stand_in=row, reason="Kepala kembali lebih cepat.", by=people.head, version=row.version)
    assert Role.HEAD not in roles(people.supervisor)
    row = StandIn.objects.select_related("institution").get(pk=row.pk)
    assert (row.holds_on(today(people)), row.holds_on(today(people) - timedelta(days=1))) == (False, True)
    assert row.state == StandInState.REVOKED


def test_whoever_loses_every_role_here_loses_what_is_lent(people):
    confirmed(people)
    Membership.objects.filter(user=people.supervisor).update(until_on=today(people) - timedelta(days=1))
    assert (roles(people.supervisor), anew(people.supervisor).institution) == (set(), None)
    assert standing.on_duty(people.upt, today(people)) == []


def test_colleague_of_the_dinas_works_in_the_upt_meanwhile_and_in_one_only(people):
    assert anew(people.colleague).institution == dinas()
    confirmed(people, holder=people.colleague)
    lent = anew(people.colleague)
    assert (lent.institution, lent.roles, lent.own_roles) == (people.upt, {Role.HEAD}, set())
    assert (lent.capacity(Role.HEAD), lent.role_labels) == (DAILY, ["Plh. Kepala UPT"])
    assert (roles(people.colleague, 30), lent.capacity(Role.SUPERVISOR)) == ({Role.PROVINCE}, "")
    there = staff("BDG")
    with pytest.raises(Refused, match="Dinas_Ankn pada masa itu Plh. Kepala UPT di UPT ANKN"):
        entered(there, holder=people.colleague)


def test_mandate_lends_no_role(people):
    row = entered(people, **mandate(people))
    assert (row.needs_confirming, row.state, row.for_whom) == (False, StandInState.IN_FORCE, people.head)
    assert set(anew(people.section_head).roles) == {Role.SECTION_HEAD}


def test_own_role_comes_before_a_lent_one_in_what_somebody_acts_as(people):
    confirmed(people)
    lent = anew(people.supervisor)
    assert lent.role_labels == ["Supervisor", "Plh. Kepala UPT"]
    assert [lent.capacity(Role.HEAD), lent.capacity(Role.SUPERVISOR)] == [DAILY, ""]
    assert lent.capacity(Role.SUPERVISOR, Role.HEAD) == ""


@pytest.mark.parametrize(("lends", "queries"), [(False, 1), (True, 2)])
def test_roles_cost_one_question_and_one_more_for_who_stands_in(people, lends, queries, django_assert_num_queries):
    if lends:
        confirmed(people)
    user = anew(people.supervisor)
    with django_assert_num_queries(queries):
        assert user.roles and user.institution and user.role_labels and user.capacity(Role.HEAD) is not None


def test_stand_in_is_asked_for_the_code_like_any_head(people, settings):
    settings.REQUIRE_MFA = True
    assert not mfa.is_obliged(anew(people.worker))
    confirmed(people, holder=people.worker)
    assert mfa.is_obliged(anew(people.worker))


def test_nobody_who_could_not_manage_a_head_gets_at_the_account_of_a_stand_in(people):
    """Whoever sets another's password link could sign in as them."""
    assert authority.why_not_manage(people.office, people.worker) == ""
    row = entered(people, holder=people.worker)
    assert authority.why_not_manage(people.office, people.worker) != ""
    standins.revoke(stand_in=row, reason="Salah catat.", by=people.office, version=1)
    assert authority.why_not_manage(people.office, people.worker) == ""


# --- Who enters, who confirms ---
@pytest.mark.parametrize(
    ("kind", "allowed"),
    [
        (ACTING, {"office"}),
        (DAILY, {"office"}),
        (SUPERVISOR, {"supervisor", "head"}),
        (MANDATE, {"head"}),
    ],
)
def test_each_kind_is_entered_by_its_roles(people, kind, allowed):
    free = {who for who in EVERYBODY if not standins.why_not_enter(getattr(people, who), kind)}
    assert free == allowed
    for who in set(EVERYBODY) - allowed:
        with pytest.raises(PermissionDenied):
            entered(people, kind=kind, by=getattr(people, who))


def test_order_needs_a_second_person_who_gets_nothing_from_it(people):
    row = entered(people)
    allowed = {who for who in EVERYBODY if not standins.why_not_confirm(getattr(people, who), row)}
    assert allowed == {"section_head", "admin"}
    assert not standins.why_not_confirm(people.other_office, row)
    assert not standins.why_not_confirm(people.other_supervisor, row)
    for who, words in (("office", "Anda yang mencatat"), ("supervisor", "Anda penggantinya"), ("worker", "tata usaha")):
        with pytest.raises((PermissionDenied, Http404), match=words if who != "worker" else None):
            standins.confirm(stand_in=row, by=getattr(people, who), version=1)
    assert StandIn.objects.get().confirmed_at is None


def test_head_is_one_of_the_two_for_a_supervisor_s_stand_in(people):
    row = entered(people, **supervisor_order(people))
    for who in (people.office, people.supervisor, people.section_head):
        with pytest.raises(PermissionDenied, match="dikonfirmasi oleh Kepala UPT"):
            standins.confirm(stand_in=row, by=who, version=1)
    standins.confirm(stand_in=row, by=people.head, version=1)
    assert set(anew(people.worker).roles) == {Role.SOCIAL_WORKER, Role.SUPERVISOR}
    assert anew(people.worker).capacity(Role.SUPERVISOR) == SUPERVISOR
    standins.revoke(stand_in=row, reason="Salah orang.", by=people.head, version=2)
    row = entered(people, **supervisor_order(people, by=people.head))
    with pytest.raises(PermissionDenied, match="Anda yang mencatat"):
        standins.confirm(stand_in=row, by=people.head, version=1)
    standins.confirm(stand_in=row, by=people.other_supervisor, version=1)


def test_mandate_is_never_confirmed(people):
    row = entered(people, **mandate(people))
    with pytest.raises(PermissionDenied, match="tanpa konfirmasi"):
        standins.confirm(stand_in=row, by=people.office, version=1)


def test_who_stands_in_passes_nothing_on_but_finds_a_stand_in_for_a_supervisor(people):
    confirmed(people, holder=people.section_head)
    lent = anew(people.section_head)
    assert standins.enterable(lent) == [SUPERVISOR]
    with pytest.raises(PermissionDenied, match="Kepala UPT sendiri"):
        entered(people, **mandate(people, by=lent, holder=people.supervisor))
    row = entered(people, **supervisor_order(people))
    standins.confirm(stand_in=row, by=lent, version=1)
    assert standins.enterable(anew(people.worker)) == []


def test_administrator_confirms_from_outside_and_another_upt_sees_nothing(people):
    row, there = entered(people), staff("BDG")
    for who in (there.head, there.office, there.other_office, people.colleague, people.worker):
        with pytest.raises(Http404):
            standins.confirm(stand_in=row, by=who, version=1)
        with pytest.raises(Http404):
            standins.revoke(stand_in=row, reason="Iseng.", by=who, version=1)
    assert standins.confirm(stand_in=row, by=people.admin, version=1).confirmed_by == people.admin


def test_deactivated_hand_confirms_nothing(people):
    row = entered(people)
    User.objects.filter(pk=people.other_office.pk).update(is_active=False)
    with pytest.raises(PermissionDenied):
        standins.confirm(stand_in=row, by=people.other_office, version=1)


# --- One act, one entry ---
def test_every_act_is_in_the_trail_with_its_people(people):
    row = confirmed(people)
    standins.revoke(stand_in=row, reason="Kepala kembali.", by=people.head, version=2)
    entries = list(Entry.objects.order_by("seq"))
    told = [(entry.verb, entry.told.actor_label, entry.told.reason) for entry in entries]
    assert told == [
        ("stand_in.entered", "Tatausaha_Ankn", ""),
        ("stand_in.confirmed", "Tatausaha2_Ankn", ""),
        ("stand_in.revoked", "Kepala_Ankn", "Kepala kembali."),
    ]
    assert {entry.institution_id for entry in entries} == {people.upt.pk}
    subjects = [(subject.kind, subject.label) for subject in entries[0].told.subjects]
    assert subjects == [("stand_in", "Plh. Kepala UPT"), ("user", "Supervisor_Ankn"), ("user", "Kepala_Ankn")]
    assert entries[0].told.data["order"] == "800.1.11.1/217/2026"


def test_form_sent_twice_has_one_effect(people):
    keys = {act: doors.form_key(people.office, act, "x") for act in ("enter", "confirm", "revoke")}
    rows = [standins.enter(kind=DAILY, values=order(people), by=people.office, key=keys["enter"]) for _ in range(3)]
    assert len({row.pk for row in rows}) == 1
    for _time in range(2):
        standins.confirm(stand_in=rows[0], by=people.section_head, version=1, key=keys["confirm"])
    for _time in range(2):
        standins.revoke(stand_in=rows[0], reason="Kembali.", by=people.head, version=2, key=keys["revoke"])
    assert (StandIn.objects.count(), Entry.objects.count()) == (1, 3)
