"""What a worker asks for, what refuses, and in which words."""

from datetime import date

import pytest

from cases.enums import Stage
from services import models, transitions
from services.demo import walk
from services.enums import Act, Kind, State
from services.situation import Situation
from tests.services.process.acts import (
    MOVED,
    NOT_YOURS,
    TODAY,
    WAITS,
    acts,
    approved,
    fresh,
    proposed,
    submitted,
    with_closing_papers,
    with_selection_papers,
)
from tests.services.process.refusals import forbidden, not_found, refused, stale


# --- Submit --------------------------------------------------------------------------------------------------------
def test_only_a_worker_of_the_case_submits(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    for other in (people.supervisor, people.head):
        with forbidden(NOT_YOURS):
            transitions.submit(case=case, by=other, version=case.version)
    with not_found("Kasus tidak ditemukan."):
        transitions.submit(case=case, by=people.other_worker, version=case.version)


@pytest.mark.parametrize("version", [0, 1, 3])
def test_submitting_from_an_old_page_is_stale(walked, people, version):
    case = walked.at(Stage.ASSESSMENT)
    with stale(MOVED):
        transitions.submit(case=case, by=people.worker, version=version)


def test_submitting_tells_what_is_missing(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.fill(people, case, models.Assessment)
    with refused("Temu bahas hasil asesmen (B.f) belum diisi", "Laporan hasil asesmen (B.h) belum diisi"):
        submitted(people, case)


def test_stage_with_a_decision_ends_only_after_it(walked, people):
    candidate, client = with_selection_papers(walked, people), with_closing_papers(walked, people)
    with refused("Keputusan seleksi harus disahkan lebih dahulu."):
        submitted(people, candidate)
    with refused("Keputusan penutupan harus disahkan lebih dahulu."):
        submitted(people, client)


def test_second_request_is_stale_while_one_waits(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    submitted(people, case)
    with stale(WAITS):
        submitted(people, case)
    case = with_selection_papers(walked, people)
    proposed(people, case)
    with stale(WAITS):
        proposed(people, case)


def test_request_keeps_what_was_asked(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case, note="Mohon diperiksa", ending="completed", event_on=date(2030, 1, 1))
    assert (request.kind, request.stage, request.round, request.case_version, request.state) == (
        Kind.STAGE,
        Stage.ASSESSMENT,
        1,
        2,
        State.SUBMITTED,
    )
    assert (request.way, request.event_on, request.reason) == ("", None, "Mohon diperiksa")
    assert request.digest == Situation(fresh(case)).digest_of(("B.d", "B.f", "B.h"))
    assert acts(request) == [Act.SUBMIT]


def test_closed_case_takes_no_request(walked, people):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    for ask in (submitted, proposed):
        with refused("Kasus sudah ditutup."):
            ask(people, case)


# --- Decide --------------------------------------------------------------------------------------------------------
def test_stage_without_a_decision_takes_none(walked, people):
    with refused("Tidak ada keputusan yang dapat diajukan di tahap ini."):
        proposed(people, walked.at(Stage.PLANNING))


def test_settled_decision_is_not_taken_again(walked, people):
    case = with_selection_papers(walked, people)
    walk.decide(people, case, "accepted")
    with refused("Tidak ada keputusan yang dapat diajukan di tahap ini."):
        proposed(people, case)


def test_only_a_worker_of_the_case_proposes(walked, people):
    case = with_selection_papers(walked, people)
    with forbidden(NOT_YOURS):
        transitions.decide(case=case, way="accepted", reason="Layak", by=people.head, version=case.version)


def test_proposing_from_an_old_page_is_stale(walked, people):
    case = with_selection_papers(walked, people)
    with stale(MOVED):
        transitions.decide(case=case, way="accepted", reason="Layak", by=people.worker, version=0)


def test_proposal_names_one_of_the_answers(walked, people):
    case = with_selection_papers(walked, people)
    for way in ("", "terminate", "diterima"):
        with refused("Pilih keputusan yang diusulkan."):
            proposed(people, case, way)


def test_proposal_needs_papers_and_a_reason(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist)
    with refused("Wawancara dan penentuan kelayakan (A.v) belum diisi", "Isi alasan keputusan."):
        proposed(people, case, reason="  ")


@pytest.mark.parametrize("until_on", [None, TODAY])
def test_extension_needs_a_date_ahead(walked, people, until_on):
    case = with_closing_papers(walked, people)
    with refused("Isi tanggal akhir perpanjangan, sesudah hari ini."):
        proposed(people, case, "extend", until_on=until_on)


def test_date_that_an_answer_does_not_ask_for_is_not_kept(walked, people):
    case = with_closing_papers(walked, people)
    assert proposed(people, case, "terminate", until_on=date(2026, 9, 30)).until_on is None


def test_reason_too_long_for_the_paper_is_refused(walked, people):
    case = with_selection_papers(walked, people)
    with refused("Alasan: Pastikan nilai ini mengandung paling banyak 4000 karakter (sekarang 4001 karakter)."):
        proposed(people, case, reason="x" * 4001)


# --- Withdraw ------------------------------------------------------------------------------------------------------
def test_withdrawn_request_opens_the_stage_again(walked, people, save):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = transitions.withdraw(request=submitted(people, case), by=people.worker, note="Ada yang kurang")
    assert (request.state, acts(request)) == (State.WITHDRAWN, [Act.SUBMIT, Act.WITHDRAW])
    save(case, models.AssessmentConference)
    assert submitted(people, case).state == State.SUBMITTED


def test_request_is_withdrawn_even_while_it_waits_for_the_head(walked, people):
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case))
    assert request.state == State.AWAITING_HEAD
    assert transitions.withdraw(request=request, by=people.worker).state == State.WITHDRAWN


def test_only_a_worker_withdraws_and_only_what_waits(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    with forbidden(NOT_YOURS):
        transitions.withdraw(request=request, by=people.supervisor)
    approved(people, request)
    with stale("Pengajuan ini sudah diputus: disetujui supervisor.", by="Supervisor Ankn"):
        transitions.withdraw(request=request, by=people.worker)
