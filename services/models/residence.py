"""What is known and noted of a resident from day to day: alerts, visits of the family, the sick bay."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Client, Stay
from rehsos import clock
from services.enums import AlertKind


class ResidentAlert(models.Model):
    """Allergy, diet or risk of a client, shown on the roster until somebody ends it."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="alerts")
    kind = models.CharField(_("jenis"), max_length=8, choices=AlertKind)
    text = models.CharField(_("yang harus diketahui petugas"), max_length=120)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="resident_alert_kind"),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="resident_alert_ended_pair",
            ),
        ]
        indexes = [models.Index(fields=["client"], condition=Q(ended_at__isnull=True), name="resident_alert_open")]


class Visit(models.Model):
    """Somebody came to see a resident."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="visits")
    on = models.DateField(_("tanggal"))
    visitor = models.CharField(_("nama pengunjung"), max_length=120)
    relation = models.CharField(_("hubungan dengan klien"), max_length=80)
    came_at = models.TimeField(_("datang pukul"))
    left_at = models.TimeField(_("pulang pukul"), null=True, blank=True)
    note = models.TextField(_("catatan kunjungan"), max_length=2000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-on", "-came_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")), name="visit_times")
        ]
        indexes = [models.Index(fields=["stay", "-on"], name="visit_stay")]


class SickNote(models.Model):
    """The sick bay: a complaint and the care given. Restricted to health staff, the case's workers and the head."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="sick_notes")
    on = models.DateField(_("tanggal"))
    at_time = models.TimeField(_("pukul"))
    complaint = models.TextField(_("keluhan"), max_length=2000)
    care = models.TextField(_("tindakan dan obat yang diberikan"), max_length=2000)
    is_referred = models.BooleanField(_("dirujuk ke rumah sakit, rawat inap"), default=False)
    hospital = models.CharField(_("rumah sakit tujuan"), max_length=160, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-on", "-at_time", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(is_referred=False) | ~Q(hospital=""), name="sick_note_hospital")
        ]
        indexes = [models.Index(fields=["stay", "-on"], name="sick_note_stay")]
