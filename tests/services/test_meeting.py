"""Whom a meeting means is told alike in Python, in the list of a session, and by the database for one client."""

from datetime import date, time, timedelta
from itertools import product

import pytest

from cases.enums import Bimbingan, Stage
from cases.models import Assignment
from services import attendees, delivered, meeting
from services.clashes import Residents
from services.models import Goal, Session, Slot, SlotCase
from services.session_enums import Audience
from tests.services import meetings

RELIGIONS = ("", "islam", "protestant")
HOUSES = ("", "Asrama Melati", "Asrama Mawar")


@pytest.fixture
def case(walked):
    case = walked.at(Stage.INTERVENTION)
    stay = case.stays.get()
    stay.placed_on -= timedelta(days=10)
    stay.save(update_fields=["placed_on"])
    return case


@pytest.fixture
def every(people, case):
    """A session of yesterday for every audience, religion of the activity, house and bimbingan, chosen and not."""
    upt, on = people.worker.institution, people.worker.institution.today() - timedelta(days=1)
    kinds = [
        (bimbingan, religion) for bimbingan in (Bimbingan.SOCIAL, Bimbingan.PSYCHOSOCIAL) for religion in RELIGIONS
    ]
    found = []
    for bimbingan, religion in kinds:
        code = {"social": "D.l", "psychosocial": "D.k"}[bimbingan]
        name = f"{bimbingan} {religion}"
        what = meetings.activity(people.supervisor, name, bimbingan=bimbingan, code=code, religion=religion)
        for audience, is_chosen, house in product(Audience, (True, False), HOUSES):
            if (audience == Audience.HOUSE) == bool(house):
                shared = {"institution": upt, "activity": what, "starts_at": time(9), "ends_at": time(10)}
                shared |= {"audience": audience, "house": house}
                slot = Slot.objects.create(weekday=on.weekday(), since_on=date(2026, 1, 1), **shared)
                if is_chosen:
                    SlotCase.objects.create(slot=slot, case=case)
                found.append((Session.objects.create(slot=slot, on=on, **shared), is_chosen))
    return found


@pytest.mark.parametrize("religion", RELIGIONS)
@pytest.mark.parametrize("house", HOUSES)
def test_everybody_who_asks_whom_a_meeting_means_is_told_the_same(people, case, every, religion, house):
    client, stay = case.client, case.stays.get()
    client.religion = religion
    client.save(update_fields=["religion"])
    stay.house = house
    stay.save(update_fields=["house"])
    today = people.worker.institution.today()
    goals = Goal.objects.filter(case=case, round=case.round, edition=case.plan_edition)
    planned = set(goals.values_list("bimbingan", flat=True))
    assert planned & {"social", "psychosocial"} == {"psychosocial"}

    told = {
        one.pk
        for one, is_chosen in every
        if meeting.means(
            one,
            house=house,
            religion=religion,
            is_planned=one.activity.bimbingan in planned,
            is_chosen=is_chosen,
        )
    }
    residents = Residents(people.worker.institution, today - timedelta(days=1))
    chosen = {one.pk: [case.pk] if is_chosen else [] for one, is_chosen in every}
    by_database = {met.session.pk for met in delivered.of_case(case, [stay], planned, today)}
    on_lists = {
        one.session.pk
        for one in attendees.of_sessions(Session.objects.all())
        if stay.pk in {place.stay for place in one.listed}
    }
    Assignment.objects.create(case=case, worker=people.other_worker, since_on=today, assigned_by=people.supervisor)
    in_sight = {one.pk for one in Session.objects.visible_to(people.other_worker)}
    assert 0 < len(told) < len(every)
    assert in_sight == told
    assert by_database == told
    assert on_lists == told
    assert {one.pk for one, _chosen in every if case.pk in residents.meant_by(one, chosen[one.pk])} == told
