"""What a request and a sign-off are bound to: the words of the records they judge, and nothing else."""

from datetime import date

import pytest
from django.db import models as columns

from cases.enums import Bimbingan, Stage
from services import gates, models, recording, records, transitions
from services.demo import walk
from services.demo.words import PAPERS
from services.enums import Verdict
from services.models.record import digest
from services.situation import Situation
from tests.services.process.acts import TODAY, fresh, proposed, send_back, supervise

BOOKKEEPING = {"id", "case", "stage", "round", "version", "author", "author_ids", "saved_at"}

NEEDS = {
    models.Notice: "accepted",
    models.Agreement: "accepted",
    models.Placement: "accepted",
    models.CandidateReferral: "referred",
    models.Readiness: "terminate",
    models.Handover: "terminate",
    models.TerminationReport: "terminate",
    models.Referral: "refer",
    models.ReferralReport: "refer",
}


def unsigned(case):
    return [sign_off.code for sign_off in gates.unsigned(Situation(fresh(case)))]


def rewrite(people, row, parts=None, **values):
    return recording.save_record(
        case=row.case,
        kind=type(row),
        values=values,
        parts=parts,
        by=people.worker,
        record_id=row.pk,
        version=row.version,
    )


def kept(kind, case):
    return kind.objects.get(pk=kind.of(case).last().pk)


# --- The digest -----------------------------------------------------------------------------------------------------
def sample(walked, people, kind):
    """One saved record of a kind, wherever in the process it lives."""
    case = walked.at(kind.home)
    way = NEEDS.get(kind)
    if way:
        before = {
            Stage.INTAKE: (models.AdminChecklist, models.Eligibility),
            Stage.CLOSING: (models.OutcomeEvaluation, models.EvaluationConference, models.EvaluationReport),
        }[kind.home]
        walk.fill(people, case, *before)
        walk.decide(people, case, way)
    return kept(kind, walk.paper(people, case, kind).case)


def changed(field, value):
    """Another value of the field, as different as it may be."""
    if field.choices:
        return next(choice for choice, _label in field.flatchoices if choice != value)
    if isinstance(field, columns.BooleanField):
        return not value
    if isinstance(field, columns.DateField):
        return date(2026, 3, 9)
    if isinstance(field, columns.IntegerField):
        return (value or 0) + 1
    return f"{value or ''}."


@pytest.mark.parametrize("kind", records.RECORDS, ids=lambda kind: kind.__name__)
def test_every_field_of_a_record_and_of_its_rows_is_in_the_digest(walked, people, kind):
    row = sample(walked, people, kind)
    before = digest([row])
    for field in [field for field in kind._meta.concrete_fields if field.name not in BOOKKEEPING]:
        old = getattr(row, field.attname)
        setattr(row, field.attname, changed(field, old))
        assert digest([row]) != before, field.name
        setattr(row, field.attname, old)
    assert digest([row]) == before
    for part in row.parts():
        for field in part._meta.concrete_fields:
            if field.name in ("id", "record"):
                continue
            type(part).objects.filter(pk=part.pk).update(**{field.name: changed(field, getattr(part, field.name))})
            assert digest([kind.objects.get(pk=row.pk)]) != before, field.name
            type(part).objects.filter(pk=part.pk).update(**{field.name: getattr(part, field.name)})
    assert digest([kind.objects.get(pk=row.pk)]) == before


@pytest.mark.parametrize("kind", records.RECORDS, ids=lambda kind: kind.__name__)
def test_same_words_saved_again_are_the_same_digest(walked, people, kind):
    row = sample(walked, people, kind)
    before = digest([row])
    again = rewrite(people, row, parts=PAPERS[kind](row.case)[1])
    assert (again.version, digest([kind.objects.get(pk=row.pk)])) == (2, before)


def test_digest_is_a_plain_function_of_the_words():
    """Pinned, so that no database, version or order of fields changes what old sign-offs are bound to."""
    words = {"id": 7, "case_id": 3, "stage": Stage.PLANNING, "on": date(2026, 3, 10), "goal": "Tujuan"}
    goal, other = models.Goal(**words, author_id=1), models.Goal(**words, author_id=2, version=5)
    assert digest([]) == "4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"
    assert digest([other]) == digest([goal])
    assert digest([goal, other]) != digest([goal])


