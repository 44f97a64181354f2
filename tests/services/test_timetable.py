"""The weekly pattern: what it makes and never twice, what it clashes with, what pauses and ends; who may."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts.enums import Role
from cases.enums import Bimbingan, Stage
from rehsos.doors import Refused, Stale
from services import arranging, attendees, clashes, programme, timetable
from services.catalogue import BIMBINGAN
from services.models import ProgrammeActivity, Session, Slot
from services.models.programme import SERVICE_CODES
from services.session_enums import Audience, Leader, SessionState
from services.workflow import PAIRS
from tests import factories
from tests.services import meetings
from tests.services.moving import move

TODAY = date(2026, 3, 10)  # the Tuesday of the walked cases


MONDAY = date(2026, 3, 9)


@pytest.fixture
def upt(people):
    return people.worker.institution


@pytest.fixture
def dynamics(people):
    return meetings.activity(people.supervisor)


@pytest.fixture
def slot(people, upt, dynamics):
    """``slot(weekday=…)``: one line of the pattern, by the supervisor."""

    def add(cases=(), despite=False, **values):
        told = {
            "activity": dynamics,
            "weekday": 2,
            "starts_at": time(9),
            "ends_at": time(10),
            "audience": Audience.EVERYONE,
            "since_on": MONDAY,
            **values,
        }
        return timetable.add_slot(institution=upt, values=told, cases=cases, by=people.supervisor, despite=despite)

    return add


def days_of(row):
    return list(Session.objects.filter(slot=row).values_list("on", flat=True))


def test_codes_of_sessions_are_the_services_of_the_workflow():
    assert {one: pair.service for one, pair in PAIRS.items()} == SERVICE_CODES


def test_list_begins_with_the_thirty_five_of_the_document(people, upt):
    assert programme.begin(institution=upt, beginning="ankn", by=people.head) == 35
    rows = ProgrammeActivity.objects.filter(institution=upt)
    assert rows.count() == sum(len(one.activities) for one in BIMBINGAN.values()) == 35
    urine = rows.get(key="urine_test")
    assert (urine.name, urine.code, urine.led_by, urine.is_confidential) == ("Tes urine", "D.j", "nurse", True)
    with pytest.raises(Refused):
        programme.begin(institution=upt, beginning="elderly", by=people.head)


@pytest.mark.parametrize("one", programme.beginnings(), ids=lambda one: one.key)
def test_every_list_to_begin_with_is_sound(people, upt, one):
    assert programme.begin(institution=upt, beginning=one.key, by=people.supervisor) == len(one.rows) > 10


def test_activity_is_changed_and_retired_but_keeps_as_what_it_counted(people, upt, dynamics):
    changed = programme.change(activity=dynamics, values={"room": "Aula"}, by=people.head, version=1)
    assert (changed.room, changed.version) == ("Aula", 2)
    with pytest.raises(Stale):
        programme.change(activity=dynamics, values={"room": "Bengkel"}, by=people.head, version=1)
    meetings.session(people.supervisor, dynamics)
    with pytest.raises(Refused):
        programme.change(
            activity=dynamics, values={"bimbingan": Bimbingan.PHYSICAL, "code": "D.j"}, by=people.head, version=2
        )
    retired = programme.retire(activity=dynamics, by=people.head, version=2)
    assert retired.retired_on == TODAY
    assert programme.bring_back(activity=dynamics, by=people.head, version=3).retired_on is None


def test_activity_on_the_timetable_is_not_retired(people, dynamics, slot):
    slot()
    with pytest.raises(Refused):
        programme.retire(activity=dynamics, by=people.head, version=1)


@pytest.mark.parametrize("role", [Role.SOCIAL_WORKER, Role.INSTRUCTOR, Role.NURSE, Role.BOARDING_OFFICER])
def test_others_keep_neither_list_nor_timetable(people, upt, dynamics, role):
    person = factories.user("orang", role, upt=upt)
    with pytest.raises(PermissionDenied):
        programme.add(institution=upt, values={"name": "Catur"}, by=person)
    with pytest.raises(PermissionDenied):
        timetable.add_holiday(institution=upt, on=TODAY, name="Nyepi", by=person)
    with pytest.raises(PermissionDenied):
        arranging.generate(institution=upt, first=MONDAY, last=TODAY, by=person)


def test_pattern_of_a_stranger_is_out_of_sight(people, slot):
    there = factories.team(factories.institution("LANSIA", client_number_pattern="L{yy}-{seq:04d}"))
    with pytest.raises(Http404):
        timetable.end_slot(slot=slot(), until_on=TODAY, by=there.supervisor, version=1)


def test_line_makes_the_sessions_of_four_weeks_and_never_twice(people, upt, slot):
    row = slot()
    wednesdays = [date(2026, 3, 11) + timedelta(weeks=n) for n in range(4)]
    assert days_of(row) == wednesdays
    for _time in range(2):
        assert arranging.generate(institution=upt, first=MONDAY, last=wednesdays[-1], by=people.supervisor) == 0
    call_command("sessions_generate")
    assert days_of(row) == wednesdays
    with pytest.raises(IntegrityError), transaction.atomic():
        Session.objects.create(
            institution=upt, activity=row.activity, slot=row, on=wednesdays[0], starts_at=time(9), ends_at=time(10)
        )


def test_later_week_is_made_on_demand(people, upt, slot):
    row = slot(until_on=date(2026, 5, 1))
    last = date(2026, 5, 31)
    assert arranging.generate(institution=upt, first=date(2026, 4, 6), last=last, by=people.supervisor) == 4
    assert days_of(row)[-1] == date(2026, 4, 29)


def test_exception_and_holiday_take_the_session_away_and_bring_it_back(people, upt, slot):
    row = slot()
    timetable.skip(slot=row, on=date(2026, 3, 18), reason="Rapat", by=people.supervisor)
    holiday = timetable.add_holiday(institution=upt, on=date(2026, 3, 25), name="Idulfitri", by=people.supervisor)
    assert days_of(row) == [date(2026, 3, 11), date(2026, 4, 1)]
    assert arranging.fill(upt, by=people.supervisor) == 0
    timetable.remove_holiday(holiday=holiday, by=people.supervisor)
    assert days_of(row) == [date(2026, 3, 11), date(2026, 3, 25), date(2026, 4, 1)]


def test_changed_line_moves_what_nobody_has_touched(people, upt, slot):
    row = slot(weekday=1)
    held = Session.objects.get(slot=row, on=TODAY)
    meetings.mark(people.supervisor, held)
    timetable.change_slot(slot=row, values={"weekday": 4, "room": "Aula"}, by=people.supervisor, version=1)
    fridays = [date(2026, 3, 13) + timedelta(weeks=n) for n in range(4)]
    assert days_of(row) == [TODAY, *fridays]
    held.refresh_from_db()
    assert (held.state, held.room) == (SessionState.HELD, "")


def test_ended_line_has_no_sessions_afterwards(people, slot):
    row = slot()
    timetable.end_slot(slot=row, until_on=date(2026, 3, 20), by=people.supervisor, version=1)
    assert days_of(row) == [date(2026, 3, 11), date(2026, 3, 18)]


def test_clashes_of_room_leader_and_client_are_told_before_saving(people, upt, slot, walked):
    slot(room="Aula", leader=people.worker)
    for values, words in (
        ({"room": "aula ", "audience": Audience.PLAN}, "Ruang aula sudah dipakai Dinamika Kelompok (09.00–10.00)."),
        (
            {"leader": people.worker, "audience": Audience.PLAN},
            f"{people.worker.full_name} sudah memimpin Dinamika Kelompok (09.00–10.00).",
        ),
    ):
        with pytest.raises(clashes.Clashes) as clash:
            slot(starts_at=time(9, 30), ends_at=time(11), **values)
        assert words in clash.value.reasons
    with pytest.raises(clashes.Clashes) as clash:
        slot(starts_at=time(8), ends_at=time(9, 1))
    number = walked.at(Stage.INTERVENTION).institution.stays.filter(left_on__isnull=True).count()
    assert clash.value.reasons[0].startswith(f"{number} klien juga di Dinamika Kelompok (09.00–10.00): ")
    assert Slot.objects.count() == 1
    slot(starts_at=time(8), ends_at=time(9, 1), despite=True)
    slot(starts_at=time(10), ends_at=time(11))
    assert Slot.objects.count() == 3


def test_list_follows_its_audience(people, upt, walked, dynamics):
    case = walked.at(Stage.INTERVENTION)
    stay = case.stays.get()
    running = set(upt.stays.filter(left_on__isnull=True).values_list("pk", flat=True))
    house = set(upt.stays.filter(left_on__isnull=True, house=stay.house).values_list("pk", flat=True))
    social = meetings.activity(
        people.supervisor, "Ceramah", bimbingan=Bimbingan.PSYCHOSOCIAL, code="D.k", led_by=Leader.SOCIAL_WORKER
    )
    planned = set(
        upt.stays.filter(left_on__isnull=True, case__goal_set__bimbingan="psychosocial").values_list("pk", flat=True)
    )
    for what, audience, values, wanted in (
        (dynamics, Audience.EVERYONE, {}, running),
        (dynamics, Audience.HOUSE, {"house": stay.house}, house),
        (dynamics, Audience.HOUSE, {"house": "Asrama lain"}, set()),
        (social, Audience.PLAN, {}, planned),
        (dynamics, Audience.PLAN, {}, set()),
    ):
        session = meetings.session(people.supervisor, what, audience=audience, **values)
        listed = {place.stay for place in attendees.at_hand(session.pk, by=people.supervisor).listed}
        assert listed == wanted, audience
        assert (session in Session.objects.visible_to(people.worker)) == bool(wanted)
        assert session not in Session.objects.visible_to(people.other_worker)


def test_activity_of_one_religion_lists_its_own(people, upt, walked):
    talk = meetings.activity(people.supervisor, "Iqro", religion="islam")
    session = meetings.session(people.supervisor, talk)
    assert attendees.at_hand(session.pk, by=people.supervisor).listed == []
    client = walked.at(Stage.INTERVENTION).client
    client.religion = "islam"
    client.save(update_fields=["religion"])
    listed = attendees.at_hand(session.pk, by=people.supervisor).listed
    assert [place.case for place in listed] == [walked.at(Stage.INTERVENTION).pk]


def test_moved_session_leaves_its_line_which_pauses_that_day(people, upt, slot, walked):
    case = walked.at(Stage.INTERVENTION)
    row = slot(cases=[case], audience=Audience.CHOSEN)
    session = Session.objects.get(slot=row, on=date(2026, 3, 11))
    moved = move(people, session, on=date(2026, 3, 18), starts_at=time(13), ends_at=time(14), room="Aula")
    assert [(one.on, one.reason) for one in row.exceptions.all()] == [
        (date(2026, 3, 11), "Dipindah ke 18 Maret 2026, 13.00.")
    ]
    assert arranging.fill(upt, by=people.supervisor) == 0
    timetable.change_slot(slot=row, values={"weekday": 4}, cases=[case], by=people.supervisor, version=1)
    moved.refresh_from_db()
    assert (moved.on, moved.starts_at, moved.room, moved.slot, moved.version) == (
        date(2026, 3, 18), time(13), "Aula", None, 2,
    )  # fmt: skip
    assert [place.case for place in attendees.at_hand(moved.pk, by=people.supervisor).listed] == [case.pk]
