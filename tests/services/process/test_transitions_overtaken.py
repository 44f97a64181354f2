"""Events that overtake what waits: leaving, coming back, another UPT's acceptance, a second case, a lapsed date."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.models import Membership
from cases.enums import Outcome, Stage, StayEnd
from cases.models import Case, Client
from rehsos import clock
from services import gates, models, transitions
from services.demo import walk
from services.enums import Act, State, TransferState
from services.models import Decision, Request, Transfer
from tests import factories
from tests.services.process.acts import TODAY, approved, endorsed, fresh, opened, submitted
from tests.services.process.refusals import refused, stale

SECOND_CASE = "Klien ini sudah mempunyai kasus lain yang terbuka."
MINUTES = {"on": TODAY, "place": "Kantor UPT", "conclusion": "Selesai.", "witness_1": "Petugas asrama"}


@pytest.fixture
def others(walked):
    return factories.team(factories.institution("LAIN"))


def depart(people, case, way=StayEnd.LEFT_WITHOUT_LEAVE, **values):
    words = {"left_on": TODAY, "account": "Tidak ada saat apel malam.", "by": people.worker, **values}
    return transitions.depart(case=case, way=way, **words)


def left(people, case, way=StayEnd.LEFT_WITHOUT_LEAVE):
    """An exit with its papers, endorsed."""
    depart(people, case, way)
    transitions.write_minutes(case=case, values=MINUTES, by=people.worker)
    request = transitions.propose_exit(
        case=case, reason="Tidak kembali.", by=people.worker, version=fresh(case).version
    )
    endorsed(people, approved(people, request))
    return fresh(case)


def proposed_transfer(people, case, others):
    return transitions.propose_transfer(
        case=case,
        receiver=others.head.institution,
        reason="Dekat keluarga.",
        by=people.worker,
        version=fresh(case).version,
    )


def offered(people, case, others):
    request = endorsed(people, approved(people, proposed_transfer(people, case, others)))
    return Transfer.objects.get(request=request)


def accept(others, transfer, **values):
    words = {"worker": others.worker, "by": others.head, "on": TODAY, **values}
    return transitions.accept(transfer=transfer, **words)


# --- Leaving and coming back ----------------------------------------------------------------------------------------
def test_leaving_takes_a_waiting_transfer_back_for_good(walked, people, others):
    case = walked.at(Stage.INTERVENTION)
    request = proposed_transfer(people, case, others)
    depart(people, case)
    assert (Request.objects.get(pk=request.pk).state, Transfer.objects.get().state) == (
        State.WITHDRAWN,
        TransferState.REVOKED,
    )
    transitions.come_back(case=case, on=TODAY, by=people.worker)
    assert proposed_transfer(people, case, others).state == State.SUBMITTED


def test_coming_back_takes_the_waiting_exit_back(walked, people):
    case = walked.at(Stage.INTERVENTION)
    depart(people, case)
    transitions.write_minutes(case=case, values=MINUTES, by=people.worker)
    request = transitions.propose_exit(case=case, reason="Hilang.", by=people.worker, version=case.version)
    transitions.come_back(case=case, on=TODAY, by=people.worker)
    last = Decision.objects.filter(request=request).last()
    assert (last.act, last.note) == (Act.WITHDRAW, "Ditarik karena klien kembali.")


def test_client_with_a_new_case_does_not_come_back_to_the_old_one(walked, people):
    case = left(people, walked.at(Stage.INTERVENTION))
    opened(people, case.client)
    with refused(SECOND_CASE):
        transitions.come_back(case=case, on=TODAY, by=people.worker)


def test_end_is_not_undone_once_a_new_case_is_open(walked, people):
    case = left(people, walked.at(Stage.INTERVENTION))
    words = {"case": case, "reason": "Salah catat.", "by": people.worker, "version": case.version}
    request = approved(people, transitions.propose_reversal(**words))
    opened(people, case.client)
    with refused(SECOND_CASE):
        endorsed(people, request)
    transitions.withdraw(request=request, by=people.worker)
    with refused(SECOND_CASE):
        transitions.propose_reversal(**words)


def test_what_is_written_of_an_exit_is_judged_alike_on_both_databases(walked, people):
    case = walked.at(Stage.INTERVENTION)
    with refused(
        "Uraian kejadian: Pastikan nilai ini mengandung paling banyak 4000 karakter (sekarang 4001 karakter)."
    ):
        depart(people, case, account="x" * 4001)
    depart(people, case)
    with refused(
        "Tempat: Field ini tidak boleh kosong.",
        "Saksi pertama: Pastikan nilai ini mengandung paling banyak 120 karakter (sekarang 121 karakter).",
    ):
        transitions.write_minutes(case=case, values={**MINUTES, "place": "", "witness_1": "x" * 121}, by=people.worker)


# --- Transfer -------------------------------------------------------------------------------------------------------
def test_acceptance_takes_back_what_waits_so_that_nobody_can_decide_on_a_closed_case(walked, people, others):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    transfer = offered(people, case, others)
    words = {"case": case, "way": "continue", "reason": "Lanjut", "by": people.worker, "version": case.version}
    request = transitions.decide(**words)
    accept(others, transfer)
    assert (fresh(case).outcome, Request.objects.get(pk=request.pk).state) == (Outcome.TRANSFERRED, State.WITHDRAWN)
    with stale("Pengajuan ini sudah diputus: ditarik.", by=others.head.full_name):
        approved(people, request, version=case.version)


def test_request_of_an_earlier_dwelling_decides_nothing(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    Request.objects.filter(pk=request.pk).update(case_version=case.version - 1)
    with stale("Isi tahap berubah sejak diajukan; kembalikan pengajuan supaya diajukan ulang."):
        approved(people, request)


def test_receiver_does_not_open_a_second_case_for_the_same_person(walked, people, others):
    case = walked.at(Stage.INTERVENTION)
    Client.objects.filter(pk=case.client_id).update(nik_index="sama")
    theirs = factories.case(others)
    Client.objects.filter(pk=theirs.client_id).update(nik_index="sama")
    transfer = offered(people, case, others)
    with refused("Klien ini masih mempunyai kasus yang terbuka."):
        accept(others, transfer)
    assert not fresh(case).is_closed


def test_receiver_knows_a_former_client_again(walked, people, others):
    case = walked.at(Stage.INTERVENTION)
    theirs = walk.to_end(others, factories.case(others))
    Client.objects.filter(pk__in=(case.client_id, theirs.client_id)).update(nik_index="sama")
    new = accept(others, offered(people, case, others))
    assert (new.client, new.episode, Case.objects.filter(client=theirs.client).count()) == (theirs.client, 2, 2)


def test_receiver_gives_the_case_to_a_worker_who_is_there(walked, people, others):
    transfer = offered(people, walked.at(Stage.INTERVENTION), others)
    Membership.objects.filter(user=others.worker).update(until_on=TODAY - timedelta(days=1))
    with refused("Pekerja Lain bukan pekerja sosial UPT ini."):
        accept(others, transfer)


# --- Waiver ---------------------------------------------------------------------------------------------------------
def test_waiver_that_lapses_while_a_request_waits_still_holds_for_it(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.fill(people, case, models.Assessment, models.AssessmentConference)
    transitions.waive(
        case=case, code="B.h", due_on=date(2026, 3, 12), reason="Dokter cuti", by=people.head, version=case.version
    )
    request = submitted(people, case)
    with clock.at(datetime(2026, 3, 13, 3, tzinfo=UTC)):
        assert gates.unmet(fresh(case)) == []
        approved(people, request)
        assert fresh(case).stage == Stage.PLANNING
