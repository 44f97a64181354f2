"""Stage F, bimbingan lanjut: visits to former clients, those where nobody was met, and trips with many of them."""

from datetime import date, timedelta

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases.enums import Stage
from cases.models import StoredFile
from rehsos import clock
from services.aftercare.enums import Acceptance, Living, MissReason, Pursuit, Standing
from services.enums import Relapse
from services.models.record import StageRecord


class AftercareTrip(models.Model):
    """One journey to one former client or many; each of them has a record of their own."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="aftercare_trips")
    on = models.DateField(_("tanggal"))
    travellers = models.CharField(_("yang berangkat"), max_length=300)
    transport = models.CharField(_("kendaraan"), max_length=160, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(travellers=""), name="aftercare_trip_travellers")]


class OfTrip(StageRecord):
    """A record that may have come of a trip; what it was written with is told by the trip."""

    trip = models.ForeignKey(AftercareTrip, models.PROTECT, null=True, editable=False, related_name="%(class)s_set")

    class Meta(StageRecord.Meta):
        abstract = True

    untold = frozenset({"trip", "photo"})


class AftercareVisit(OfTrip):
    """One visit: done in one of the five ways F.b–F.f, and always a look at how the former client fares (F.g)."""

    slug = "kunjungan"
    home = Stage.AFTERCARE
    title = _("Kunjungan bimbingan lanjut")
    codes = ("F.b", "F.c", "F.d", "F.e", "F.f", "F.g", "F.h")
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
    living = models.CharField(_("tempat tinggal"), max_length=12, choices=Living)
    lives_with = models.CharField(_("tinggal dengan siapa"), max_length=160, blank=True, default="")
    acceptance = models.CharField(_("penerimaan keluarga"), max_length=12, choices=Acceptance)
    family = models.CharField(_("hubungan keluarga"), max_length=300, blank=True, default="")
    pursuit = models.CharField(_("sekolah atau pekerjaan"), max_length=12, choices=Pursuit)
    occupation = models.CharField(_("di mana, sebagai apa"), max_length=300, blank=True, default="")
    monthly_income = models.PositiveIntegerField(_("pendapatan per bulan (Rp)"), null=True, blank=True)
    relapse = models.CharField(_("kekambuhan"), max_length=12, choices=Relapse)
    standing = models.CharField(_("penerimaan masyarakat"), max_length=12, choices=Standing)
    community = models.CharField(_("hubungan dengan masyarakat"), max_length=300, blank=True, default="")
    needs = models.TextField(_("kebutuhan"), max_length=2000, blank=True, default="")
    obstacles = models.TextField(_("hambatan"), max_length=2000, blank=True, default="")
    plan = models.TextField(_("rencana berikutnya"), max_length=2000)
    photo = models.ForeignKey(StoredFile, models.PROTECT, null=True, editable=False, related_name="+")

    class Meta(OfTrip.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(living__in=Living.values), name="aftercare_living"),
            models.CheckConstraint(condition=Q(acceptance__in=Acceptance.values), name="aftercare_acceptance"),
            models.CheckConstraint(condition=Q(pursuit__in=Pursuit.values), name="aftercare_pursuit"),
            models.CheckConstraint(condition=Q(standing__in=Standing.values), name="aftercare_standing"),
        ]
        indexes = [models.Index(fields=["on"], name="aftercare_on")]

    def activity_codes(self):
        return (self.way, "F.g", "F.h") if self.obstacles.strip() else (self.way, "F.g")


class AftercareMiss(OfTrip):
    """A visit on which nobody was met: an obstacle (F.h) that keeps the day of the schedule open."""

    slug = "tidak-bertemu"
    home = Stage.AFTERCARE
    title = _("Kunjungan tanpa bertemu")
    codes = ("F.h",)
    is_single = False

    reason = models.CharField(_("sebabnya"), max_length=12, choices=MissReason)
    note = models.TextField(_("keterangan, dan dari siapa"), max_length=2000)
    retry_days = models.PositiveSmallIntegerField(
        _("dicoba lagi dalam (hari)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(180)],
    )

    class Meta(OfTrip.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(reason__in=MissReason.values), name="aftercare_miss_reason"),
            models.CheckConstraint(
                condition=Q(retry_days__isnull=True) | Q(retry_days__range=(1, 180)), name="aftercare_miss_retry"
            ),
        ]

    @property
    def retry_on(self) -> date | None:
        return self.on + timedelta(days=self.retry_days) if self.retry_days else None
