"""Stage F before the visits: what is planned for a former client (F.a), and days of one's own instead of the UPT's."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from services.models.record import StageRecord


class AftercarePlan(StageRecord):
    """F.a: what the visits are for and who helps."""

    slug = "rancangan"
    home = Stage.AFTERCARE
    title = _("Rancangan bimbingan lanjut")
    codes = ("F.a",)

    aim = models.TextField(_("tujuan bimbingan lanjut"), max_length=2000)
    ways = models.TextField(_("kegiatan dan caranya"), max_length=2000)
    partners = models.TextField(_("pihak yang membantu"), max_length=2000, blank=True, default="")
    risks = models.TextField(_("yang perlu diwaspadai"), max_length=2000, blank=True, default="")


class AftercareSchedule(models.Model):
    """The days of visits of one case, where they differ from the UPT's setting, and why. The newest counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="aftercare_schedules")
    edition = models.PositiveSmallIntegerField()
    days = models.JSONField()  # ISO days, ascending
    reason = models.TextField(_("alasan"), max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["edition"]
        constraints = [
            models.UniqueConstraint(fields=["case", "edition"], name="aftercare_schedule_edition"),
            models.CheckConstraint(condition=~Q(reason=""), name="aftercare_schedule_reason"),
        ]
