"""Saldo awal: the cases a UPT had before this system, taken over mid-stage in lists that the head endorses once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import StandInKind
from accounts.models import Institution, User
from cases.enums import Stage
from cases.models import Case, StoredFile
from rehsos import clock
from services.models.process import DECIDING


class OpeningList(models.Model):
    """One list of running cases. It grows by imports until the head endorses it; then it is frozen by its digest.

    ``version`` counts the imports. Nobody endorses what they imported.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="opening_lists")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)
    endorsed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    endorsed_at = models.DateTimeField(null=True, blank=True)
    capacity = models.CharField(max_length=10, choices=StandInKind, blank=True, default="")
    note = models.TextField(_("catatan"), max_length=2000, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        ordering = ["institution", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="opening_number"),
            models.UniqueConstraint(
                fields=["institution"], condition=Q(endorsed_at__isnull=True), name="opening_one_open"
            ),
            models.CheckConstraint(
                condition=Q(endorsed_by__isnull=True, endorsed_at__isnull=True, digest="")
                | (Q(endorsed_by__isnull=False, endorsed_at__isnull=False) & ~Q(digest="")),
                name="opening_endorsed_pair",
            ),
            models.CheckConstraint(
                condition=Q(endorsed_by__isnull=True) | ~Q(endorsed_by=F("opened_by")), name="opening_four_eyes"
            ),
            models.CheckConstraint(condition=Q(capacity__in=DECIDING), name="opening_capacity"),
        ]

    def __str__(self) -> str:
        return str(_("Saldo awal %s") % self.number)

    @property
    def is_endorsed(self) -> bool:
        return self.endorsed_at is not None


class OpeningEntry(models.Model):
    """One case as it was taken over: in which stage and round, under which old number. Never changed.

    ``planned`` are the bimbingan of the plan that was made before the system.
    """

    opening_list = models.ForeignKey(OpeningList, models.PROTECT, related_name="entries")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="opening")
    old_number = models.CharField(_("nomor induk lama"), max_length=60, blank=True, default="")
    stage = models.CharField(max_length=14, choices=Stage)
    round = models.PositiveSmallIntegerField()
    planned = models.JSONField(default=list)
    notes = models.TextField(_("catatan"), max_length=2000, blank=True, default="")
    imported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "old_number"], condition=~Q(old_number=""), name="opening_old_number"
            ),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="opening_stage"),
            models.CheckConstraint(condition=Q(round__gte=1), name="opening_round"),
        ]


class EarlierStage(models.Model):
    """When a case that was taken over began a stage, as far as it is known. Never changed."""

    entry = models.ForeignKey(OpeningEntry, models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=14, choices=Stage)
    began_on = models.DateField(_("mulai"))

    class Meta:
        ordering = ["began_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "stage"], name="earlier_stage_once"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="earlier_stage"),
        ]


class EarlierScan(models.Model):
    """A scan of a paper from before the system, in the stage to which it belongs. Never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="earlier_scans")
    stage = models.CharField(max_length=14, choices=Stage)
    title = models.CharField(_("nama berkas"), max_length=160)
    on = models.DateField(_("tanggal berkas"), null=True, blank=True)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="earlier_scan")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(stage__in=Stage.values), name="earlier_scan_stage")]


class OpeningUpload(models.Model):
    """A spreadsheet that somebody sent and has not imported yet, sealed; one for each person.

    It is read again whenever it is shown or imported, so that the answer is today's.
    """

    institution = models.ForeignKey(Institution, models.CASCADE, related_name="+")
    by = models.OneToOneField(User, models.CASCADE, related_name="opening_upload")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    sealed = models.TextField()
    at = models.DateTimeField(default=clock.now)
