"""Exits: the event counts at once, papers follow, the head ends it; coming back, undoing, taking to another UPT."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from cases.enums import Outcome, Stage, Status, StayEnd
from cases.models import Case, Stay
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import gates, models, transitions
from services.demo import walk
from services.enums import Kind, Move, State, TransferState
from services.models import Arrear, Departure, Transition
from tests import factories
from tests.services.conftest import NOW

MINUTES = {
    "place": "Kantor UPT",
    "receiver_name": "Siti Aminah",
    "receiver_relation": "Ibu",
    "receiver_address": "Waru",
    "conclusion": "Klien diserahkan kepada keluarga.",
    "witness_1": "Petugas asrama",
}


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


def leave(people, case, way=StayEnd.TAKEN_HOME, **values):
    day = case.institution.today()
    return transitions.depart(case=case, way=way, left_on=day, account="Dijemput ibu.", by=people.worker, **values)


def write_minutes(people, case, **changes):
    return transitions.write_minutes(
        case=case, values={**MINUTES, "on": case.institution.today(), **changes}, by=people.worker
    )


def end(people, case, **values):
    """Propose, approve, endorse the exit."""
    case.refresh_from_db()
    request = transitions.propose_exit(
        case=case, reason="Permintaan keluarga.", by=people.worker, version=case.version, **values
    )
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Sesuai.")
    request = transitions.endorse(request=request, by=people.head, version=case.version)
    case.refresh_from_db()
    return request


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


@pytest.fixture
def others(walked):
    return factories.team(factories.institution("PSTW"))


def offer(people, others, case):
    request = transitions.propose_transfer(
        case=case,
        receiver=others.head.institution,
        reason="Dekat keluarga.",
        by=people.worker,
        version=case.version,
    )
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Setuju.")
    transitions.endorse(request=request, by=people.head, version=case.version)
    return request.transfer.__class__.objects.get(request=request)


def test_receiver_accepts_and_the_case_goes_on_there_with_a_copied_identity(people, others, case):
    transfer = offer(people, others, case)
    assert transfer.state == TransferState.SENT
    new = transitions.accept(
        transfer=transfer, worker=others.worker, by=others.head, on=case.institution.today(), note="Siap."
    )
    case.refresh_from_db()
    assert (case.outcome, case.is_closed) == (Outcome.TRANSFERRED, True)
    assert Stay.objects.get(case=case).end == StayEnd.MOVED_UPT
    assert (new.institution, new.client.name, new.stage, new.way_in) == (
        others.head.institution,
        case.client.name,
        Stage.INTAKE,
        "transfer",
    )
    assert new.client != case.client
    assert Case.objects.visible_to(others.worker).get() == new
    assert not Case.objects.visible_to(others.head).filter(pk=case.pk).exists()


def test_accepted_transfer_is_not_undone_behind_the_receivers_back(people, others, case):
    transitions.accept(transfer=offer(people, others, case), worker=others.worker, by=others.head, on=NOW.date())
    case.refresh_from_db()
    with pytest.raises(Refused, match="Klien sudah diterima UPT lain"):
        transitions.propose_reversal(case=case, reason="Keliru.", by=people.worker, version=case.version)


def test_offer_of_who_has_left_is_taken_back(people, others, case):
    transfer = offer(people, others, case)
    leave(people, case)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.answered_by) == (TransferState.REVOKED, people.worker)
    with pytest.raises(Stale, match="tidak ditawarkan"):
        transitions.accept(transfer=transfer, worker=others.worker, by=others.head, on=NOW.date())


def test_offer_of_who_was_handed_over_is_taken_back(people, others, walked):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "terminate")
    transfer = offer(people, others, case)
    walk.paper(people, case, models.Handover)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.answered_by) == (TransferState.REVOKED, people.worker)


def test_receiver_refuses_and_nothing_moves(people, others, case):
    transfer = offer(people, others, case)
    with pytest.raises(Refused, match="alasan penolakan"):
        transitions.refuse_transfer(transfer=transfer, reason="", by=others.head)
    transitions.refuse_transfer(transfer=transfer, reason="Asrama penuh.", by=others.head)
    case.refresh_from_db()
    assert (case.is_closed, case.stage) == (False, Stage.INTERVENTION)
    with pytest.raises(Stale):
        transitions.accept(transfer=transfer, worker=others.worker, by=others.head, on=NOW.date())


def test_revoked_offer_is_gone(people, others, case):
    transfer = offer(people, others, case)
    transitions.revoke(transfer=transfer, reason="Keluarga berubah pikiran.", by=people.head)
    with pytest.raises(Stale):
        transitions.accept(transfer=transfer, worker=others.worker, by=others.head, on=NOW.date())


def test_stranger_finds_no_offer(people, others, case):
    transfer = offer(people, others, case)
    for stranger in (others.worker, people.head):
        with pytest.raises(Http404):
            transitions.refuse_transfer(transfer=transfer, reason="Tidak.", by=stranger)


def test_returned_proposal_offers_nothing(people, others, case):
    request = transitions.propose_transfer(
        case=case, receiver=others.head.institution, reason="Dekat.", by=people.worker, version=case.version
    )
    transitions.give_back(request=request, by=people.supervisor, version=case.version, reason="Jelaskan.")
    assert models.Transfer.objects.get(request=request).state == TransferState.REVOKED


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
