"""Temu bahas (case conferences) of assessment, plan and evaluation: one minute, its participants, its decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Bimbingan, Stage
from services.enums import ConferenceKind
from services.models.record import RecordPart, StageRecord

PLANNING_CODES = ("C.j", "C.k", "C.l", "C.m")


class ConferenceRecord(StageRecord):
    """Minutes of a conference. Chairing it or taking part makes nobody an author of what is judged."""

    is_single = False
    is_judged_work = False

    place = models.CharField(_("tempat"), max_length=160)
    leader = models.CharField(_("pimpinan"), max_length=120)
    minute_taker = models.CharField(_("notulis"), max_length=120)
    agenda = models.TextField(_("pokok bahasan"), max_length=4000)
    decision = models.TextField(_("keputusan"), max_length=4000)
    follow_up = models.TextField(_("tindak lanjut, oleh siapa, kapan"), max_length=4000, blank=True, default="")

    class Meta(StageRecord.Meta):
        abstract = True

    def parts(self):
        return list(self.participants.all())

    def lacks(self):
        return [] if self.participants.all() else [str(_("Temu bahas: peserta belum ditulis"))]


class ParticipantPart(RecordPart):
    name = models.CharField(_("nama"), max_length=120)
    position = models.CharField(_("jabatan"), max_length=120, blank=True, default="")
    role = models.CharField(_("peran"), max_length=80, blank=True, default="")

    class Meta(RecordPart.Meta):
        abstract = True


class AssessmentConference(ConferenceRecord):
    """B.f; a minute of kind "asesmen & rencana" also serves C.m."""

    slug = "temu-bahas"
    home = Stage.ASSESSMENT
    title = _("Temu bahas hasil asesmen")
    codes = ("B.f",)

    kind = models.CharField(
        _("jenis"),
        max_length=20,
        choices=[c for c in ConferenceKind.choices if c[0] in (ConferenceKind.ASSESSMENT, ConferenceKind.BOTH)],
        default=ConferenceKind.ASSESSMENT,
    )

    def activity_codes(self):
        return ("B.f", "C.m") if self.kind == ConferenceKind.BOTH else ("B.f",)


class AssessmentParticipant(ParticipantPart):
    record = models.ForeignKey(AssessmentConference, models.CASCADE, related_name="participants")


class PlanningConference(ConferenceRecord):
    """One of C.j (facilitating), C.k, C.l (for some bimbingan), C.m."""

    slug = "temu-bahas-rencana"
    home = Stage.PLANNING
    title = _("Temu bahas rencana")
    codes = PLANNING_CODES

    COVERS = {
        "C.k": (Bimbingan.PHYSICAL, Bimbingan.VOCATIONAL, Bimbingan.RESOCIALIZATION),
        "C.l": (
            Bimbingan.PSYCHOSOCIAL,
            Bimbingan.SOCIAL,
            Bimbingan.COMMUNITY_DEVELOPMENT,
            Bimbingan.ADVOCACY,
        ),
    }

    code = models.CharField(
        _("butir kegiatan"),
        max_length=12,
        default="C.m",
        choices=[
            ("C.m", _("C.m Temu bahas rencana")),
            ("C.j", _("C.j Fasilitasi temu bahas")),
            ("C.k", _("C.k Temu bahas bimbingan fisik, keterampilan, resosialisasi")),
            ("C.l", _("C.l Temu bahas bimbingan psikososial, sosial, pengembangan masyarakat, advokasi")),
        ],
    )

    def activity_codes(self):
        return (self.code,)

    def activity_bimbingan(self):
        return self.COVERS.get(self.code, ())


class PlanningParticipant(ParticipantPart):
    record = models.ForeignKey(PlanningConference, models.CASCADE, related_name="participants")


class EvaluationConference(ConferenceRecord):
    """E.1.4."""

    slug = "temu-bahas-evaluasi"
    home = Stage.CLOSING
    title = _("Temu bahas evaluasi")
    codes = ("E.1.4",)


class EvaluationParticipant(ParticipantPart):
    record = models.ForeignKey(EvaluationConference, models.CASCADE, related_name="participants")
