"""Stage E, evaluasi, terminasi, rujukan: outcomes, readiness, handover, referral, and the reports on them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Aspect, Stage
from services.enums import Achievement, ReadinessItem, Ready
from services.models.assessment import SCORE, NarrativeReport
from services.models.intake import ReferralRecord
from services.models.record import RecordPart, StageRecord


class OutcomeEvaluation(StageRecord):
    """E.1.3: each goal achieved, partly or not, with evidence; the four aspects now; effect and effort."""

    slug = "evaluasi-hasil"
    home = Stage.CLOSING
    title = _("Evaluasi hasil pelayanan")
    codes = ("E.1.3",)

    effectiveness = models.TextField(_("efektivitas"), max_length=4000)
    efficiency = models.TextField(_("efisiensi"), max_length=4000)
    recommendation = models.TextField(_("rekomendasi"), max_length=4000)

    def parts(self):
        return [*self.goals.all(), *self.aspects.all()]

    def lacks(self):
        absent = AspectOutcome.absent(self.aspects.all(), Aspect)
        return [str(_("Evaluasi hasil: aspek %s belum diisi") % aspect.lower()) for aspect in absent]

    def without_outcome(self, goals):
        """In words, the goals of the plan that this evaluation says nothing about."""
        judged = {row.key for row in self.goals.all()}
        left = [goal for goal in goals if str(goal.pk) not in judged]
        return [str(_("Evaluasi hasil: capaian tujuan “%s” belum diisi") % goal) for goal in left]


class GoalOutcome(RecordPart):
    """``key`` is the primary key of the goal."""

    record = models.ForeignKey(OutcomeEvaluation, models.CASCADE, related_name="goals")
    achievement = models.CharField(_("capaian"), max_length=10, choices=Achievement)
    evidence = models.CharField(_("bukti"), max_length=300)


class AspectOutcome(RecordPart):
    record = models.ForeignKey(OutcomeEvaluation, models.CASCADE, related_name="aspects")
    key = models.CharField(max_length=40, choices=Aspect)
    condition = models.TextField(_("keadaan kini"), max_length=2000)
    score = models.PositiveSmallIntegerField(_("nilai 1–5"), validators=SCORE)


class EvaluationReport(NarrativeReport):
    """E.1.6."""

    slug = "laporan-evaluasi"
    home = Stage.CLOSING
    title = _("Laporan evaluasi")
    codes = ("E.1.6",)


class Readiness(StageRecord):
    """E.2.2: is the client ready to leave?"""

    slug = "kesiapan"
    home = Stage.CLOSING
    title = _("Kesiapan terminasi")
    codes = ("E.2.2",)

    conclusion = models.TextField(_("kesimpulan"), max_length=4000)

    def parts(self):
        return list(self.items.all())

    def lacks(self):
        absent = ReadinessAnswer.absent(self.items.all(), ReadinessItem)
        return [str(_("Kesiapan: %s belum dijawab") % item.lower()) for item in absent]


class ReadinessAnswer(RecordPart):
    record = models.ForeignKey(Readiness, models.CASCADE, related_name="items")
    key = models.CharField(max_length=40, choices=ReadinessItem)
    answer = models.CharField(_("kesiapan"), max_length=12, choices=Ready)
    note = models.CharField(_("keterangan"), max_length=300, blank=True, default="")


class Handover(StageRecord):
    """E.2.3: the client is handed over and leaves; saving it ends the stay on its date."""

    slug = "serah-terima"
    home = Stage.CLOSING
    title = _("Terminasi dan serah terima")
    codes = ("E.2.3",)

    place = models.CharField(_("tempat"), max_length=160)
    receiver_name = models.CharField(_("nama yang menerima"), max_length=120)
    receiver_relation = models.CharField(_("hubungan atau jabatan"), max_length=120)
    receiver_address = models.CharField(_("alamat yang menerima"), max_length=300)
    witness_1 = models.CharField(_("saksi pertama"), max_length=120)
    witness_2 = models.CharField(_("saksi kedua"), max_length=120, blank=True, default="")
    belongings = models.TextField(_("barang dan titipan yang dikembalikan"), max_length=2000, blank=True, default="")
    stimulus = models.CharField(_("bantuan stimulan"), max_length=300, blank=True, default="")
    number = models.CharField(_("nomor berita acara"), max_length=80, blank=True, default="")


class TerminationReport(NarrativeReport):
    """E.2.5."""

    slug = "laporan-terminasi"
    home = Stage.CLOSING
    title = _("Laporan terminasi")
    codes = ("E.2.5",)


class Referral(ReferralRecord):
    """E.3.2: the client is referred at the end of service; leaving is the day the receiver takes over."""

    slug = "rujukan"
    home = Stage.CLOSING
    title = _("Rujukan")
    codes = ("E.3.2",)

    left_on = models.DateField(_("tanggal meninggalkan UPT"), null=True, blank=True)

    def lacks(self):
        missing = super().lacks()
        if not self.left_on:
            missing.append(str(_("Rujukan: tanggal meninggalkan UPT belum diisi")))
        return missing


class ReferralReport(NarrativeReport):
    """E.3.5."""

    slug = "laporan-rujukan"
    home = Stage.CLOSING
    title = _("Laporan rujukan")
    codes = ("E.3.5",)
