"""What is asked in each kind of record, in which order and in which groups: the paper forms, as data.

A field that is not named here cannot be posted.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from services import models
from services.enums import Presence
from services.forms import layout
from services.forms.layout import Group, Layout, Line, Rows
from services.models import RecordPart, StageRecord

ASPECT_HINT = _("Nilai 1 (sangat kurang) sampai 5 (sangat baik).")
SIGNING: tuple[Line, ...] = ("signer", "signer_name", ("witness_1", "witness_2"))
REFERRAL: tuple[Group, ...] = (
    Group(_("Lembaga tujuan"), ("on", ("receiver", "receiver_address"))),
    Group(_("Isi rujukan"), ("need", "reason", "summary", "is_consented")),
    Group(_("Pengiriman dan jawaban"), (("letter_number", "sent_on"), "reply", ("reply_on", "reply_note"))),
)
REPORT = Layout((Group(_("Isi laporan"), ("on", "purpose", "conduct", "results", "obstacles", "suggestions")),))


def conference(part: type[RecordPart], *first: Line) -> Layout:
    return Layout(
        (
            Group(_("Pertemuan"), ("on", *first, "place", ("leader", "minute_taker"))),
            Rows(
                legend=_("Peserta"),
                part=part,
                relation="participants",
                lines=(("name", "position", "role"),),
                keys=layout.participants,
                free=True,
                hint=_("Baris yang kosong diabaikan."),
            ),
            Group(_("Pembahasan"), ("agenda", "decision", "follow_up")),
        ),
        initial=lambda case, user: {
            "minute_taker": user.full_name,
            "participants": {"1": {"name": user.full_name, "position": user.position, "role": str(_("penyaji"))}},
        },
    )


LAYOUTS: Mapping[type[StageRecord], Layout] = {
    models.HomeVisit: Layout(
        (
            Group(_("Kunjungan"), ("on", "place", "met")),
            Group(_("Temuan"), ("problem", "family", "dwelling", "livelihood")),
            Group(_("Kesimpulan"), ("willingness", "conclusion")),
        ),
        initial=lambda case, user: {"place": case.client.address},
    ),
    models.Motivation: Layout(
        (
            Group(_("Rancangan"), ("on", "plan")),
            Group(_("Pelaksanaan dan evaluasi"), ("conduct", "response", "evaluation")),
        )
    ),
    models.AdditionalData: Layout((Group(_("Data tambahan"), ("on", "source", "findings", "checked")),)),
    models.AdminChecklist: Layout(
        (
            Group(_("Pemeriksaan"), ("on",)),
            Rows(
                legend=_("Persyaratan"),
                part=models.ChecklistItem,
                relation="items",
                lines=("presence", ("number", "dated_on")),
                keys=layout.requirements,
                kept_by="label",
                initial={"presence": Presence.ABSENT},
            ),
            Group(_("Catatan"), ("note",)),
        )
    ),
    models.Eligibility: Layout(
        (
            Group(_("Wawancara"), ("on", "interviewers", "findings")),
            Group(_("Penentuan kelayakan"), ("proposal", "reasons")),
        )
    ),
    models.Notice: Layout(
        (
            Group(_("Pemberitahuan"), ("on", "result")),
            Rows(
                legend=_("Kepada siapa"),
                part=models.NoticeRecipient,
                relation="recipients",
                lines=("told", ("told_on", "manner"), "reason"),
                keys=layout.recipients,
            ),
        )
    ),
    models.CandidateReferral: Layout(REFERRAL),
    models.Agreement: Layout(
        (
            Group(_("Surat"), (("on", "number"), "months")),
            Group(_("Hak dan kewajiban"), ("client_rights", "client_duties", "upt_duties")),
            Group(_("Tanda tangan"), (*SIGNING, "is_data_notice_given")),
        ),
        initial=layout.agreed,
    ),
    models.Placement: Layout(
        (
            Group(_("Penempatan"), (("on", "decree"), ("house", "room", "bed"), "exception", "programme")),
            Group(_("Barang"), ("belongings",)),
        )
    ),
    models.Assessment: Layout(
        (
            Group(_("Pengumpulan data"), ("on", "sources")),
            Rows(
                legend=_("Empat aspek"),
                part=models.AspectFinding,
                relation="findings",
                lines=("condition", ("needs", "strengths"), "score"),
                keys=layout.aspects,
                hint=ASPECT_HINT,
            ),
            Group(_("Sistem sumber"), ("informal_resources", "formal_resources", "societal_resources")),
            Group(_("Kesimpulan"), ("problem_statement", "recommendation")),
        )
    ),
    models.AssessmentConference: conference(models.AssessmentParticipant, "kind"),
    models.AssessmentReport: REPORT,
    models.Goal: Layout(
        (
            Group(_("Tujuan"), ("on", "bimbingan", "problem", "goal", "indicator", "activities")),
            Group(_("Enam sumber daya"), (("people", "cost"), ("technique", "equipment"), ("facilities", "time"))),
            Group(_("Penanggung jawab"), ("in_charge",)),
        ),
        initial=lambda case, user: {"in_charge": user.full_name},
    ),
    models.PlanningConference: conference(models.PlanningParticipant, "code"),
    models.PlanConsent: Layout(
        (
            Group(_("Penjelasan"), ("on", "explanation", "response")),
            Group(_("Tanda tangan"), SIGNING),
        ),
        initial=layout.signed_by_client,
    ),
    models.ProgressSheet: Layout(
        (
            Group(_("Periode"), ("period_on", "on")),
            Rows(
                legend=_("Empat aspek"),
                part=models.AspectProgress,
                relation="aspects",
                lines=(("problem", "intervention"), ("achieved", "not_achieved"), "score"),
                keys=layout.aspects,
                hint=ASPECT_HINT,
            ),
            Rows(
                legend=_("Keadaan tiap tujuan rencana"),
                part=models.GoalProgress,
                relation="goals",
                lines=("state", "note"),
                keys=layout.goals,
            ),
            Group(_("Tindak lanjut"), ("obstacles", "follow_up")),
        )
    ),
    models.ProcessEvaluation: Layout((Group(_("Evaluasi proses"), ("on", "went_well", "obstacles", "adjustment")),)),
    models.OutcomeEvaluation: Layout(
        (
            Group(_("Evaluasi"), ("on",)),
            Rows(
                legend=_("Capaian tiap tujuan"),
                part=models.GoalOutcome,
                relation="goals",
                lines=("achievement", "evidence"),
                keys=layout.goals,
            ),
            Rows(
                legend=_("Keadaan kini dalam empat aspek"),
                part=models.AspectOutcome,
                relation="aspects",
                lines=("condition", "score"),
                keys=layout.aspects_then,
                hint=ASPECT_HINT,
            ),
            Group(_("Kesimpulan"), ("effectiveness", "efficiency", "recommendation")),
        )
    ),
    models.EvaluationConference: conference(models.EvaluationParticipant),
    models.EvaluationReport: REPORT,
    models.Readiness: Layout(
        (
            Group(_("Pemeriksaan"), ("on",)),
            Rows(
                legend=_("Kesiapan"),
                part=models.ReadinessAnswer,
                relation="items",
                lines=("answer", "note"),
                keys=layout.readiness,
            ),
            Group(_("Kesimpulan"), ("conclusion",)),
        )
    ),
    models.Handover: Layout(
        (
            Group(_("Serah terima"), (("on", "number"), "place")),
            Group(_("Yang menerima"), (("receiver_name", "receiver_relation"), "receiver_address")),
            Group(_("Saksi"), (("witness_1", "witness_2"),)),
            Group(_("Barang dan bantuan"), ("belongings", "stimulus")),
        ),
        initial=layout.handed_over,
    ),
    models.TerminationReport: REPORT,
    models.Referral: Layout((*REFERRAL, Group(_("Serah terima"), ("left_on",)))),
    models.ReferralReport: REPORT,
    models.AftercarePlan: Layout((Group(_("Rancangan"), ("on", "aim", "ways", "partners", "risks")),)),
    models.AftercareVisit: Layout(
        (
            Group(_("Kunjungan"), ("on", "way")),
            Group(_("Tempat tinggal dan keluarga"), ("living", "lives_with", "acceptance", "family")),
            Group(
                _("Sekolah, pekerjaan, masyarakat"),
                ("pursuit", ("occupation", "monthly_income"), "standing", "community"),
            ),
            Group(_("Kekambuhan"), ("relapse",)),
            Group(_("Tindak lanjut"), ("needs", "obstacles", "plan")),
        )
    ),
    models.AftercareMiss: Layout((Group(_("Kunjungan"), ("on", "reason", "note", "retry_days")),)),
    models.ResourceLink: Layout(
        (
            Group(_("Yang dihubungkan"), ("on", "need", "partner", ("resource", "contact"), "service")),
            Group(_("Hasil"), (("result", "result_on"), "note")),
        )
    ),
    models.BusinessAid: Layout(
        (
            Group(_("Bantuan"), ("on", "kind", "business", "item", ("value", "source"))),
            Group(_("Serah terima"), (("recipient", "witness"),)),
        ),
        initial=lambda case, user: {"recipient": case.client.name},
    ),
}
