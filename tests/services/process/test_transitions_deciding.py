"""What supervisor and head do with a request, what refuses, and in which words."""

from cases.enums import Bimbingan, Stage, Status
from services import models, transitions
from services.demo import walk
from services.enums import Act, State, Verdict
from services.models import Decision, Supervision
from tests.services.process.acts import (
    MOVED,
    TODAY,
    acts,
    approved,
    endorsed,
    fresh,
    last_move,
    proposed,
    submitted,
    with_selection_papers,
)
from tests.services.process.refusals import forbidden, refused, stale

TOO_LONG = "Pastikan nilai ini mengandung paling banyak %d karakter (sekarang %d karakter)."


# --- Approve -------------------------------------------------------------------------------------------------------
def test_approval_signs_what_is_unsigned_and_moves_the_case(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = approved(people, submitted(people, case, note="Siap"), note="Asesmen memadai.")
    assert (request.state, acts(request)) == (State.APPROVED, [Act.SUBMIT, Act.APPROVE])
    assert last_move(case) == ("forward", "assessment", "planning", 1, 3)
    assert (fresh(case).stage, case.version, case.stage_since_on) == (Stage.PLANNING, 3, TODAY)
    sign_off = Supervision.objects.get(case=case, code="B.e")
    assert (sign_off.by, sign_off.note, sign_off.verdict, sign_off.stage, sign_off.case_version, sign_off.request) == (
        people.supervisor,
        "Asesmen memadai.",
        Verdict.APPROVED,
        Stage.ASSESSMENT,
        2,
        request,
    )


def test_approval_signs_every_planned_bimbingan_and_no_other(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    request = approved(people, submitted(people, case))
    signed = Supervision.objects.filter(request=request).order_by("pk").values_list("code", "bimbingan")
    assert list(signed) == [("D.x", Bimbingan.VOCATIONAL), ("D.y", Bimbingan.PSYCHOSOCIAL)]


def test_approval_needs_a_note_for_what_it_signs(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    request = submitted(people, case)
    with refused("Isi catatan supervisi: D.x, D.y belum diberikan."):
        approved(people, request, note="  ")


def test_approval_without_anything_to_sign_needs_no_note(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    transitions.supervise(
        case=case, code="B.e", note="Sudah dibahas", by=people.supervisor, on=TODAY, version=case.version
    )
    request = approved(people, submitted(people, case), note="")
    assert (request.state, Supervision.objects.filter(case=case, code="B.e").count()) == (State.APPROVED, 1)


def test_second_approval_is_told_who_was_faster(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    approved(people, request)
    with stale("Pengajuan ini sudah diputus: disetujui supervisor.", by="Supervisor Ankn"):
        approved(people, request, by=people.other_supervisor)


def test_approving_from_an_old_page_is_stale(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    with stale(MOVED):
        approved(people, request, version=1)


def test_request_on_records_that_changed_is_stale(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    models.Assessment.objects.filter(case=case).update(problem_statement="Diganti diam-diam")
    with stale("Isi tahap berubah sejak diajukan; kembalikan pengajuan supaya diajukan ulang."):
        approved(people, request)


def test_note_too_long_is_refused(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    with refused(
        "Catatan supervisi: Pastikan nilai ini mengandung paling banyak 4000 karakter (sekarang 4001 karakter)."
    ):
        approved(people, request, note="x" * 4001)


def test_approval_asks_the_gate_once_more(walked, people):
    """A paper that is no record, like the daily log, can be taken away only in the database."""
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    request = submitted(people, case)
    models.Activity.objects.filter(code="D.p", cases=case).delete()
    with refused("Memantau aktivitas sehari-hari klien (D.p) belum dicatat"):
        approved(people, request)


# --- Give back -----------------------------------------------------------------------------------------------------
def test_returned_request_opens_the_stage_again_for_a_new_one(walked, people, save):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    with refused("Isi tahap terkunci karena sedang diajukan."):
        save(case, models.AssessmentConference)
    request = transitions.give_back(
        request=request, by=people.supervisor, version=case.version, reason="Aspek sosial perlu diperdalam"
    )
    assert (request.state, acts(request)) == (State.RETURNED, [Act.SUBMIT, Act.RETURN])
    assert (fresh(case).stage, case.version) == (Stage.ASSESSMENT, 2)
    save(case, models.AssessmentConference)
    approved(people, submitted(people, case))
    assert fresh(case).stage == Stage.PLANNING


def test_returning_needs_a_reason(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    with refused("Isi alasan pengembalian, supaya pekerja sosial tahu apa yang diperbaiki."):
        transitions.give_back(request=request, by=people.supervisor, version=case.version, reason=" ")


def test_returning_from_an_old_page_or_after_a_decision_is_stale(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = submitted(people, case)
    with stale(MOVED):
        transitions.give_back(request=request, by=people.supervisor, version=9, reason="Kurang")
    approved(people, request)
    with stale("Pengajuan ini sudah diputus: disetujui supervisor.", by="Supervisor Ankn"):
        transitions.give_back(request=request, by=people.supervisor, version=case.version, reason="Kurang")


def test_what_waits_for_the_head_is_returned_by_the_head_alone(walked, people):
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case))
    with forbidden("Hanya Kepala UPT yang mengesahkan keputusan."):
        transitions.give_back(request=request, by=people.supervisor, version=case.version, reason="Salah")
    request = transitions.give_back(request=request, by=people.head, version=case.version, reason="Kuota penuh")
    assert (request.state, acts(request)) == (State.RETURNED, [Act.SUBMIT, Act.APPROVE, Act.RETURN])


# --- Endorse -------------------------------------------------------------------------------------------------------
def test_decision_goes_from_worker_to_supervisor_to_head(walked, people):
    case = with_selection_papers(walked, people)
    request = proposed(people, case)
    with stale("Pengajuan ini sudah diputus: diajukan."):
        endorsed(people, request)
    request = approved(people, request)
    assert (request.state, fresh(case).version) == (State.AWAITING_HEAD, 1)
    with forbidden("Hanya Kepala UPT yang mengesahkan keputusan."):
        endorsed(people, request, by=people.supervisor)
    request = endorsed(people, request, note="Setuju")
    assert (request.state, acts(request)) == (State.ENDORSED, [Act.SUBMIT, Act.APPROVE, Act.ENDORSE])
    assert not Decision.objects.filter(request=request, is_escalated=True).exists()
    assert (fresh(case).stage, case.version, case.status) == (Stage.INTAKE, 1, Status.CANDIDATE)


def test_second_endorsement_is_stale(walked, people):
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case))
    endorsed(people, request)
    with stale("Pengajuan ini sudah diputus: disahkan.", by="Kepala Ankn"):
        endorsed(people, request)


def test_endorsing_from_an_old_page_is_stale(walked, people):
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case))
    with stale(MOVED):
        endorsed(people, request, version=0)


def test_endorsing_records_that_changed_is_stale(walked, people):
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case))
    models.Eligibility.objects.filter(case=case).update(findings="Diganti")
    with stale("Isi tahap berubah sejak diajukan; kembalikan pengajuan supaya diajukan ulang."):
        endorsed(people, request)


def test_endorsement_needs_the_sign_off_to_stand(walked, people):
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case))
    take_back = {"case": case, "code": "A.y", "by": people.supervisor, "on": TODAY, "version": case.version}
    transitions.supervise(**take_back, note="Saya ragu", verdict=Verdict.RETURNED)
    with refused("Supervisi A.y harus diberikan lagi."):
        endorsed(people, request)
    transitions.supervise(**take_back, note="Sudah jelas")
    assert endorsed(people, request).state == State.ENDORSED
