"""Where residents are: what may be entered, what the database refuses whoever writes, and that it fits the stay."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.enums import Role
from cases.enums import Stage
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import presence
from services.enums import PresenceKind
from services.models import Presence
from services.transitions import exiting
from tests import factories
from tests.services.walked import NOW

TODAY = date(2026, 3, 10)
LEAVE = {"letter": "400.9/1/ANKN/2026", "due_on": TODAY + timedelta(days=2)}


def later(days):
    return TODAY + timedelta(days=days)


@pytest.fixture
def stay(walked):
    return walked.at(Stage.INTERVENTION).stays.get()


def out(stay, by, kind=PresenceKind.HOSPITAL, on=TODAY, **values):
    return presence.go_out(stay_id=stay.pk, kind=kind, on=on, values=values, by=by)


def raw(stay, by, since_on, until_on=None):
    closed = {"closed_by": by, "closed_at": NOW} if until_on else {}
    kind = PresenceKind.HOSPITAL
    return Presence.objects.create(stay=stay, kind=kind, since_on=since_on, until_on=until_on, recorded_by=by, **closed)


def test_resident_on_leave_is_not_back_once_the_day_is_over(people, stay):
    out(stay, people.worker, PresenceKind.HOME_LEAVE, **LEAVE)
    assert [presence.on_day(stay.institution, later(n)) for n in (-1, 0, 2, 3)] == [
        {},
        {stay.pk: PresenceKind.HOME_LEAVE},
        {stay.pk: PresenceKind.HOME_LEAVE},
        {stay.pk: PresenceKind.NOT_BACK},
    ]


def test_resident_who_came_back_is_in_the_house_that_day(people, stay):
    out(stay, people.worker, PresenceKind.HOME_LEAVE, **LEAVE)
    with clock.at(NOW + timedelta(days=5)):
        presence.come_in(stay_id=stay.pk, on=later(4), by=people.head)
    assert [presence.on_day(stay.institution, later(n)) for n in (1, 3, 4)] == [
        {stay.pk: PresenceKind.HOME_LEAVE},
        {stay.pk: PresenceKind.NOT_BACK},
        {},
    ]


def test_leave_needs_its_letter_and_its_end(people, stay):
    with pytest.raises(Refused, match="nomor surat izin"):
        out(stay, people.worker, PresenceKind.HOME_LEAVE)
    assert not Presence.objects.exists()


def test_one_absence_follows_another_without_a_gap(people, stay):
    with clock.at(NOW + timedelta(days=3)):
        out(stay, people.worker, PresenceKind.SCHOOL)
        out(stay, people.worker, PresenceKind.HOSPITAL, on=later(3))
    assert list(Presence.objects.values_list("kind", "since_on", "until_on")) == [
        ("school", TODAY, later(3)),
        ("hospital", later(3), None),
    ]


def test_officers_of_the_house_record_presence_and_strangers_do_not_find_the_resident(people, stay):
    officer = factories.user("asrama", Role.BOARDING_OFFICER, upt=stay.institution)
    stranger = factories.user("jauh", Role.BOARDING_OFFICER, upt=factories.institution("LAIN"))
    out(stay, officer)
    with pytest.raises(Http404):
        presence.come_in(stay_id=stay.pk, on=TODAY, by=stranger)


def test_coming_back_twice_is_told_as_overtaken(people, stay):
    out(stay, people.worker)
    presence.come_in(stay_id=stay.pk, on=TODAY, by=people.worker)
    with pytest.raises(Stale):
        presence.come_in(stay_id=stay.pk, on=TODAY, by=people.worker)


@pytest.mark.parametrize(("since", "until"), [(9, None), (10, None), (11, 13), (11, None), (7, 11), (11, 11)])
def test_database_refuses_absences_that_overlap(people, stay, since, until):
    raw(stay, people.worker, later(10), later(12))
    with pytest.raises(IntegrityError), transaction.atomic():
        raw(stay, people.worker, later(since), until and later(until))


def test_database_lets_absences_follow_each_other_on_one_day(people, stay):
    raw(stay, people.worker, later(10), later(12))
    raw(stay, people.worker, later(12), later(14))
    raw(stay, people.worker, later(14), later(14))
    raw(stay, people.worker, later(14))
    assert Presence.objects.count() == 4


def test_database_refuses_absences_outside_the_stay(people, stay):
    with pytest.raises(IntegrityError), transaction.atomic():
        raw(stay, people.worker, stay.placed_on - timedelta(days=1))
    row = raw(stay, people.worker, stay.placed_on)
    with pytest.raises(IntegrityError), transaction.atomic():
        Presence.objects.filter(pk=row.pk).update(since_on=stay.placed_on - timedelta(days=1))


def test_leaving_ends_the_absence_and_takes_back_what_lies_after(people, stay):
    with clock.at(NOW + timedelta(days=8)):
        out(stay, people.worker, PresenceKind.NOT_BACK, on=TODAY)
        out(stay, people.worker, PresenceKind.HOSPITAL, on=later(5))
        exiting.depart(case=stay.case, way="left_without_leave", left_on=later(3), account="Pergi.", by=people.worker)
    rows = Presence.objects.values_list("kind", "until_on", "annulled_by", "closed_by")
    assert list(rows) == [("not_back", later(3), None, people.worker.pk), ("hospital", None, people.worker.pk, None)]
    assert presence.on_day(stay.institution, later(3)) == {}


def test_what_was_taken_back_counts_nowhere(people, stay):
    row = out(stay, people.worker)
    presence.annul(presence_id=row.pk, reason="Salah orang.", by=people.worker)
    assert presence.on_day(stay.institution, TODAY) == {}
    out(stay, people.worker, PresenceKind.SCHOOL)
    assert Presence.objects.count() == 2
