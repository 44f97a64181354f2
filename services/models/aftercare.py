"""Stage F, bimbingan lanjut: visits to former clients."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Stage
from services.enums import Relapse
from services.models.record import StageRecord


class AftercareVisit(StageRecord):
    """One visit: done in one of the five ways F.b–F.f, and always a look at how the former client fares (F.g)."""

    slug = "kunjungan"
    home = Stage.AFTERCARE
    title = _("Kunjungan bimbingan lanjut")
    codes = ("F.b", "F.c", "F.d", "F.e", "F.f", "F.g")
    is_single = False

    way = models.CharField(
        _("cara bimbingan"),
        max_length=12,
        choices=[
            ("F.b", _("F.b Bimbingan dan penyuluhan sosial")),
            ("F.c", _("F.c Pendampingan individu")),
            ("F.d", _("F.d Koordinasi dengan pihak terkait")),
            ("F.e", _("F.e Pengaitan dengan sistem sumber")),
            ("F.f", _("F.f Bantuan pengembangan usaha")),
        ],
    )
    lives_with = models.CharField(_("tinggal dengan"), max_length=160)
    family = models.CharField(_("hubungan keluarga"), max_length=300)
    occupation = models.CharField(_("sekolah atau pekerjaan"), max_length=300)
    monthly_income = models.PositiveIntegerField(_("pendapatan per bulan (Rp)"), null=True, blank=True)
    relapse = models.CharField(_("kekambuhan"), max_length=12, choices=Relapse)
    community = models.CharField(_("hubungan dengan masyarakat"), max_length=300)
    needs = models.TextField(_("kebutuhan"), max_length=2000, blank=True, default="")
    obstacles = models.TextField(_("hambatan"), max_length=2000, blank=True, default="")
    plan = models.TextField(_("rencana berikutnya"), max_length=2000)

    class Meta(StageRecord.Meta):
        indexes = [models.Index(fields=["on"], name="aftercare_on")]

    def activity_codes(self):
        return (self.way, "F.g")
