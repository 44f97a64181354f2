"""Sign-offs and sending a case back."""

from datetime import timedelta

import pytest

from cases.enums import Bimbingan, Stage
from services import gates, models
from services.demo import walk
from services.enums import Verdict
from services.models import Supervision, Transition
from services.situation import Situation
from tests import factories
from tests.services.process.acts import MOVED, TODAY, WAITS, approved, fresh, last_move, send_back, submitted, supervise
from tests.services.process.refusals import forbidden, not_found, refused, stale


# --- Supervise -----------------------------------------------------------------------------------------------------
def test_supervision_is_kept_with_its_directions_and_counts_as_an_activity(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    sign_off = supervise(people, case, directions="Gali dukungan keluarga", verdict=Verdict.RETURNED)
    assert (sign_off.code, sign_off.bimbingan, sign_off.directions, sign_off.request) == (
        "B.e",
        "",
        "Gali dukungan keluarga",
        None,
    )
    activity = models.Activity.objects.get(code="B.e", cases=case)
    assert (activity.by, activity.account, activity.result, activity.record_id) == (
        people.supervisor,
        "Dibahas bersama.",
        "Gali dukungan keluarga",
        sign_off.pk,
    )


def test_supervision_in_a_bimbingan_names_it_even_outside_the_plan(walked, people):
    case = walked.at(Stage.INTERVENTION)
    assert supervise(people, case, "D.w").bimbingan == Bimbingan.PHYSICAL
    activity = models.Activity.objects.get(code="D.w", cases=case)
    assert list(activity.lines.values_list("bimbingan", flat=True)) == [Bimbingan.PHYSICAL]


def test_supervision_that_returns_is_no_sign_off(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    supervise(people, case)
    assert gates.unsigned(Situation(fresh(case))) == []
    supervise(people, case, verdict=Verdict.RETURNED)
    assert [s.code for s in gates.unsigned(Situation(fresh(case)))] == ["B.e"]


@pytest.mark.parametrize("code", ["C.i", "A.y", "A.i", "B.d", "X.x", ""])
def test_code_that_is_no_supervision_of_the_stage_is_refused(walked, people, code):
    with refused(f"{code} bukan supervisi tahap ini."):
        supervise(people, walked.at(Stage.ASSESSMENT), code)


def test_supervision_needs_a_note_and_a_possible_date(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    with refused("Isi catatan supervisi.", "Tanggal supervisi tidak boleh di masa depan."):
        supervise(people, case, note=" ", on=TODAY + timedelta(days=1))
    with refused("Tanggal supervisi mendahului kontak pertama."):
        supervise(people, case, on=TODAY - timedelta(days=1))


def test_verdict_is_one_of_two(walked, people):
    with refused("Hasil: Nilai 'mungkin' bukan pilihan yang valid."):
        supervise(people, walked.at(Stage.ASSESSMENT), verdict="mungkin")


def test_supervising_from_an_old_page_is_stale(walked, people):
    with stale(MOVED):
        supervise(people, walked.at(Stage.ASSESSMENT), version=1)


def test_closed_case_is_not_supervised(walked, people):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    with refused("Kasus sudah ditutup."):
        supervise(people, case, "F.i")


def test_supervision_out_of_sight_is_not_found(walked):
    strangers = factories.team(factories.institution("LAIN"))
    with not_found("Kasus tidak ditemukan."):
        supervise(strangers, walked.at(Stage.ASSESSMENT))


# --- Send back -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stage", "to"),
    [
        (Stage.PLANNING, Stage.ASSESSMENT),
        (Stage.INTERVENTION, Stage.PLANNING),
        (Stage.CLOSING, Stage.PLANNING),
    ],
)
def test_case_is_sent_back_as_the_table_says(walked, people, stage, to):
    case = walked.at(stage)
    before = case.version
    send_back(people, case, to)
    assert last_move(case) == ("send_back", stage, to, 1, before + 1)
    assert Transition.objects.filter(case=case).last().reason == "Rencana tidak lagi sesuai"


@pytest.mark.parametrize("stage", Stage)
def test_case_is_sent_back_nowhere_else(walked, people, stage):
    allowed = {
        Stage.PLANNING: (Stage.ASSESSMENT,),
        Stage.INTERVENTION: (Stage.PLANNING,),
        Stage.CLOSING: (Stage.PLANNING,),
    }
    case = walked.at(stage)
    for to in [*Stage, "", "dapur"]:
        if to not in allowed.get(stage, ()):
            with refused(f"Dari tahap {stage.label} kasus tidak dapat mundur ke tahap itu."):
                send_back(people, case, to)


def test_sending_back_needs_a_reason_a_supervisor_and_a_free_case(walked, people):
    case = walked.at(Stage.INTERVENTION)
    with refused("Isi alasan mundur tahap."):
        send_back(people, case, Stage.PLANNING, reason=" ")
    with forbidden("Hanya supervisor yang dapat memberi supervisi dan memutus pengajuan."):
        send_back(people, case, Stage.PLANNING, by=people.worker)
    with stale(MOVED):
        send_back(people, case, Stage.PLANNING, version=1)
    walk.intervention(people, case)
    submitted(people, case)
    with stale(WAITS):
        send_back(people, case, Stage.PLANNING)


def test_closed_case_is_not_sent_back(walked, people):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    with refused("Kasus sudah ditutup."):
        send_back(people, case, Stage.CLOSING)


def test_sent_back_case_asks_for_supervision_again_while_its_papers_count(walked, people):
    case = walked.at(Stage.INTERVENTION)
    send_back(people, case, Stage.PLANNING)
    assert gates.unmet(fresh(case)) == []
    request = submitted(people, case)
    with refused("Isi catatan supervisi: C.i belum diberikan."):
        approved(people, request, note="")
    approved(people, request, note="Rencana diperbarui")
    assert fresh(case).stage == Stage.INTERVENTION
    assert Supervision.objects.filter(case=case, code="C.i").count() == 2
