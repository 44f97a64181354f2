"""What is missing inside the records of a stage."""

from datetime import UTC, datetime

import pytest

from cases.enums import Aspect, Stage
from rehsos import clock
from services import models, recording
from services.demo import walk
from services.demo.words import PAPERS
from services.enums import ConferenceKind, Presence, Recipient, Reply, Signer, Told
from tests.services.process.missing import unmet


def parts_of(case, kind, part, keep):
    """The default rows of a record, those that ``keep`` lets stay."""
    return {part: [row for row in PAPERS[kind](case)[1][part] if keep(row)]}


# --- Inside the records ---------------------------------------------------------------------------------------------
def test_absent_requirement_is_named(walked, people):
    case = walked.at(Stage.INTAKE)
    rows = [{"key": "1", "label": "Ijazah terakhir", "presence": Presence.ABSENT}]
    walk.paper(people, case, models.AdminChecklist, parts={models.ChecklistItem: rows})
    assert unmet(case)[:1] == ["Persyaratan “Ijazah terakhir” belum ada"]


def test_requirement_that_is_not_needed_is_no_obstacle(walked, people):
    case = walked.at(Stage.INTAKE)
    rows = [{"key": "1", "label": "Ijazah terakhir", "presence": Presence.NOT_NEEDED}]
    walk.paper(people, case, models.AdminChecklist, parts={models.ChecklistItem: rows})
    assert unmet(case) == ["Wawancara dan penentuan kelayakan (A.v) belum diisi"]


def accepted(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, "accepted")
    walk.fill(people, case, models.Agreement, models.Placement)
    return case


def test_notice_names_all_three_parties(walked, people):
    case = accepted(walked, people)
    rows = parts_of(case, models.Notice, models.NoticeRecipient, lambda row: row["key"] == Recipient.CANDIDATE)
    walk.paper(people, case, models.Notice, parts=rows)
    assert unmet(case) == [
        "Pemberitahuan kepada keluarga belum ditulis",
        "Pemberitahuan kepada lembaga pengirim belum ditulis",
    ]


def test_party_that_is_not_there_needs_a_reason(walked, people):
    case = accepted(walked, people)
    rows = [
        {
            "key": who.value,
            "label": who.label,
            "told": Told.NONE,
            "reason": "" if who == Recipient.FAMILY else "Tidak ada",
        }
        for who in Recipient
    ]
    walk.paper(people, case, models.Notice, parts={models.NoticeRecipient: rows})
    assert unmet(case) == ["Pemberitahuan kepada keluarga: tulis alasan mengapa tidak ada"]


def test_notice_of_an_earlier_answer_does_not_count_for_the_next(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, "waiting_list")
    walk.paper(people, case, models.Notice)
    with clock.at(datetime(2026, 3, 20, 3, tzinfo=UTC)):
        walk.decide(people, case, "accepted")
        walk.fill(people, case, models.Agreement, models.Placement)
        assert unmet(case) == ["Pemberitahuan hasil seleksi (A.w) belum diisi"]
        walk.paper(people, case, models.Notice)
        assert unmet(case) == []


@pytest.mark.parametrize("signer", [Signer.UNABLE, Signer.REFUSED])
def test_who_cannot_or_will_not_sign_needs_two_witnesses(walked, people, signer):
    case = accepted(walked, people)
    walk.paper(people, case, models.Notice)
    agreement = models.Agreement.objects.get(case=case)
    words = {"signer": signer, "witness_1": "Satu saja"}
    recording.save_record(
        case=case, kind=models.Agreement, values=words, by=people.worker, record_id=agreement.pk, version=1
    )
    assert unmet(case) == ["Surat kesepakatan: isi nama dua saksi"]


