"""What is missing, in words: every reason of every stage, and when a paper counts."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Institution
from cases.enums import Aspect, Bimbingan, Stage
from rehsos import clock
from services import gates, models, recording, transitions
from services.demo import walk
from services.demo.words import PAPERS
from services.enums import ConferenceKind, Presence, Recipient, Reply, Signer, Told
from services.situation import Situation


def unmet(case):
    case.refresh_from_db()
    return [str(missing) for missing in gates.unmet(case)]


def parts_of(case, kind, part, keep):
    """The default rows of a record, those that ``keep`` lets stay."""
    return {part: [row for row in PAPERS[kind](case)[1][part] if keep(row)]}


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (
            Stage.INTAKE,
            [
                ("Ceklis administrasi (A.u) belum diisi", "A.u", "ceklis", ""),
                ("Wawancara dan penentuan kelayakan (A.v) belum diisi", "A.v", "kelayakan", ""),
            ],
        ),
        (
            Stage.ASSESSMENT,
            [
                ("Asesmen empat aspek (B.d) belum diisi", "B.d", "asesmen", ""),
                ("Temu bahas hasil asesmen (B.f) belum diisi", "B.f", "temu-bahas", ""),
                ("Laporan hasil asesmen (B.h) belum diisi", "B.h", "laporan-asesmen", ""),
            ],
        ),
        (
            Stage.PLANNING,
            [
                ("Rencana belum memuat satu pun tujuan", "", "tujuan", ""),
                ("Temu bahas rencana (C.j / C.k / C.l / C.m) belum diisi", "C.j", "temu-bahas-rencana", ""),
                ("Persetujuan klien atas rencana (C.n) belum diisi", "C.n", "persetujuan", ""),
            ],
        ),
        (
            Stage.INTERVENTION,
            [
                (
                    "Belum ada layanan bimbingan keterampilan (D.j) sejak tahap ini dimulai",
                    "D.j",
                    "",
                    Bimbingan.VOCATIONAL,
                ),
                (
                    "Belum ada layanan bimbingan psikososial (D.k) sejak tahap ini dimulai",
                    "D.k",
                    "",
                    Bimbingan.PSYCHOSOCIAL,
                ),
                ("Memantau aktivitas sehari-hari klien (D.p) belum dicatat", "D.p", "", ""),
                ("Evaluasi proses (D.dd) belum diisi", "D.dd", "evaluasi-proses", ""),
            ],
        ),
        (
            Stage.CLOSING,
            [
                ("Evaluasi hasil pelayanan (E.1.3) belum diisi", "E.1.3", "evaluasi-hasil", ""),
                ("Temu bahas evaluasi (E.1.4) belum diisi", "E.1.4", "temu-bahas-evaluasi", ""),
                ("Laporan evaluasi (E.1.6) belum diisi", "E.1.6", "laporan-evaluasi", ""),
            ],
        ),
        (
            Stage.AFTERCARE,
            [
                (
                    "Kunjungan bimbingan lanjut (F.b / F.c / F.d / F.e / F.f) belum diisi",
                    "F.b",
                    "kunjungan",
                    "",
                ),
                ("Kunjungan bimbingan lanjut (F.g) belum diisi", "F.g", "kunjungan", ""),
            ],
        ),
    ],
)
def test_stage_begins_with_all_its_papers_missing(walked, stage, expected):
    assert [(m.text, m.code, m.record, m.bimbingan) for m in gates.unmet(walked.at(stage))] == expected


@pytest.mark.parametrize("stage", Stage)
def test_filled_stage_lacks_nothing(walked, people, stage):
    case = walked.at(stage)
    walk.STEPS[stage](people, case)
    assert unmet(case) == []


def test_what_follows_a_decision_is_asked_only_after_it(walked, people):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    assert unmet(case) == []
    walk.decide(people, case, "accepted")
    assert unmet(case) == [
        "Pemberitahuan hasil seleksi (A.w) belum diisi",
        "Surat kesepakatan (A.bb) belum diisi",
        "Penempatan (A.dd) belum diisi",
    ]


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("waiting_list", ["Pemberitahuan hasil seleksi (A.w) belum diisi"]),
        ("not_eligible", ["Pemberitahuan hasil seleksi (A.w) belum diisi"]),
        (
            "referred",
            ["Pemberitahuan hasil seleksi (A.w) belum diisi", "Rujukan calon klien (A.x) belum diisi"],
        ),
    ],
)
def test_every_answer_of_the_selection_asks_its_own_papers(walked, people, way, expected):
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, way)
    assert unmet(case) == expected


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (
            "terminate",
            [
                "Kesiapan terminasi (E.2.2) belum diisi",
                "Terminasi dan serah terima (E.2.3) belum diisi",
                "Laporan terminasi (E.2.5) belum diisi",
            ],
        ),
        ("refer", ["Rujukan (E.3.2) belum diisi", "Laporan rujukan (E.3.5) belum diisi"]),
    ],
)
def test_every_answer_of_the_closing_asks_its_own_papers(walked, people, way, expected):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, way)
    assert unmet(case) == expected


def test_closed_case_says_so(walked, people):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    assert unmet(case) == ["Kasus sudah ditutup"]


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


# --- Services -------------------------------------------------------------------------------------------------------
def planned(walked, people, *lines):
    """A case at the beginning of intervention whose plan holds these bimbingan."""
    case = walked.at(Stage.PLANNING)
    for line in lines:
        walk.paper(people, case, models.Goal, bimbingan=line)
    walk.fill(people, case, models.PlanningConference, models.PlanConsent)
    walk.end_stage(people, case)
    walk.monitor(people, case)
    walk.fill(people, case, models.ProcessEvaluation)
    return case


def served(case, people, code, *lines, on=None):
    recording.log_activity(
        code=code, by=people.worker, on=on or case.institution.today(), cases=[case], bimbingan=lines
    )


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (Bimbingan.PHYSICAL, "D.j / D.b"),
        (Bimbingan.VOCATIONAL, "D.j"),
        (Bimbingan.PSYCHOSOCIAL, "D.k"),
        (Bimbingan.SOCIAL, "D.l"),
        (Bimbingan.RESOCIALIZATION, "D.n"),
        (Bimbingan.COMMUNITY_DEVELOPMENT, "D.m"),
        (Bimbingan.ADVOCACY, "D.o"),
    ],
)
def test_each_planned_bimbingan_wants_its_own_service(walked, people, line, codes):
    case = planned(walked, people, line)
    name = str(line.label).lower()
    assert unmet(case) == [f"Belum ada layanan {name} ({codes}) sejak tahap ini dimulai"]
    served(case, people, codes.split(" / ")[0], line)
    assert unmet(case) == []


def test_physical_care_serves_the_physical_bimbingan_too(walked, people):
    case = planned(walked, people, Bimbingan.PHYSICAL)
    served(case, people, "D.b")
    assert unmet(case) == []


def test_accompaniment_in_one_bimbingan_does_not_serve_the_other(walked, people):
    case = planned(walked, people, Bimbingan.PHYSICAL, Bimbingan.VOCATIONAL)
    served(case, people, "D.j", Bimbingan.PHYSICAL)
    assert unmet(case) == ["Belum ada layanan bimbingan keterampilan (D.j) sejak tahap ini dimulai"]
    served(case, people, "D.j", Bimbingan.PHYSICAL, Bimbingan.VOCATIONAL)
    assert unmet(case) == []


def test_unplanned_bimbingan_is_not_asked(walked, people):
    case = planned(walked, people, Bimbingan.ADVOCACY)
    served(case, people, "D.o")
    assert unmet(case) == []
    assert [s.code for s in gates.sign_offs(Situation(case))] == ["D.cc"]


def test_services_count_from_the_day_intervention_began(walked, people):
    case = walked.at(Stage.PLANNING)
    served(case, people, "D.k")
    served(case, people, "D.p")
    with clock.at(datetime(2026, 3, 12, 3, tzinfo=UTC)):
        walk.fill(people, case, models.Goal, models.PlanningConference, models.PlanConsent)
        walk.end_stage(people, case)
        walk.fill(people, case, models.ProcessEvaluation)
        wanted = [
            "Belum ada layanan bimbingan psikososial (D.k) sejak tahap ini dimulai",
            "Memantau aktivitas sehari-hari klien (D.p) belum dicatat",
        ]
        assert unmet(case) == wanted
        served(case, people, "D.k", on=date(2026, 3, 11))
        served(case, people, "D.p", on=date(2026, 3, 11))
        assert unmet(case) == wanted
        served(case, people, "D.k", on=date(2026, 3, 12))
        served(case, people, "D.p", on=date(2026, 3, 12))
        assert unmet(case) == []


def test_services_keep_counting_after_a_send_back(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    with clock.at(datetime(2026, 3, 20, 3, tzinfo=UTC)):
        transitions.send_back(
            case=case, to=Stage.PLANNING, reason="Rencana perlu diubah", by=people.supervisor, version=case.version
        )
        walk.end_stage(people, case)
        assert (case.stage, unmet(case)) == (Stage.INTERVENTION, [])


# --- Progress sheets ------------------------------------------------------------------------------------------------
def test_sheets_are_due_for_every_month_that_has_ended(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    assert unmet(case) == []
    with clock.at(datetime(2026, 3, 31, 16, 59, tzinfo=UTC)):
        assert unmet(case) == []
    with clock.at(datetime(2026, 3, 31, 17, 0, tzinfo=UTC)):  # midnight in Surabaya
        assert unmet(case) == ["Lembar perkembangan Maret 2026 belum diisi"]
    with clock.at(datetime(2026, 6, 15, 3, tzinfo=UTC)):
        walk.paper(people, case, models.ProgressSheet, period_on=date(2026, 4, 1))
        assert unmet(case) == [
            "Lembar perkembangan Maret 2026 belum diisi",
            "Lembar perkembangan Mei 2026 belum diisi",
        ]


def test_sheets_follow_the_rhythm_of_the_upt(walked, people):
    Institution.objects.update(progress_months=3)
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    with clock.at(datetime(2026, 10, 1, 3, tzinfo=UTC)):
        assert unmet(case) == [
            "Lembar perkembangan Maret 2026 belum diisi",
            "Lembar perkembangan Juni 2026 belum diisi",
        ]


def test_sheet_without_its_aspects_is_still_due(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    with clock.at(datetime(2026, 4, 2, 3, tzinfo=UTC)):
        words = {"period_on": date(2026, 3, 1), "parts": {models.AspectProgress: []}}
        walk.paper(people, case, models.ProgressSheet, **words)
        assert unmet(case) == ["Lembar perkembangan Maret 2026 belum diisi"]


def test_month_that_ends_while_a_request_waits_asks_nothing_new(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    with clock.at(datetime(2026, 3, 31, 3, tzinfo=UTC)):
        request = transitions.submit(case=case, by=people.worker, version=case.version)
    with clock.at(datetime(2026, 4, 1, 3, tzinfo=UTC)):
        assert unmet(case) == []
        transitions.approve(request=request, by=people.supervisor, version=case.version, note="Lengkap")
        case.refresh_from_db()
        assert case.stage == Stage.CLOSING


# --- Next step ------------------------------------------------------------------------------------------------------
def next_step(case):
    case.refresh_from_db()
    assert (case.next_step, case.next_due_on) == gates.next_step(Situation(case))
    return case.next_step, case.next_due_on


def test_next_step_follows_a_selection_to_its_end(walked, people):
    case = walked.at(Stage.INTAKE)
    assert next_step(case) == ("Ceklis administrasi (A.u) belum diisi dan 1 hal lain", None)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    assert next_step(case) == ("Ajukan keputusan seleksi", None)
    request = transitions.decide(case=case, way="accepted", reason="Layak", by=people.worker, version=case.version)
    friday = date(2026, 3, 13)  # three working days after Tuesday
    assert next_step(case) == ("Menunggu keputusan supervisor", friday)
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Baik")
    assert next_step(case) == ("Menunggu pengesahan Kepala UPT", friday)
    transitions.endorse(request=request, by=people.head, version=case.version)
    assert next_step(case) == ("Pemberitahuan hasil seleksi (A.w) belum diisi dan 2 hal lain", None)
    walk.fill(people, case, models.Notice, models.Agreement, models.Placement)
    assert next_step(case) == ("Ajukan akhir tahap Pendekatan awal", None)


def test_next_step_in_intervention_is_due_when_the_period_ends(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    assert next_step(case) == ("Ajukan akhir tahap Pelaksanaan", date(2026, 3, 31))


def test_next_step_of_an_extension_is_due_when_it_ends(walked, people):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "extend", until_on=date(2026, 9, 30))
    assert next_step(case) == ("Ajukan keputusan penutupan", date(2026, 9, 30))


def test_next_visit_falls_due_by_the_schedule_counted_from_leaving(walked, people):
    case = walked.at(Stage.AFTERCARE)
    assert case.next_due_on == date(2026, 4, 10)
    for done, due in enumerate([date(2026, 6, 10), date(2026, 9, 10), date(2027, 3, 10), None], 1):
        walk.paper(people, case, models.AftercareVisit)
        assert (done, next_step(case)) == (done, ("Ajukan akhir tahap Bimbingan lanjut", due))


def test_closed_case_has_no_next_step(walked, people):
    case = walk.to_end(people, walked.at(Stage.AFTERCARE))
    assert next_step(case) == ("", None)


def test_next_step_never_outgrows_its_column(walked, people):
    case = walked.at(Stage.INTAKE)
    rows = [{"key": str(i), "label": "Surat " * 40, "presence": Presence.ABSENT} for i in range(3)]
    walk.paper(people, case, models.AdminChecklist, parts={models.ChecklistItem: rows})
    words, _due = next_step(case)
    assert len(words) == 200 and words.endswith(" dan 3 hal lain")
