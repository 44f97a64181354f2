"""Leaving before the end: the event at once, its papers, its endorsement, coming back, undoing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases.enums import Outcome, Stage, Status, StayEnd
from cases.models import Case, Stay
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import gates, models, transitions
from services.demo import walk
from services.enums import Kind, Move, State
from services.models import Arrear, Departure, Transition
from tests.services.conftest import NOW
from tests.services.leaving import end, leave, write_minutes


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


def test_leaving_counts_at_once_and_its_papers_are_owed(people, case):
    departure = leave(people, case)

    stay = Stay.objects.get(case=case)
    assert (stay.left_on, stay.end) == (departure.left_on, StayEnd.TAKEN_HOME)
    assert list(Arrear.objects.filter(case=case).values_list("code", "kind", "settled_at")) == [
        ("minutes", "exit", None)
    ]
    case.refresh_from_db()
    assert (case.is_closed, case.next_step) == (False, "Berita acara keluar belum dibuat")


def test_leaving_withdraws_what_waits(people, walked):
    case = walked.at(Stage.AFTERCARE)
    with pytest.raises(Refused, match="tidak sedang dalam masa tinggal|Pilih cara keluar"):
        leave(people, case)
    case = walked.at(Stage.PLANNING)
    walk.planning(people, case)
    case.refresh_from_db()
    request = transitions.submit(case=case, by=people.worker, version=case.version)
    leave(people, case)
    request.refresh_from_db()
    assert request.state == State.WITHDRAWN


def test_exit_ends_after_papers_sign_off_and_endorsement(people, case):
    leave(people, case)
    case.refresh_from_db()
    with pytest.raises(Refused, match="Berita acara keluar belum dibuat"):
        transitions.propose_exit(case=case, reason="Pulang.", by=people.worker, version=case.version)
    write_minutes(people, case)
    assert not Arrear.objects.filter(case=case, settled_at__isnull=True).exists()

    end(people, case)

    assert (case.outcome, case.status, case.is_closed) == (Outcome.TAKEN_HOME, Status.STOPPED, True)
    last = Transition.objects.filter(case=case).last()
    assert (last.move, last.from_stage, last.to_stage, last.version) == (
        Move.EXIT,
        Stage.INTERVENTION,
        Stage.INTERVENTION,
        case.version,
    )
    assert Departure.objects.get(case=case).settled_at is not None


def test_exit_may_go_on_to_aftercare(people, case):
    leave(people, case)
    write_minutes(people, case)
    end(people, case, opens_aftercare=True)
    assert (case.stage, case.status, case.is_closed) == (Stage.AFTERCARE, Status.AFTERCARE, False)
    walk.aftercare(people, case)
    walk.end_stage(people, case, ending="completed")
    assert case.outcome == Outcome.COMPLETED


def test_nobody_is_followed_after_death(people, case):
    leave(people, case, StayEnd.DECEASED)
    write_minutes(people, case)
    case.refresh_from_db()
    with pytest.raises(Refused, match="tidak dilanjutkan dengan bimbingan lanjut"):
        transitions.propose_exit(
            case=case, reason="Wafat.", by=people.worker, version=case.version, opens_aftercare=True
        )


def test_court_order_holds_against_the_familys_wish(people, case):
    Case.objects.filter(pk=case.pk).update(order_until_on=NOW.date() + timedelta(days=30))
    with pytest.raises(Refused, match="penetapan yang masih berlaku"):
        leave(people, case)
    assert leave(people, case, StayEnd.LEFT_WITHOUT_LEAVE).pk


def test_expelling_needs_the_conference_and_warnings(people, case):
    leave(people, case, StayEnd.EXPELLED)
    write_minutes(people, case)
    case.refresh_from_db()
    assert [str(u) for u in gates.unmet(case)] == ["Berita acara: temu bahas dan peringatan sebelumnya belum diisi"]


def test_short_closing_for_a_referral_asks_for_its_papers_and_sign_off(people, case):
    leave(people, case, StayEnd.REFERRED)
    write_minutes(people, case)
    case.refresh_from_db()
    assert [u.code for u in gates.unmet(case)] == ["E.3.2", "E.3.5"]
    walk.paper(people, case, models.Referral)
    walk.paper(people, case, models.ReferralReport)
    end(people, case)
    assert case.outcome == Outcome.REFERRED
    assert models.Supervision.objects.filter(case=case, code="E.3.4").count() == 1


def test_candidate_withdraws_before_placement(people, walked):
    case = walked.at(Stage.INTAKE)
    leave(people, case, StayEnd.WITHDREW)
    write_minutes(people, case, receiver_name="")
    end(people, case)
    assert case.outcome == Outcome.WITHDREW


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"way": "terbang"}, "Pilih cara keluar"),
        ({"way": StayEnd.WITHDREW}, "Pilih cara keluar"),
        ({"left_on": NOW.date() + timedelta(days=1)}, "masa depan"),
        ({"left_on": NOW.date() - timedelta(days=1)}, "mendahului tanggal penempatan"),
        ({"account": " "}, "Isi uraian kejadian"),
    ],
)
def test_impossible_departure_is_refused(people, case, values, words):
    given = {"way": StayEnd.TAKEN_HOME, "left_on": NOW.date(), "account": "Pulang.", **values}
    with pytest.raises(Refused, match=words):
        transitions.depart(case=case, by=people.worker, **given)


def test_client_leaves_once(people, case):
    leave(people, case)
    with pytest.raises(Stale, match="sudah dicatat keluar"):
        leave(people, case)


def test_client_back_before_endorsement_goes_on_in_a_second_stay(people, case):
    leave(people, case, StayEnd.LEFT_WITHOUT_LEAVE)
    with clock.at(NOW + timedelta(days=3)):
        transitions.come_back(case=case, on=case.institution.today(), by=people.worker, house="Asrama Melati")
    case.refresh_from_db()
    assert [bool(stay.left_on) for stay in Stay.objects.filter(case=case)] == [True, False]
    assert (case.stage, case.status) == (Stage.INTERVENTION, Status.ACTIVE)
    assert not Arrear.objects.filter(case=case, settled_at__isnull=True).exists()


def test_client_back_within_thirty_days_reopens_the_case(people, case):
    leave(people, case, StayEnd.LEFT_WITHOUT_LEAVE)
    write_minutes(people, case)
    end(people, case)
    assert case.is_closed
    with clock.at(NOW + timedelta(days=30)):
        transitions.come_back(case=case, on=case.institution.today(), by=people.worker)
    case.refresh_from_db()
    assert (case.is_closed, case.outcome, case.stage) == (False, "", Stage.INTERVENTION)
    assert Transition.objects.filter(case=case).last().move == Move.RETURN


def test_client_back_too_late_is_a_new_episode(people, case):
    leave(people, case, StayEnd.LEFT_WITHOUT_LEAVE)
    write_minutes(people, case)
    end(people, case)
    with clock.at(NOW + timedelta(days=31)), pytest.raises(Refused, match="episode berikutnya"):
        transitions.come_back(case=case, on=case.institution.today(), by=people.worker)
    assert walk.open_case(people, case.client).episode == 2


def test_only_who_left_without_leave_comes_back_to_the_same_case(people, case):
    leave(people, case)
    with pytest.raises(Refused, match="tanpa izin"):
        transitions.come_back(case=case, on=case.institution.today(), by=people.worker)


def reverse(people, case):
    request = transitions.propose_reversal(case=case, reason="Salah orang.", by=people.worker, version=case.version)
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Benar, keliru.")
    transitions.endorse(request=request, by=people.head, version=case.version)
    case.refresh_from_db()


def test_wrong_exit_is_undone_by_an_opposite_record(people, case):
    leave(people, case)
    write_minutes(people, case)
    end(people, case)
    version = case.version
    reverse(people, case)
    assert (case.is_closed, case.stage, case.status, case.version) == (
        False,
        Stage.INTERVENTION,
        Status.ACTIVE,
        version + 1,
    )
    assert Stay.objects.get(case=case).left_on is None
    walk.intervention(people, case)
    walk.end_stage(people, case)
    assert case.stage == Stage.CLOSING


def test_wrong_closing_is_undone(people, walked):
    case = walked.at(Stage.AFTERCARE)
    walk.aftercare(people, case)
    walk.end_stage(people, case, ending="completed")
    reverse(people, case)
    assert (case.stage, case.status, case.outcome) == (Stage.AFTERCARE, Status.AFTERCARE, "")


def test_only_an_end_is_reversed(people, case):
    with pytest.raises(Refused, match="keluar atau penutupan"):
        transitions.propose_reversal(case=case, reason="x", by=people.worker, version=case.version)


def test_exit_request_is_of_its_own_kind(people, case):
    leave(people, case)
    write_minutes(people, case)
    case.refresh_from_db()
    with pytest.raises(Refused, match="keluar harus disahkan"):
        transitions.submit(case=case, by=people.worker, version=case.version)
    request = transitions.propose_exit(case=case, reason="Pulang.", by=people.worker, version=case.version)
    assert request.kind == Kind.EXIT
    with pytest.raises(PermissionDenied):
        transitions.approve(request=request, by=people.worker, version=case.version)
