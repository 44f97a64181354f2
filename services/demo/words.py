"""Plain default words of every paper, so that a walk needs to say only what is special about a case."""

from collections.abc import Callable, Mapping
from typing import Any

from cases.enums import Aspect, Bimbingan
from cases.models import Case
from services import models
from services.demo import aftercare_words
from services.enums import (
    Achievement,
    ConferenceKind,
    Eligible,
    GoalState,
    Presence,
    ReadinessItem,
    Ready,
    Recipient,
    Reply,
    Signer,
    Told,
)
from services.models import RecordPart, StageRecord

Parts = dict[type[RecordPart], list[dict[str, Any]]]


def _checklist(case: Case) -> tuple[dict[str, Any], Parts]:
    lines = [line.strip() for line in case.institution.admin_requirements.splitlines() if line.strip()]
    rows = [{"key": str(i), "label": line, "presence": Presence.PRESENT} for i, line in enumerate(lines, 1)]
    return {}, {models.ChecklistItem: rows}


def _home_visit(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "place": "Jalan Raya Waru, Sidoarjo",
        "met": "Ibu dan paman calon",
        "problem": "Putus sekolah, sering tidak pulang.",
        "family": "Tinggal dengan ibu dan dua adik.",
        "dwelling": "Rumah petak, lingkungan padat.",
        "livelihood": "Ibu buruh cuci.",
        "willingness": "Calon dan ibunya bersedia.",
        "conclusion": "Diajukan untuk seleksi.",
    }
    return values, {}


def _motivation(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "plan": "Dua pertemuan di rumah bersama ibu.",
        "conduct": "Bercerita tentang program dan lulusan.",
        "response": "Calon ingin belajar bengkel.",
        "evaluation": "Motivasi cukup; dukungan ibu kuat.",
    }
    return values, {}


