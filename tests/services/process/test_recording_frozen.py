"""Stage records: when they are frozen, and who was faster."""

from datetime import date

import pytest

from cases.enums import Stage
from services import models, recording, records, transitions
from services.demo import walk
from services.demo.words import PAPERS
from tests.services.process.acts import TODAY, proposed, submitted, with_selection_papers
from tests.services.process.refusals import refused, stale
from tests.services.process.writing import rewrite

ENDED = "Tahap %s sudah selesai dan terkunci."
NOT_YET = "Kasus belum sampai di tahap %s."
WAITS = "Isi tahap terkunci karena sedang diajukan."


# --- Frozen ---------------------------------------------------------------------------------------------------------
def attempt(people, case, kind):
    """One more record of a kind."""
    values, parts = PAPERS[kind](case)
    recording.save_record(case=case, kind=kind, values={**values, "on": TODAY}, parts=parts, by=people.worker)


@pytest.mark.parametrize("stage", Stage)
def test_records_of_other_stages_are_closed(walked, people, stage):
    """Every kind of record, new or kept, on a case at the beginning of each stage."""
    case = walked.at(stage)
    for kind in records.RECORDS:
        if kind.home == stage:
            continue
        reason = (NOT_YET if kind.home.position > stage.position else ENDED) % kind.home.label
        with refused(reason):
            attempt(people, case, kind)
        for row in kind.of(case):
            with refused(reason):
                rewrite(people, row, on=TODAY)


@pytest.mark.parametrize("stage", Stage)
def test_every_record_of_a_stage_is_frozen_while_its_end_waits(walked, people, stage):
    case = walked.at(stage)
    walk.STEPS[stage](people, case)
    submitted(people, case, **({"ending": "completed"} if stage == Stage.AFTERCARE else {}))
    kinds = records.of_stage(stage)
    kept = [row for kind in kinds for row in kind.of(case)]
    assert kept
    for kind in kinds:
        with refused(WAITS):
            attempt(people, case, kind)
    for row in kept:
        with refused(WAITS):
            rewrite(people, row, on=TODAY)


@pytest.mark.parametrize("stage", [Stage.INTAKE, Stage.CLOSING])
def test_every_record_of_a_stage_is_frozen_while_its_decision_waits(walked, people, stage):
    case = walked.at(stage)
    if stage == Stage.INTAKE:
        walk.fill(people, case, models.AdminChecklist, models.Eligibility)
        proposed(people, case, "accepted")
    else:
        walk.evaluation(people, case)
        proposed(people, case, "terminate")
    for kind in records.of_stage(stage):
        with refused(WAITS):
            attempt(people, case, kind)
        for row in kind.of(case):
            with refused(WAITS):
                rewrite(people, row, on=TODAY)


def test_every_record_of_a_closed_case_is_only_read(walked, people):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    for kind in records.RECORDS:
        with refused("Kasus sudah ditutup; isinya hanya dapat dibaca."):
            attempt(people, case, kind)
        for row in kind.of(case):
            with refused("Kasus sudah ditutup; isinya hanya dapat dibaca."):
                rewrite(people, row, on=TODAY)


def test_case_sent_back_opens_the_earlier_stage_and_closes_the_later(walked, people, save):
    case = walked.at(Stage.INTERVENTION)
    save(case, models.ProcessEvaluation)
    transitions.send_back(
        case=case, to=Stage.PLANNING, reason="Rencana berubah", by=people.supervisor, version=case.version
    )
    goal = models.Goal.of(case).first()
    assert rewrite(people, goal, goal="Tujuan baru").goal == "Tujuan baru"
    with refused(NOT_YET % "Pelaksanaan"):
        attempt(people, case, models.ProcessEvaluation)


# --- Around a decision ----------------------------------------------------------------------------------------------
def test_papers_that_follow_a_decision_wait_for_it(walked, people):
    case = with_selection_papers(walked, people)
    for kind in (models.Notice, models.Agreement, models.Placement, models.CandidateReferral):
        with refused("Baru dapat diisi setelah keputusan seleksi disahkan."):
            attempt(people, case, kind)


@pytest.mark.parametrize(
    ("way", "label", "needless"),
    [
        ("accepted", "Diterima", (models.CandidateReferral,)),
        ("waiting_list", "Daftar tunggu", (models.CandidateReferral, models.Agreement, models.Placement)),
        ("not_eligible", "Tidak layak", (models.CandidateReferral, models.Agreement, models.Placement)),
        ("referred", "Dirujuk", (models.Agreement, models.Placement)),
    ],
)
def test_papers_of_another_answer_are_not_taken(walked, people, way, label, needless):
    case = with_selection_papers(walked, people)
    walk.decide(people, case, way)
    for kind in needless:
        with refused(f"Tidak diperlukan oleh keputusan seleksi “{label}”."):
            attempt(people, case, kind)


@pytest.mark.parametrize("way", ["accepted", "not_eligible", "referred"])
def test_grounds_of_a_settled_decision_are_frozen(walked, people, way):
    case = with_selection_papers(walked, people)
    walk.decide(people, case, way)
    for kind in (models.AdminChecklist, models.Eligibility):
        with refused("Dasar keputusan seleksi terkunci sejak disahkan."):
            rewrite(people, kind.of(case).get(), on=TODAY)


def test_grounds_of_the_closing_open_again_with_an_extension(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "extend", until_on=date(2026, 9, 30))
    row = models.OutcomeEvaluation.of(case).get()
    assert rewrite(people, row, efficiency="Perlu waktu tambahan").version == 2


# --- Somebody was faster --------------------------------------------------------------------------------------------
def test_single_record_is_not_written_twice(walked, people, save):
    for kind in (models.AdminChecklist, models.Assessment, models.PlanConsent, models.OutcomeEvaluation):
        case = walked.at(kind.home)
        save(case, kind)
        with stale(f"{kind.title} sudah diisi.", by="Pekerja Ankn"):
            attempt(people, case, kind)


def test_record_changed_meanwhile_is_stale_and_names_who(walked, people, save):
    row = save(walked.at(Stage.PLANNING), models.Goal)
    rewrite(people, row, goal="Pertama")
    with stale("Catatan ini sudah diubah sejak Anda membukanya.", by="Pekerja Ankn"):
        rewrite(people, row, goal="Kedua")


def test_record_of_another_case_is_stale(walked, people, save):
    case = walked.at(Stage.PLANNING)
    other = models.Goal.objects.exclude(case=case).first()
    with stale("Catatan ini sudah diubah sejak Anda membukanya."):
        recording.save_record(
            case=case, kind=models.Goal, values={}, by=people.worker, record_id=other.pk, version=other.version
        )


def test_record_of_an_earlier_round_is_stale(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "continue")
    first_round = models.Goal.objects.filter(case=case, round=1).first()
    with stale("Catatan ini sudah diubah sejak Anda membukanya."):
        rewrite(people, first_round, goal="Mengubah putaran lama")
