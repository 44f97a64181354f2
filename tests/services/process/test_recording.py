"""Stage records: who may write them, what saving them leaves behind."""

from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.enums import Role
from cases import registry
from cases.enums import Aspect, Bimbingan, Stage
from rehsos import clock
from services import models, recording, records
from services.demo import walk
from services.demo.words import PAPERS
from services.enums import Presence
from services.models import Activity
from tests import factories
from tests.services.process.acts import NOT_YOURS, TODAY
from tests.services.process.refusals import forbidden, not_found, refused
from tests.services.process.writing import rewrite


def activities_of(row):
    rows = Activity.objects.filter(record_kind=row._meta.model_name, record_id=row.pk).order_by("code")
    return [(a.code, a.on, sorted(a.lines.values_list("bimbingan", flat=True))) for a in rows]


# --- What saving leaves behind --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("stage", "kind", "codes"),
    [
        (Stage.INTAKE, models.HomeVisit, ["A.k"]),
        (Stage.INTAKE, models.Motivation, ["A.o", "A.p", "A.r"]),
        (Stage.INTAKE, models.AdditionalData, ["A.aa"]),
        (Stage.INTAKE, models.AdminChecklist, ["A.u"]),
        (Stage.INTAKE, models.Eligibility, ["A.v"]),
        (Stage.ASSESSMENT, models.Assessment, ["B.d"]),
        (Stage.ASSESSMENT, models.AssessmentConference, ["B.f"]),
        (Stage.ASSESSMENT, models.AssessmentReport, ["B.h"]),
        (Stage.PLANNING, models.Goal, ["C.c"]),
        (Stage.PLANNING, models.PlanningConference, ["C.m"]),
        (Stage.PLANNING, models.PlanConsent, ["C.n"]),
        (Stage.INTERVENTION, models.ProgressSheet, []),
        (Stage.INTERVENTION, models.ProcessEvaluation, ["D.dd"]),
        (Stage.CLOSING, models.OutcomeEvaluation, ["E.1.3"]),
        (Stage.CLOSING, models.EvaluationConference, ["E.1.4"]),
        (Stage.CLOSING, models.EvaluationReport, ["E.1.6"]),
        (Stage.AFTERCARE, models.AftercarePlan, ["F.a"]),
        (Stage.AFTERCARE, models.AftercareMiss, ["F.h"]),
        (Stage.AFTERCARE, models.ResourceLink, ["F.e"]),
        (Stage.AFTERCARE, models.BusinessAid, ["F.f"]),
        (Stage.AFTERCARE, models.AftercareVisit, ["F.c", "F.g"]),
    ],
)
def test_saved_record_is_signed_and_writes_its_activities(walked, people, save, stage, kind, codes):
    case = walked.at(stage)
    row = save(case, kind)
    assert (row.stage, row.round, row.version, row.author, row.author_ids) == (
        stage,
        1,
        1,
        people.worker,
        [people.worker.pk],
    )
    activities = Activity.objects.filter(record_kind=kind._meta.model_name, record_id=row.pk)
    assert sorted(activities.values_list("code", flat=True)) == codes
    for activity in activities:
        assert (activity.on, activity.by, activity.account) == (TODAY, people.worker, str(kind.title))
        assert list(activity.cases.all()) == [case]


@pytest.mark.parametrize(
    ("way", "stage", "kinds"),
    [
        ("accepted", Stage.INTAKE, {models.Notice: "A.w", models.Agreement: "A.bb", models.Placement: "A.dd"}),
        ("referred", Stage.INTAKE, {models.CandidateReferral: "A.x"}),
        (
            "terminate",
            Stage.CLOSING,
            {models.Readiness: "E.2.2", models.Handover: "E.2.3", models.TerminationReport: "E.2.5"},
        ),
        ("refer", Stage.CLOSING, {models.Referral: "E.3.2", models.ReferralReport: "E.3.5"}),
    ],
)
def test_what_follows_a_decision_writes_its_activities(walked, people, save, way, stage, kinds):
    case = walked.at(stage)
    kinds_before = (
        (models.AdminChecklist, models.Eligibility)
        if stage == Stage.INTAKE
        else (models.OutcomeEvaluation, models.EvaluationConference, models.EvaluationReport)
    )
    walk.fill(people, case, *kinds_before)
    walk.decide(people, case, way)
    assert {kind: [code for code, _on, _lines in activities_of(save(case, kind))] for kind in kinds} == {
        kind: [code] for kind, code in kinds.items()
    }