def _additional_data(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {"source": "Wali kelas terakhir", "findings": "Berhenti di kelas VIII.", "checked": "Buku rapor"}
    return values, {}


def _eligibility(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "interviewers": "Pekerja sosial dan kepala seksi",
        "findings": "Calon memahami program dan bersedia mengikuti.",
        "proposal": Eligible.ACCEPTED,
        "reasons": "Memenuhi kriteria kelompok sasaran UPT.",
    }
    return values, {}


def _notice(case: Case) -> tuple[dict[str, Any], Parts]:
    today = case.institution.today()
    rows = [
        {"key": who.value, "label": who.label, "told": Told.TOLD, "told_on": today, "manner": "Tatap muka"}
        for who in (Recipient.CANDIDATE, Recipient.FAMILY)
    ]
    sender = {"key": Recipient.SENDER.value, "label": Recipient.SENDER.label}
    rows.append({**sender, "told": Told.NONE, "reason": "Datang atas kehendak sendiri"})
    return {"result": "Hasil seleksi disampaikan secara lisan dan tertulis."}, {models.NoticeRecipient: rows}


def _agreement(case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "signer": Signer.CLIENT,
        "signer_name": case.client.name,
        "client_rights": "Mendapat pelayanan, perlindungan data, dan perlakuan yang layak.",
        "client_duties": "Mengikuti program dan menaati tata tertib.",
        "upt_duties": "Memberi pelayanan sesuai rencana dan menjaga kerahasiaan.",
        "months": 6,
        "is_data_notice_given": True,
    }
    return values, {}


def _placement(_case: Case) -> tuple[dict[str, Any], Parts]:
    return {"house": "Asrama Melati", "room": "3", "programme": "Program reguler"}, {}


def _referral(case: Case) -> tuple[dict[str, Any], Parts]:
    today = case.institution.today()
    values = {
        "receiver": "Lembaga Mitra Sejahtera",
        "need": "Perawatan kesehatan jiwa lanjutan",
        "reason": "Kebutuhan di luar layanan UPT.",
        "summary": "Identitas ringkas dan kebutuhan yang dirujuk.",
        "is_consented": True,
        "sent_on": today,
        "reply": Reply.ACCEPTED,
        "reply_on": today,
    }
    return values, {}


def _final_referral(case: Case) -> tuple[dict[str, Any], Parts]:
    values, parts = _referral(case)
    return {**values, "left_on": case.institution.today()}, parts


def _assessment(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "sources": "Wawancara dengan klien dan keluarga, pengamatan di asrama.",
        "informal_resources": "Nenek dan paman",
        "formal_resources": "Puskesmas, PKBM",
        "societal_resources": "Takmir musala",
        "problem_statement": "Putus sekolah dan bergaul dengan teman yang memakai obat terlarang.",
        "recommendation": "Bimbingan psikososial dan keterampilan.",
    }
    rows = [
        {
            "key": aspect.value,
            "label": aspect.label,
            "condition": "Cukup baik",
            "needs": "Pendampingan teratur",
            "strengths": "Mau belajar",
            "score": 2 + aspect_number % 2,
        }
        for aspect_number, aspect in enumerate(Aspect)
    ]
    return values, {models.AspectFinding: rows}


def _report(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "purpose": "Melaporkan pekerjaan pada tahap ini.",
        "conduct": "Dilaksanakan sesuai rancangan.",
        "results": "Data dan kesimpulan lengkap.",
        "suggestions": "Dilanjutkan ke tahap berikutnya.",
    }
    return values, {}


def _conference(part: type[RecordPart], **extra: Any) -> Callable[[Case], tuple[dict[str, Any], Parts]]:
    def words(_case: Case) -> tuple[dict[str, Any], Parts]:
        values = {
            "place": "Ruang rapat",
            "leader": "Kepala seksi pelayanan",
            "minute_taker": "Pekerja sosial",
            "agenda": "Pembahasan kasus",
            "decision": "Disepakati untuk dilanjutkan.",
            "follow_up": "Pekerja sosial menindaklanjuti pekan ini.",
            **extra,
        }
        people = [("Kepala seksi pelayanan", "pimpinan"), ("Pekerja sosial", "penyaji"), ("Perawat", "peserta")]
        rows = [{"key": str(i), "label": name, "name": name, "role": role} for i, (name, role) in enumerate(people, 1)]
        return values, {part: rows}

    return words


def _goal(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "bimbingan": Bimbingan.PSYCHOSOCIAL,
        "problem": "Belum mampu menolak ajakan teman",
        "goal": "Mengenali pemicu dan menolak ajakan",
        "indicator": "Menyelesaikan 24 sesi dan menyebut lima cara menolak",
        "activities": "Konseling individu dan terapi kelompok",
        "people": "Pekerja sosial, psikolog",
        "cost": "DPA UPT",
        "technique": "Casework, konseling motivasi",
        "equipment": "Lembar kerja",
        "facilities": "Ruang konseling",
        "time": "Enam bulan, satu sesi per pekan",
        "in_charge": "Pekerja sosial",
    }
    return values, {}


def _consent(case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "signer": Signer.CLIENT,
        "signer_name": case.client.name,
        "explanation": "Tujuan, kegiatan, dan waktu rencana.",
        "response": "Klien setuju dan memahami.",
    }
    return values, {}


def _progress(case: Case) -> tuple[dict[str, Any], Parts]:
    rows = [
        {
            "key": aspect.value,
            "label": aspect.label,
            "problem": "Belum teratur",
            "intervention": "Pendampingan harian",
            "achieved": "Mulai teratur",
            "not_achieved": "Perlu diingatkan",
            "score": 3,
        }
        for aspect in Aspect
    ]
    goals = [
        {"key": str(goal.pk), "label": goal.goal, "state": GoalState.RUNNING, "note": "Sesuai rencana"}
        for goal in models.Goal.of(case)
    ]
    values = {"period_on": case.institution.today().replace(day=1)}
    return values, {models.AspectProgress: rows, models.GoalProgress: goals}


def _process_evaluation(_case: Case) -> tuple[dict[str, Any], Parts]:
    return {"went_well": "Kehadiran baik.", "obstacles": "Alat praktik terbatas; bergiliran."}, {}


def _outcome(case: Case) -> tuple[dict[str, Any], Parts]:
    goals = [
        {"key": str(goal.pk), "label": goal.goal, "achievement": Achievement.ACHIEVED, "evidence": "Catatan sesi"}
        for goal in models.Goal.of(case)
    ]
    aspects = [{"key": aspect.value, "label": aspect.label, "condition": "Membaik", "score": 4} for aspect in Aspect]
    values = {
        "effectiveness": "Semua tujuan tercapai.",
        "efficiency": "Waktu dan biaya sesuai rencana.",
        "recommendation": "Terminasi.",
    }
    return values, {models.GoalOutcome: goals, models.AspectOutcome: aspects}


def _readiness(_case: Case) -> tuple[dict[str, Any], Parts]:
    rows = [{"key": item.value, "label": item.label, "answer": Ready.READY} for item in ReadinessItem]
    return {"conclusion": "Klien dan keluarga siap."}, {models.ReadinessAnswer: rows}


def _handover(_case: Case) -> tuple[dict[str, Any], Parts]:
    values = {
        "place": "Kantor UPT",
        "receiver_name": "Siti Aminah",
        "receiver_relation": "Ibu",
        "receiver_address": "Kec. Waru, Kab. Sidoarjo",
        "witness_1": "Petugas Dinas Sosial kabupaten",
    }
    return values, {}


PAPERS: Mapping[type[StageRecord], Callable[[Case], tuple[dict[str, Any], Parts]]] = {
    models.AdminChecklist: _checklist,
    models.Eligibility: _eligibility,
    models.HomeVisit: _home_visit,
    models.Motivation: _motivation,
    models.AdditionalData: _additional_data,
    models.Notice: _notice,
    models.CandidateReferral: _referral,
    models.Agreement: _agreement,
    models.Placement: _placement,
    models.Assessment: _assessment,
    models.AssessmentConference: _conference(models.AssessmentParticipant, kind=ConferenceKind.ASSESSMENT),
    models.AssessmentReport: _report,
    models.Goal: _goal,
    models.PlanningConference: _conference(models.PlanningParticipant),
    models.PlanConsent: _consent,
    models.ProgressSheet: _progress,
    models.ProcessEvaluation: _process_evaluation,
    models.OutcomeEvaluation: _outcome,
    models.EvaluationConference: _conference(models.EvaluationParticipant),
    models.EvaluationReport: _report,
    models.Readiness: _readiness,
    models.Handover: _handover,
    models.TerminationReport: _report,
    models.Referral: _final_referral,
    models.ReferralReport: _report,
    **aftercare_words.PAPERS,
}
