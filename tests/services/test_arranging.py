"""One session by itself: added, moved, cancelled; what it clashes with, and who may."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from cases.enums import Bimbingan, Stage
from rehsos.doors import Refused, Stale
from services import arranging, attendees, clashes
from services.models import Session
from services.session_enums import Audience, Leader, SessionState
from tests import factories
from tests.services import meetings
from tests.services.moving import move

TODAY = date(2026, 3, 10)  # the Tuesday of the walked cases


@pytest.fixture
def upt(people):
    return people.worker.institution


@pytest.fixture
def dynamics(people):
    return meetings.activity(people.supervisor)


def test_cancelled_session_keeps_reason_and_list(people, dynamics, walked):
    session = meetings.session(people.supervisor, dynamics)
    number = len(attendees.at_hand(session.pk, by=people.supervisor).listed)
    with pytest.raises(Refused):
        arranging.cancel(session_id=session.pk, reason=" ", by=people.supervisor, version=1)
    arranging.cancel(session_id=session.pk, reason="Listrik padam", by=people.supervisor, version=1)
    session.refresh_from_db()
    told = (session.state, session.cancel_reason, session.cancelled_by, session.attendances.count())
    assert told == (SessionState.CANCELLED, "Listrik padam", people.supervisor, number)
    with pytest.raises(Refused):
        meetings.mark(people.supervisor, session)


def test_held_session_is_not_cancelled(people, dynamics):
    session = meetings.session(people.supervisor, dynamics)
    meetings.mark(people.supervisor, session)
    with pytest.raises(Refused):
        arranging.cancel(session_id=session.pk, reason="Keliru", by=people.supervisor, version=2)


def test_leader_adds_a_session_of_their_own_only(people, upt, dynamics):
    instructor = factories.user("instruktur", Role.INSTRUCTOR, upt=upt)
    assert meetings.session(instructor, dynamics, leader=instructor).leader == instructor
    with pytest.raises(PermissionDenied):
        meetings.session(instructor, dynamics, leader=people.worker)


def test_move_tells_what_it_clashes_with(people, dynamics):
    meetings.session(people.supervisor, dynamics, starts_at=time(13), ends_at=time(14), room="Aula")
    session = meetings.session(people.supervisor, dynamics, audience=Audience.HOUSE, house="Lain", room="Aula")
    with pytest.raises(clashes.Clashes) as clash:
        move(people, session, starts_at=time(13, 30), ends_at=time(15))
    assert clash.value.reasons == ["Ruang Aula sudah dipakai Dinamika Kelompok (13.00–14.00)."]
    session.refresh_from_db()
    assert session.starts_at == time(9)
    assert move(people, session, starts_at=time(13, 30), ends_at=time(15), despite=True).starts_at == time(13, 30)
    session.refresh_from_db()
    assert move(people, session, starts_at=time(14), ends_at=time(15)).version == 3


def test_session_somebody_has_marked_or_cancelled_is_not_moved(people, dynamics, walked):
    marked, cancelled = (meetings.session(people.supervisor, dynamics) for _number in range(2))
    meetings.mark(people.supervisor, marked)
    arranging.cancel(session_id=cancelled.pk, reason="Hujan", by=people.supervisor, version=1)
    for session in (marked, cancelled):
        session.refresh_from_db()
        with pytest.raises(Refused):
            move(people, session, room="Aula")


def test_second_who_moves_is_told_of_the_first(people, dynamics):
    session = meetings.session(people.supervisor, dynamics)
    move(people, Session.objects.get(pk=session.pk), room="Aula")
    with pytest.raises(Stale):
        move(people, session, room="Bengkel")
    assert Session.objects.get(pk=session.pk).room == "Aula"


def test_session_is_not_moved_to_before_a_chosen_client_came(people, dynamics, walked):
    stay = walked.at(Stage.INTERVENTION).stays.get()
    session = meetings.session(people.supervisor, dynamics, stay)
    with pytest.raises(Refused):
        move(people, session, on=stay.placed_on - timedelta(days=1))


def test_others_move_no_session(people, upt, dynamics):
    instructor = factories.user("instruktur", Role.INSTRUCTOR, upt=upt)
    session = meetings.session(people.supervisor, dynamics, leader=instructor)
    with pytest.raises(PermissionDenied):
        arranging.move(session_id=session.pk, values={"room": "Aula"}, by=instructor, version=1)


def test_added_session_tells_what_it_clashes_with_but_not_what_is_confidential(people, upt, dynamics, walked):
    stay = walked.at(Stage.INTERVENTION).stays.get()
    urine = meetings.activity(
        people.supervisor,
        "Tes urine",
        bimbingan=Bimbingan.PHYSICAL,
        code="D.j",
        led_by=Leader.NURSE,
        is_confidential=True,
    )
    meetings.session(people.supervisor, urine, stay)
    instructor = factories.user("instruktur", Role.INSTRUCTOR, upt=upt)
    wanted = {
        "activity": dynamics, "on": TODAY, "starts_at": time(10), "ends_at": time(11), "audience": Audience.CHOSEN,
    }  # fmt: skip

    def told(by, **more):
        with pytest.raises(clashes.Clashes) as clash:
            arranging.add(institution=upt, values={**wanted, "leader": by, **more}, stays=[stay], by=by)
        return clash.value.reasons

    assert told(people.supervisor) == [f"1 klien juga di Tes urine (09.00–10.30): {stay.case.client.shown_name}."]
    assert told(instructor) == ["1 klien juga di kegiatan lain (09.00–10.30)."]
    added = arranging.add(
        institution=upt, values={**wanted, "leader": instructor}, stays=[stay], by=instructor, despite=True
    )
    assert told(people.supervisor, starts_at=time(10, 30)) == [
        f"1 klien juga di Dinamika Kelompok (10.00–11.00): {stay.case.client.shown_name}."
    ]
    assert Session.objects.filter(activity=dynamics).get() == added