# --- Sign-offs asked again ------------------------------------------------------------------------------------------
def test_sign_off_is_asked_again_after_each_paper_of_its_stage_changed(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    for kind, change in (
        (models.Assessment, {"problem_statement": "Berubah"}),
        (models.AssessmentConference, {"decision": "Berubah"}),
        (models.AssessmentReport, {"results": "Berubah"}),
    ):
        supervise(people, case, "B.e")
        assert unsigned(case) == []
        rewrite(people, kept(kind, case), **change)
        assert (kind.__name__, unsigned(case)) == (kind.__name__, ["B.e"])


def test_sign_off_is_asked_again_after_a_row_of_a_paper_changed(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    supervise(people, case, "B.e")
    rows = PAPERS[models.Assessment](case)[1][models.AspectFinding]
    rows[2]["score"] = 5
    rewrite(people, kept(models.Assessment, case), parts={models.AspectFinding: rows})
    assert unsigned(case) == ["B.e"]


def test_sign_off_is_asked_again_after_one_more_paper(walked, people):
    case = walked.at(Stage.PLANNING)
    walk.planning(people, case)
    supervise(people, case, "C.i")
    walk.paper(people, case, models.Goal, bimbingan=Bimbingan.SOCIAL)
    assert unsigned(case) == ["C.i"]


def test_sign_off_stands_after_sessions_logs_and_unchanged_words(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    for code in ("D.x", "D.y"):
        supervise(people, case, code)
    walk.serve(people, case, Bimbingan.PSYCHOSOCIAL)
    walk.monitor(people, case)
    row = kept(models.ProcessEvaluation, case)
    rewrite(people, row, went_well=row.went_well)
    assert unsigned(case) == []


def test_sign_offs_of_intervention_judge_its_papers(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    for code in ("D.x", "D.y"):
        supervise(people, case, code)
    walk.paper(people, case, models.ProgressSheet, period_on=date(2026, 3, 1))
    assert unsigned(case) == ["D.x", "D.y"]


def test_sign_off_of_one_bimbingan_judges_its_goals_only(walked, people):
    case = walked.at(Stage.INTERVENTION)
    now = Situation(case)
    goals = {code: [str(g.bimbingan) for g in gates.judged_records(now, code)] for code in ("D.w", "D.x", "D.y")}
    assert goals == {"D.w": [], "D.x": ["vocational"], "D.y": ["psychosocial"]}


def test_sign_off_of_the_selection_judges_its_grounds_and_not_what_follows(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    supervise(people, case, "A.y")
    assert unsigned(case) == []
    rewrite(people, kept(models.Eligibility, case), findings="Berubah")
    assert unsigned(case) == ["A.y"]
    walk.decide(people, case, "accepted")
    walk.fill(people, case, models.Notice, models.Agreement, models.Placement)
    walk.end_stage(people, case)
    signed = models.Supervision.objects.filter(case=case).order_by("pk").values_list("code", flat=True)
    assert list(signed) == ["A.y", "A.y"]


def test_sign_off_of_the_termination_judges_what_the_decision_let_follow(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.closing(people, case)
    supervise(people, case, "E.2.4")
    assert unsigned(case) == []
    rewrite(people, kept(models.Handover, case), receiver_name="Paman")
    assert unsigned(case) == ["E.2.4"]


def test_sign_offs_on_identification_and_motivation_judge_no_record(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    for code in ("A.k", "A.p"):
        recording.log_activity(code=code, by=people.worker, on=TODAY, cases=[case])
    for code in ("A.n", "A.q"):
        supervise(people, case, code)
    walk.decide(people, case, "accepted")
    walk.fill(people, case, models.Notice, models.Agreement, models.Placement)
    recording.log_activity(code="A.l", by=people.worker, on=TODAY, cases=[case])
    assert unsigned(case) == []


def test_sign_off_is_asked_again_after_a_send_back(walked, people):
    case = walked.at(Stage.PLANNING)
    walk.planning(people, case)
    supervise(people, case, "C.i")
    send_back(people, case, Stage.ASSESSMENT)
    assert unsigned(case) == ["B.e"]
    supervise(people, case, "B.e")
    walk.end_stage(people, case)
    assert unsigned(case) == ["C.i"]


def test_request_returned_by_the_head_asks_the_sign_off_again_only_where_its_grounds_changed(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    for change, owed in (({}, []), ({"findings": "Berubah"}, ["A.y"])):
        request = proposed(people, case)
        transitions.approve(request=request, by=people.supervisor, version=1, note="Baik")
        transitions.give_back(request=request, by=people.head, version=1, reason="Tunggu")
        rewrite(people, kept(models.Eligibility, case), **change)
        assert unsigned(case) == owed


def test_later_return_takes_a_sign_off_away(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    supervise(people, case, "B.e")
    supervise(people, case, "B.e", verdict=Verdict.RETURNED, by=people.other_supervisor)
    assert unsigned(case) == ["B.e"]
