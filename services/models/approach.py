"""Stage A before the selection: the home visit, motivation, what else was found out. None of it is asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Stage
from services.models.record import StageRecord


class HomeVisit(StageRecord):
    """A.k: the candidate at home, with the family; it asks for the sign-off A.n."""

    slug = "kunjungan-rumah"
    home = Stage.INTAKE
    title = _("Kunjungan rumah")
    codes = ("A.k",)
    is_single = False

    place = models.CharField(_("alamat yang dikunjungi"), max_length=300)
    met = models.CharField(_("yang ditemui dan hubungannya"), max_length=300)
    problem = models.TextField(_("masalah calon menurut yang ditemui"), max_length=4000)
    family = models.TextField(_("susunan dan keadaan keluarga"), max_length=4000, blank=True, default="")
    dwelling = models.TextField(_("rumah dan lingkungan"), max_length=4000, blank=True, default="")
    livelihood = models.TextField(_("penghidupan keluarga"), max_length=2000, blank=True, default="")
    willingness = models.TextField(_("kesediaan calon dan keluarga"), max_length=2000)
    conclusion = models.TextField(_("kesimpulan dan tindak lanjut"), max_length=4000)


class Motivation(StageRecord):
    """A.o, A.p, A.r: motivation as it was planned, given and weighed; giving it asks for the sign-off A.q."""

    slug = "motivasi"
    home = Stage.INTAKE
    title = _("Pemberian motivasi")
    codes = ("A.o", "A.p", "A.r")
    is_single = False

    plan = models.TextField(_("rancangan (A.o)"), max_length=4000)
    conduct = models.TextField(_("pelaksanaan (A.p)"), max_length=4000, blank=True, default="")
    response = models.TextField(_("tanggapan calon dan keluarga"), max_length=4000, blank=True, default="")
    evaluation = models.TextField(_("evaluasi proses (A.r)"), max_length=4000, blank=True, default="")

    def activity_codes(self):
        """As far as it has come."""
        return ("A.o", *(["A.p"] if self.conduct else []), *(["A.r"] if self.evaluation else []))


class AdditionalData(StageRecord):
    """A.aa: what else was found out about a candidate, and from whom."""

    slug = "data-tambahan"
    home = Stage.INTAKE
    title = _("Data tambahan")
    codes = ("A.aa",)
    is_single = False

    source = models.CharField(_("sumber data"), max_length=300)
    findings = models.TextField(_("data dan informasi"), max_length=8000)
    checked = models.CharField(_("cara memeriksa kebenarannya"), max_length=300, blank=True, default="")
