"""Activities: what was done, by catalogue code, for one, many or no case."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.enums import Bimbingan, Method
from cases.models import Case, StoredFile
from rehsos import clock


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: User) -> "ActivityQuerySet":
        """One's own and those of one's cases; whoever supervises or heads a UPT sees all of its activities."""
        if not user.institution:
            return self.none()
        here = self.filter(institution=user.institution)
        if user.has_role(Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD):
            return here
        linked = ActivityCase.objects.filter(case__in=Case.objects.assigned_to(user))
        return here.filter(Q(by=user) | Q(pk__in=linked.values("activity")))


class Activity(models.Model):
    """One piece of work under one catalogue code. A stage record that is saved writes its own."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="activities")
    code = models.CharField(_("butir kegiatan"), max_length=12)
    on = models.DateField(_("tanggal"))
    starts_at = models.TimeField(_("jam mulai"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("lama (menit)"), null=True, blank=True, validators=[MaxValueValidator(1440)]
    )
    method = models.CharField(_("metode"), max_length=40, choices=Method, blank=True, default="")
    place = models.CharField(_("tempat"), max_length=160, blank=True, default="")
    account = models.TextField(_("uraian"), max_length=8000, blank=True, default="")
    result = models.TextField(_("hasil"), max_length=4000, blank=True, default="")
    obstacle = models.TextField(_("hambatan"), max_length=4000, blank=True, default="")
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("bukti")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="activities")
    created_at = models.DateTimeField(default=clock.now)
    record_kind = models.CharField(max_length=24, blank=True, default="")
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    cases = models.ManyToManyField(Case, through="ActivityCase", related_name="activities")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record_kind", "record_id", "code"],
                condition=Q(record_id__isnull=False),
                name="activity_once_per_record",
            ),
            models.CheckConstraint(
                condition=Q(record_id__isnull=True, record_kind="") | (Q(record_id__isnull=False) & ~Q(record_kind="")),
                name="activity_record_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "on", "code"], name="activity_month"),
            models.Index(fields=["by", "-on"], name="activity_worklog"),
        ]


class ActivityCase(models.Model):
    """A case that an activity was for."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="activity_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["activity", "case"], name="activity_case_unique")]


class ActivityBimbingan(models.Model):
    """A bimbingan that an activity was in."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="lines")
    bimbingan = models.CharField(max_length=24, choices=Bimbingan)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "bimbingan"], name="activity_bimbingan_unique"),
            models.CheckConstraint(condition=Q(bimbingan__in=Bimbingan.values), name="activity_bimbingan"),
        ]
