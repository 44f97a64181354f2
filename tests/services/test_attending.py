"""Attendance: what is kept, what it is work under, what is free and what is a correction, what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from accounts import keys
from accounts.enums import Role
from audit.models import Entry
from cases.enums import Bimbingan, Stage
from rehsos import clock, doors
from rehsos.doors import Refused, Stale
from services import attendees, attending, gates
from services.attending import Answer
from services.models import Activity, ActivityCase, Attendance, Session, SessionCorrection
from services.session_enums import Audience, Leader, Mark, SessionState
from tests import factories
from tests.services import meetings
from tests.services.walked import NOW

TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


@pytest.fixture
def residents(walked):
    """The stays of the cases in assessment, planning and service."""
    return [walked.at(stage).stays.get() for stage in (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)]


@pytest.fixture
def dynamics(people):
    return meetings.activity(people.supervisor)


@pytest.fixture
def meeting(people, dynamics, residents):
    return meetings.session(people.supervisor, dynamics, *residents, leader=people.worker)


def marks_of(session):
    return dict(Attendance.objects.filter(session=session).values_list("stay", "mark"))


def test_session_is_held_once_everybody_is_marked(people, meeting, residents):
    one, two, three = (stay.pk for stay in residents)
    meetings.mark(people.worker, meeting, {one: "present", two: "sick"})
    meeting.refresh_from_db()
    assert (meeting.state, marks_of(meeting)) == ("planned", {one: "present", two: "sick", three: ""})
    assert not Activity.objects.filter(record_kind="session").exists()
    meetings.mark(people.worker, meeting, {three: "absent"})
    meeting.refresh_from_db()
    assert (meeting.state, marks_of(meeting)) == ("held", {one: "present", two: "sick", three: "absent"})


def test_held_session_is_one_activity_for_those_who_came(people, meeting, residents):
    one, two, three = residents
    values = {"material": "Jembatan tali", "result": "Semua ikut", "method": "social_group_work"}
    meetings.mark(people.supervisor, meeting, {one.pk: "present", two.pk: "present", three.pk: "duty"}, values=values)
    done = Activity.objects.get(record_kind="session")
    assert (done.code, done.by, done.record_id, done.minutes) == ("D.l", people.worker, meeting.pk, 90)
    assert (done.account, done.result, done.method) == (
        "Dinamika Kelompok\nJembatan tali",
        "Semua ikut",
        "social_group_work",
    )
    assert [line.bimbingan for line in done.lines.all()] == ["social"]
    assert {link.case_id for link in done.links.all()} == {one.case_id, two.case_id}


def test_obstacle_is_work_under_the_code_of_its_bimbingan(people, meeting, residents):
    marks = dict.fromkeys((stay.pk for stay in residents), "present")
    meetings.mark(people.worker, meeting, marks, values={"obstacle": "Ruang bocor"})
    told = [(one.code, one.account, one.links.count()) for one in Activity.objects.filter(record_kind="session")]
    assert sorted(told) == [("D.l", "Dinamika Kelompok", 3), ("D.s", "Ruang bocor", 3)]
    meetings.mark(people.worker, meeting, {}, values={"obstacle": ""})
    assert [one.code for one in Activity.objects.filter(record_kind="session")] == ["D.l"]


def test_changed_mark_links_the_activity_anew(people, meeting, residents):
    one, two, three = residents
    meetings.mark(people.worker, meeting)
    meetings.mark(people.worker, meeting, {one.pk: "absent"})
    links = ActivityCase.objects.filter(activity__record_kind="session").values_list("case", flat=True)
    assert set(links) == {two.case_id, three.case_id}
    assert Activity.objects.filter(record_kind="session").count() == 1


def test_service_that_a_case_waited_for_moves_its_next_step(walked, people):
    case = walked.at(Stage.INTERVENTION)
    told = {"bimbingan": Bimbingan.VOCATIONAL, "code": "D.j", "led_by": Leader.INSTRUCTOR}
    workshop = meetings.activity(people.supervisor, "Sepeda motor", **told)
    session = meetings.session(people.supervisor, workshop, case.stays.get())
    before = case.next_step
    meetings.mark(people.supervisor, session)
    case.refresh_from_db()
    assert case.next_step != before
    assert (case.next_step, case.next_due_on) == gates.next_step(gates.Situation(case))
    assert not [one for one in gates.unmet(case) if one.bimbingan == Bimbingan.VOCATIONAL]
    meetings.mark(people.supervisor, session, "absent")
    case.refresh_from_db()
    assert case.next_step == before


def test_correction_within_a_day_is_free_and_later_needs_a_reason(people, meeting, residents):
    one = residents[0].pk
    meetings.mark(people.worker, meeting)
    with clock.at(NOW + timedelta(hours=23)):
        meetings.mark(people.worker, meeting, {one: "sick"})
    assert SessionCorrection.objects.count() == 0
    with clock.at(NOW + timedelta(hours=25)):
        with pytest.raises(Refused) as refused:
            meetings.mark(people.worker, meeting, {one: "present"})
        assert refused.value.reasons == ["Sudah lewat 24 jam sejak kehadiran disimpan. Isi alasan koreksi."]
        meetings.mark(people.worker, meeting, {one: Answer("present", 4, "")}, reason="Keliru baris")
    told = SessionCorrection.objects.values_list("stay", "field", "old", "new", "reason", "by")
    assert list(told) == [
        (one, "mark", "sick", "present", "Keliru baris", people.worker.pk),
        (one, "score", "", "4", "Keliru baris", people.worker.pk),
    ]
    assert marks_of(meeting)[one] == "present"


def test_what_was_held_stays_wholly_marked(people, meeting, residents):
    meetings.mark(people.worker, meeting)
    with pytest.raises(Refused):
        meetings.mark(people.worker, meeting, {residents[0].pk: ""})


def test_somebody_outside_the_list_is_added_and_taken_off_again(people, dynamics, residents):
    *listed, other = residents
    session = meetings.session(people.supervisor, dynamics, *listed)
    meetings.mark(people.supervisor, session, {listed[0].pk: "present", other.pk: "present"})
    rows = Attendance.objects.filter(session=session)
    assert dict(rows.values_list("stay", "is_unplanned")) == {listed[0].pk: False, listed[1].pk: False, other.pk: True}
    meetings.mark(people.supervisor, session, {other.pk: ""})
    assert set(rows.values_list("stay", flat=True)) == {stay.pk for stay in listed}


def test_stranger_of_another_upt_is_refused(people, meeting, residents):
    there = factories.institution("LANSIA", client_number_pattern="L{yy}-{seq:04d}")
    other = factories.case(factories.team(there), Stage.ASSESSMENT).stays.get()
    with pytest.raises(Refused):
        meetings.mark(people.worker, meeting, {other.pk: "present"})
    assert Attendance.objects.filter(stay=other).count() == 0


def test_community_event_without_clients_counts_its_guests(people, dynamics):
    session = meetings.session(people.supervisor, dynamics, audience=Audience.CHOSEN)
    with pytest.raises(Refused):
        meetings.mark(people.supervisor, session, {})
    meetings.mark(people.supervisor, session, {}, values={"guests": 25, "guest_names": "Karang taruna RW 3"})
    session.refresh_from_db()
    assert (session.state, session.guests) == (SessionState.HELD, 25)
    assert Activity.objects.get(record_kind="session").links.count() == 0


def test_tomorrow_cannot_be_marked(people, dynamics, residents):
    session = meetings.session(
        people.supervisor, dynamics, *residents, on=people.worker.institution.today() + timedelta(days=1)
    )
    with pytest.raises(Refused):
        meetings.mark(people.supervisor, session)


def test_second_leader_is_told_of_the_first(people, meeting, residents):
    seen = Session.objects.get(pk=meeting.pk).version
    meetings.mark(people.worker, meeting, {residents[0].pk: "present"})
    with pytest.raises(Stale) as stale:
        attending.save(
            session_id=meeting.pk,
            answers={residents[0].pk: Answer("absent")},
            values={},
            by=people.supervisor,
            version=seen,
        )
    assert (stale.value.by, marks_of(meeting)[residents[0].pk]) == (people.worker.full_name, "present")


def test_form_sent_twice_does_everything_once(people, meeting):
    key = doors.form_key(people.worker, "attend", f"session:{meeting.pk}")
    entries = Entry.objects.count()
    answers = {place.stay: Answer("present") for place in attendees.at_hand(meeting.pk, by=people.worker).listed}
    for _time in range(3):
        attending.save(
            session_id=meeting.pk, answers=answers, values={}, by=people.worker, version=meeting.version, key=key
        )
    assert (Activity.objects.filter(record_kind="session").count(), Entry.objects.count() - entries) == (1, 1)
    assert keys.claim(key, by=people.worker) == str(meeting.pk)


def test_only_who_has_it_in_sight_marks(people, dynamics, residents):
    upt = people.worker.institution
    instructor = factories.user("instruktur", Role.INSTRUCTOR, upt=upt)
    session = meetings.session(people.supervisor, dynamics, *residents)
    for stranger in (people.other_worker, instructor):
        with pytest.raises(Http404):
            meetings.mark(stranger, session, {})
    led = meetings.session(people.supervisor, dynamics, *residents, leader=instructor)
    meetings.mark(instructor, led)
    led.refresh_from_db()
    assert led.is_held


def test_confidential_session_is_marked_by_its_office_only(people, residents):
    nurse = factories.user("perawat", Role.NURSE, upt=people.worker.institution)
    told = {"bimbingan": Bimbingan.PHYSICAL, "code": "D.j", "led_by": Leader.NURSE, "is_confidential": True}
    urine = meetings.activity(people.supervisor, "Tes urine", **told)
    session = meetings.session(people.supervisor, urine, *residents)
    with pytest.raises(PermissionDenied):
        meetings.mark(people.worker, session, dict.fromkeys((stay.pk for stay in residents), "present"))
    meetings.mark(nurse, session, values={"result": "Semua negatif"})
    done = Activity.objects.get(record_kind="session")
    assert (done.account, done.result) == ("Tes urine", "")


@pytest.mark.parametrize("number", [10, 150, 300])
def test_post_asks_twelve_times_whatever_the_number(people, dynamics, number):
    upt = people.worker.institution
    stays = meetings.crowd(upt, people.worker, number, upt.today())
    session = meetings.session(people.supervisor, dynamics, *stays)
    answers = {stay.pk: Answer(Mark.PRESENT, 4, "baik") for stay in stays}
    key = doors.form_key(people.supervisor, "attend", f"session:{session.pk}")
    assert people.supervisor.institution  # whose roles are known by then
    with CaptureQueriesContext(connection) as asked:
        attending.save(
            session_id=session.pk, answers=answers, values={"material": "Permainan"}, by=people.supervisor, version=1,
            key=key,
        )  # fmt: skip
    told = [query["sql"] for query in asked if not query["sql"].startswith(TRANSACTION)]
    assert len(told) == 12, told
    links = ActivityCase.objects.filter(activity__record_kind="session", activity__record_id=session.pk)
    assert (session.attendances.count(), links.count()) == (number, number)
