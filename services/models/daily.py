"""The daily book of a UPT: head counts and the log of every shift."""

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.models import Stay
from rehsos import clock
from services.enums import RollCall
from services.models.activity import Activity

Row = TypeVar("Row", bound=models.Model)
ON_DUTY = (
    Role.SOCIAL_WORKER,
    Role.SUPERVISOR,
    Role.SECTION_HEAD,
    Role.HEAD,
    Role.INSTRUCTOR,
    Role.BOARDING_OFFICER,
    Role.RELIGIOUS_INSTRUCTOR,
    Role.NURSE,
    Role.PSYCHOLOGIST,
)


class OnDutyQuerySet(models.QuerySet[Row]):
    """Rows of the day book."""

    def visible_to(self, user: User) -> Self:
        """Those of one's UPT, for everybody on duty."""
        if not user.institution or not user.has_role(*ON_DUTY):
            return self.none()
        return self.filter(institution=user.institution)


class HeadCount(models.Model):
    """One roll-call: whom presence led to expect, how many stood there. Signed by saving it, never changed."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="head_counts")
    on = models.DateField(_("tanggal"))
    roll_call = models.CharField(_("apel"), max_length=8, choices=RollCall)
    house = models.CharField(_("asrama/wisma"), max_length=80, blank=True, default="")
    expected = models.PositiveSmallIntegerField(_("seharusnya hadir"))
    counted = models.PositiveSmallIntegerField(_("jumlah yang hadir"))
    note = models.TextField(_("catatan selisih"), max_length=1000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    missing = models.ManyToManyField(Stay, through="HeadCountMissing", related_name="missed_counts")

    objects = OnDutyQuerySet["HeadCount"].as_manager()

    class Meta:
        ordering = ["-on", "-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(roll_call__in=RollCall.values), name="head_count_roll_call"),
            models.CheckConstraint(condition=Q(counted=F("expected")) | ~Q(note=""), name="head_count_note"),
        ]
        indexes = [models.Index(fields=["institution", "-on", "-at"], name="head_count_list")]

    @property
    def difference(self) -> int:
        return self.counted - self.expected


class HeadCountMissing(models.Model):
    """A resident who was expected and not there."""

    head_count = models.ForeignKey(HeadCount, models.PROTECT, related_name="lines")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["head_count", "stay"], name="head_count_missing_unique")]


class ShiftLog(models.Model):
    """What a shift has to say of a house (or of the whole UPT, ``house`` empty): it is D.p for all who were present.

    The officer of the next shift confirms the hand-over.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="shift_logs")
    on = models.DateField(_("tanggal"))
    shift = models.CharField(_("giliran jaga"), max_length=40)
    house = models.CharField(_("asrama/wisma"), max_length=80, blank=True, default="")
    remarks = models.TextField(_("keadaan umum"), max_length=4000)
    handed_note = models.TextField(_("pesan untuk giliran berikut"), max_length=2000, blank=True, default="")
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="shift_log")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = OnDutyQuerySet["ShiftLog"].as_manager()

    class Meta:
        ordering = ["-on", "-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "on", "shift", "house"], name="shift_log_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("by"))),
                name="shift_log_confirmed_by_another",
            ),
        ]
        indexes = [models.Index(fields=["institution", "-on"], name="shift_log_list")]


class ShiftLogLine(models.Model):
    """What was out of the ordinary with one resident."""

    log = models.ForeignKey(ShiftLog, models.CASCADE, related_name="lines")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="shift_lines")
    text = models.CharField(_("catatan"), max_length=1000)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["log", "stay"], name="shift_log_line_unique"),
            models.CheckConstraint(condition=~Q(text=""), name="shift_log_line_text"),
        ]


class ShiftLogRevision(models.Model):
    """Koreksi after a day: why, and what stood there before. Never changed."""

    log = models.ForeignKey(ShiftLog, models.PROTECT, related_name="revisions")
    reason = models.TextField(_("alasan koreksi"), max_length=1000)
    before = models.JSONField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="shift_log_revision_reason")]
