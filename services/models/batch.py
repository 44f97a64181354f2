"""Angkatan: how many a UPT takes in together, and which candidates have a place."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases.models import Case
from rehsos import clock


class Batch(models.Model):
    """One angkatan with its quota."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="batches")
    name = models.CharField(_("nama angkatan"), max_length=80, help_text=_("Misalnya Angkatan II 2026."))
    starts_on = models.DateField(_("mulai"))
    selection_until_on = models.DateField(_("batas seleksi"), null=True, blank=True)
    quota = models.PositiveSmallIntegerField(_("kuota"), validators=[MinValueValidator(1), MaxValueValidator(2_000)])
    note = models.CharField(_("keterangan"), max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="batch_name_unique"),
            models.CheckConstraint(condition=Q(quota__gte=1), name="batch_quota"),
            models.CheckConstraint(condition=~Q(name=""), name="batch_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PlaceQuerySet(models.QuerySet["BatchPlace"]):
    def standing(self) -> "PlaceQuerySet":
        """Those that were not given up; whoever ended before being placed needs theirs no longer."""
        gone = Q(case__closed_on__isnull=False, case__stays__isnull=True)
        return self.filter(left_at__isnull=True).exclude(gone)


class BatchPlace(models.Model):
    """A place of a candidate in a batch; given up with a reason, never deleted."""

    batch = models.ForeignKey(Batch, models.PROTECT, related_name="places")
    case = models.ForeignKey(Case, models.PROTECT, related_name="batch_places")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    left_because = models.CharField(_("alasan melepas tempat"), max_length=300, blank=True, default="")
    left_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(left_at__isnull=True), name="batch_place_one"),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by__isnull=True, left_because="")
                | (Q(left_at__isnull=False, left_by__isnull=False) & ~Q(left_because="")),
                name="batch_place_left",
            ),
        ]