def test_every_kind_of_record_was_tried_above():
    tried = {
        argument
        for test in (
            test_saved_record_is_signed_and_writes_its_activities,
            test_what_follows_a_decision_writes_its_activities,
        )
        for mark in test.pytestmark
        for row in mark.args[1]
        for argument in (row[2] if isinstance(row[2], dict) else row[1:2])
    }
    assert tried == set(records.RECORDS)


def test_changed_record_keeps_its_activity_and_all_its_authors(walked, people, save):
    case = walked.at(Stage.ASSESSMENT)
    row = save(case, models.Assessment)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor)
    with clock.at(datetime(2026, 3, 12, 3, tzinfo=UTC)):
        changed = recording.save_record(
            case=case,
            kind=models.Assessment,
            values={"on": date(2026, 3, 12), "recommendation": "Rujukan parsial"},
            by=people.other_worker,
            record_id=row.pk,
            version=1,
        )
    assert (changed.pk, changed.version, changed.author) == (row.pk, 2, people.other_worker)
    assert changed.author_ids == sorted([people.worker.pk, people.other_worker.pk])
    assert activities_of(changed) == [("B.d", date(2026, 3, 12), [])]
    assert Activity.objects.get(record_kind="assessment", record_id=row.pk).by == people.worker
    assert changed.findings.count() == 4


def test_parts_are_replaced_as_a_whole(walked, people, save):
    row = save(walked.at(Stage.INTAKE), models.AdminChecklist)
    assert row.items.count() == 6
    rows = [{"key": "1", "label": "Pasfoto", "presence": Presence.PRESENT}]
    recording.save_record(
        case=row.case,
        kind=models.AdminChecklist,
        values={},
        parts={models.ChecklistItem: rows},
        by=people.worker,
        record_id=row.pk,
        version=1,
    )
    assert list(row.items.values_list("label", flat=True)) == ["Pasfoto"]


def test_goal_that_changes_its_bimbingan_changes_its_activity(walked, people, save):
    row = save(walked.at(Stage.PLANNING), models.Goal, bimbingan=Bimbingan.PHYSICAL)
    assert activities_of(row) == [("C.b", TODAY, ["physical"])]
    row = rewrite(people, row, bimbingan=Bimbingan.ADVOCACY)
    assert activities_of(row) == [("C.h", TODAY, ["advocacy"])]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("C.j", []),
        ("C.k", ["physical", "resocialization", "vocational"]),
        ("C.l", ["advocacy", "community_development", "psychosocial", "social"]),
        ("C.m", []),
    ],
)
def test_planning_conference_covers_the_bimbingan_of_its_code(walked, save, code, lines):
    assert activities_of(save(walked.at(Stage.PLANNING), models.PlanningConference, code=code)) == [
        (code, TODAY, lines)
    ]


@pytest.mark.parametrize("way", ["F.b", "F.c", "F.d", "F.e", "F.f"])
def test_visit_is_done_in_one_way_and_always_watches(walked, save, way):
    row = save(walked.at(Stage.AFTERCARE), models.AftercareVisit, way=way)
    assert [code for code, _on, _lines in activities_of(row)] == [way, "F.g"]


def test_form_sent_twice_saves_once(walked, people):
    case = walked.at(Stage.PLANNING)
    values = {**PAPERS[models.Goal](case)[0], "on": TODAY}
    words = {"case": case, "kind": models.Goal, "values": values, "by": people.worker, "key": "k1"}
    assert recording.save_record(**words) == recording.save_record(**words)
    assert models.Goal.of(case).count() == 1


