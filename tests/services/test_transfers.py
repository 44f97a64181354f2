"""A client offered to another UPT: accepted, refused, taken back."""

import pytest
from django.http import Http404

from cases.enums import Outcome, Stage, StayEnd
from cases.models import Case, Stay
from rehsos.doors import Refused, Stale
from services import models, transitions
from services.demo import walk
from services.enums import TransferState
from tests import factories
from tests.services.conftest import NOW
from tests.services.leaving import leave, offer


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


@pytest.fixture
def others(walked):
    return factories.team(factories.institution("PSTW"))


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
