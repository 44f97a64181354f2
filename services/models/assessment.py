"""Stage B, asesmen: four aspects, needs, resource systems, problem statement, and the report on it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Aspect, Stage
from services.models.record import RecordPart, StageRecord

SCORE = [MinValueValidator(1), MaxValueValidator(5)]


class Assessment(StageRecord):
    """B.d: problem, needs and resource systems of a client in four aspects."""

    slug = "asesmen"
    home = Stage.ASSESSMENT
    title = _("Asesmen empat aspek")
    codes = ("B.d",)
    edition_of = "assessment_edition"

    sources = models.TextField(_("sumber data dan cara pengumpulan"), max_length=2000)
    informal_resources = models.TextField(_("sistem sumber informal"), max_length=2000, blank=True, default="")
    formal_resources = models.TextField(_("sistem sumber formal"), max_length=2000, blank=True, default="")
    societal_resources = models.TextField(_("sistem sumber kemasyarakatan"), max_length=2000, blank=True, default="")
    problem_statement = models.TextField(_("rumusan masalah"), max_length=8000)
    recommendation = models.TextField(_("rekomendasi"), max_length=4000)

    def parts(self):
        return list(self.findings.all())

    def lacks(self):
        absent = AspectFinding.absent(self.findings.all(), Aspect)
        missing = [str(_("Asesmen: aspek %s belum diisi") % aspect.lower()) for aspect in absent]
        if not (self.informal_resources or self.formal_resources or self.societal_resources):
            missing.append(str(_("Asesmen: sistem sumber belum diisi")))
        return missing


class AspectFinding(RecordPart):
    """What was found in one aspect. ``score``: 1 (sangat kurang) to 5 (sangat baik), our own scale."""

    record = models.ForeignKey(Assessment, models.CASCADE, related_name="findings")
    key = models.CharField(max_length=40, choices=Aspect)
    condition = models.TextField(_("keadaan"), max_length=4000)
    needs = models.TextField(_("kebutuhan"), max_length=2000)
    strengths = models.TextField(_("kekuatan"), max_length=2000, blank=True, default="")
    score = models.PositiveSmallIntegerField(_("nilai 1–5"), validators=SCORE)


class NarrativeReport(StageRecord):
    """A report on work done, in the usual chapters."""

    purpose = models.TextField(_("dasar dan tujuan"), max_length=4000)
    conduct = models.TextField(_("pelaksanaan"), max_length=8000)
    results = models.TextField(_("hasil"), max_length=8000)
    obstacles = models.TextField(_("hambatan"), max_length=4000, blank=True, default="")
    suggestions = models.TextField(_("saran"), max_length=4000, blank=True, default="")

    class Meta(StageRecord.Meta):
        abstract = True


class AssessmentReport(NarrativeReport):
    """B.h: the report on the assessment."""

    slug = "laporan-asesmen"
    home = Stage.ASSESSMENT
    title = _("Laporan hasil asesmen")
    codes = ("B.h",)