# --- Who ------------------------------------------------------------------------------------------------------------
def test_records_are_written_by_the_workers_of_the_case_alone(walked, people):
    case = walked.at(Stage.PLANNING)
    words = {"case": case, "kind": models.Goal, "values": {**PAPERS[models.Goal](case)[0], "on": TODAY}}
    clerk = factories.user("tatausaha", Role.ADMIN_OFFICE)
    for other in (people.supervisor, people.head, clerk):
        with forbidden(NOT_YOURS):
            recording.save_record(**words, by=other)
    nurse = factories.user("perawat", Role.NURSE)
    for other in (people.other_worker, nurse):
        with not_found("Kasus tidak ditemukan."):
            recording.save_record(**words, by=other)


# --- Fields ---------------------------------------------------------------------------------------------------------
def test_lengths_choices_and_ranges_are_judged_alike_on_both_databases(walked, people):
    case = walked.at(Stage.PLANNING)
    values = {**PAPERS[models.Goal](case)[0], "on": TODAY, "goal": "x" * 301, "bimbingan": "renang", "cost": ""}
    with refused(
        "Bimbingan: Nilai 'renang' bukan pilihan yang valid.",
        "Tujuan: Pastikan nilai ini mengandung paling banyak 300 karakter (sekarang 301 karakter).",
        "Biaya: Field ini tidak boleh kosong.",
    ):
        recording.save_record(case=case, kind=models.Goal, values=values, by=people.worker)


def test_rows_inside_a_record_are_judged_too(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    row = {"key": Aspect.SOCIAL.value, "label": "Sosial", "condition": "Baik", "needs": "-", "score": 6}
    values = {**PAPERS[models.Assessment](case)[0], "on": TODAY}
    with refused("Nilai 1–5: Pastikan nilai ini lebih kecil dari atau sama dengan 5."):
        recording.save_record(
            case=case, kind=models.Assessment, values=values, parts={models.AspectFinding: [row]}, by=people.worker
        )


def test_sheet_belongs_to_a_period_that_exists_and_is_written_once(walked, people, save):
    case = walked.at(Stage.INTERVENTION)
    save(case, models.ProgressSheet, period_on=date(2026, 3, 1))
    values, parts = PAPERS[models.ProgressSheet](case)
    for period_on, reason in (
        (date(2026, 3, 1), "Lembar perkembangan periode ini sudah diisi."),
        (date(2026, 2, 1), "Tanggal ini bukan awal sebuah periode lembar perkembangan."),
        (date(2026, 3, 2), "Tanggal ini bukan awal sebuah periode lembar perkembangan."),
    ):
        words = {**values, "on": TODAY, "period_on": period_on}
        with refused(reason):
            recording.save_record(case=case, kind=models.ProgressSheet, values=words, parts=parts, by=people.worker)
    with refused(
        "Periode yang dimulai tidak boleh di masa depan.", "Tanggal ini bukan awal sebuah periode lembar perkembangan."
    ):
        words = {**values, "on": TODAY, "period_on": date(2026, 4, 1)}
        recording.save_record(case=case, kind=models.ProgressSheet, values=words, parts=parts, by=people.worker)
    sheet = models.ProgressSheet.of(case).get()
    assert rewrite(people, sheet, obstacles="Jarak rumah").obstacles == "Jarak rumah"


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("sent_on", "Tanggal dikirim tidak boleh di masa depan."),
        ("reply_on", "Tanggal jawaban tidak boleh di masa depan."),
        ("left_on", "Tanggal meninggalkan UPT tidak boleh di masa depan."),
        ("on", "Tanggal tidak boleh di masa depan."),
    ],
)
def test_no_date_inside_a_record_lies_ahead(walked, people, field, sentence):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "refer")
    values = {**PAPERS[models.Referral](case)[0], "on": TODAY, field: TODAY + timedelta(days=1)}
    with refused(sentence):
        recording.save_record(case=case, kind=models.Referral, values=values, by=people.worker)


def test_no_date_in_a_row_of_a_record_lies_ahead(walked, people):
    case = walked.at(Stage.INTAKE)
    rows = [{"key": "1", "label": "KTP", "presence": Presence.PRESENT, "dated_on": TODAY + timedelta(days=1)}]
    with refused("Tanggal surat tidak boleh di masa depan."):
        recording.save_record(
            case=case,
            kind=models.AdminChecklist,
            values={"on": TODAY},
            parts={models.ChecklistItem: rows},
            by=people.worker,
        )