def test_agreement_needs_the_data_notice(walked, people):
    case = accepted(walked, people)
    walk.paper(people, case, models.Notice)
    agreement = models.Agreement.objects.get(case=case)
    words = {"is_data_notice_given": False}
    recording.save_record(
        case=case, kind=models.Agreement, values=words, by=people.worker, record_id=agreement.pk, version=1
    )
    assert unmet(case) == ["Surat kesepakatan: pemberitahuan pengolahan data belum diberikan"]


def test_referral_needs_consent_sending_and_an_answer(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, "referred")
    walk.paper(people, case, models.Notice)
    walk.paper(
        people, case, models.CandidateReferral, is_consented=False, sent_on=None, reply=Reply.WAITING, reply_on=None
    )
    assert unmet(case) == [
        "Rujukan: persetujuan klien untuk berbagi data belum ada",
        "Rujukan: belum dikirim",
        "Rujukan: jawaban lembaga tujuan belum dicatat",
    ]


def test_referral_at_the_end_needs_the_day_of_leaving(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "refer")
    walk.fill(people, case, models.ReferralReport)
    walk.paper(people, case, models.Referral, left_on=None)
    assert unmet(case) == ["Rujukan: tanggal meninggalkan UPT belum diisi"]


def test_assessment_needs_all_four_aspects_and_a_resource_system(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    rows = parts_of(case, models.Assessment, models.AspectFinding, lambda row: row["key"] != Aspect.SPIRITUAL)
    walk.paper(
        people,
        case,
        models.Assessment,
        parts=rows,
        informal_resources="",
        formal_resources="",
        societal_resources="",
    )
    walk.fill(people, case, models.AssessmentConference, models.AssessmentReport)
    assert unmet(case) == ["Asesmen: aspek spiritual belum diisi", "Asesmen: sistem sumber belum diisi"]


def test_conference_needs_its_participants(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.fill(people, case, models.Assessment, models.AssessmentReport)
    walk.paper(people, case, models.AssessmentConference, parts={models.AssessmentParticipant: []})
    assert unmet(case) == ["Temu bahas: peserta belum ditulis"]
    walk.paper(people, case, models.AssessmentConference)
    assert unmet(case) == []


def test_evaluation_speaks_of_every_goal_and_aspect(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.fill(people, case, models.EvaluationConference, models.EvaluationReport)
    goals = parts_of(case, models.OutcomeEvaluation, models.GoalOutcome, lambda row: "servis" in row["label"])
    aspects = parts_of(case, models.OutcomeEvaluation, models.AspectOutcome, lambda row: row["key"] != Aspect.SOCIAL)
    walk.paper(people, case, models.OutcomeEvaluation, parts={**goals, **aspects})
    assert unmet(case) == [
        "Evaluasi hasil: aspek sosial belum diisi",
        "Evaluasi hasil: capaian tujuan “Mengenali pemicu dan menolak ajakan” belum diisi",
    ]


def test_readiness_answers_every_question(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "terminate")
    walk.fill(people, case, models.Handover, models.TerminationReport)
    rows = parts_of(case, models.Readiness, models.ReadinessAnswer, lambda row: row["key"] != "health")
    walk.paper(people, case, models.Readiness, parts=rows)
    assert unmet(case) == ["Kesiapan: kesehatan belum dijawab"]


# --- Conference of assessment and plan ------------------------------------------------------------------------------
def test_one_minute_of_both_kinds_serves_the_plan_of_the_first_round_only(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.fill(people, case, models.Assessment, models.AssessmentReport)
    walk.paper(people, case, models.AssessmentConference, {"kind": ConferenceKind.BOTH})
    walk.end_stage(people, case)
    walk.fill(people, case, models.Goal, models.PlanConsent)
    assert unmet(case) == []
    walk.end_stage(people, case)
    walk.intervention(people, case)
    walk.end_stage(people, case)
    walk.evaluation(people, case)
    walk.decide(people, case, "continue")
    walk.fill(people, case, models.Goal, models.PlanConsent)
    assert unmet(case) == ["Temu bahas rencana (C.j / C.k / C.l / C.m) belum diisi"]
