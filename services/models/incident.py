"""Kejadian: what went wrong, who was in it, what was done at once and afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases.models import Stay
from rehsos import clock
from services.enums import IncidentKind, IncidentPart, Severity
from services.models.daily import OnDutyQuerySet


class Incident(models.Model):
    """As it was recorded by whoever was on duty; what follows are follow-ups, until it is closed."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="incidents")
    kind = models.CharField(_("jenis kejadian"), max_length=10, choices=IncidentKind)
    severity = models.CharField(_("berat ringannya"), max_length=6, choices=Severity)
    on = models.DateField(_("tanggal kejadian"))
    at_time = models.TimeField(_("jam kejadian"))
    place = models.CharField(_("tempat kejadian"), max_length=160)
    account = models.TextField(_("uraian kejadian"), max_length=8000)
    first_action = models.TextField(_("tindakan pertama"), max_length=4000)
    plan = models.TextField(_("tindak lanjut yang diperlukan"), max_length=4000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = OnDutyQuerySet["Incident"].as_manager()

    class Meta:
        ordering = ["-on", "-at_time", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=IncidentKind.values), name="incident_kind"),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="incident_severity"),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True, closed_at__isnull=True)
                | Q(closed_by__isnull=False, closed_at__isnull=False),
                name="incident_closed_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "-on"], name="incident_list"),
            models.Index(fields=["institution"], condition=Q(closed_at__isnull=True), name="incident_open"),
        ]


class IncidentResident(models.Model):
    """A resident in an incident, and the part they had in it."""

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="residents")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="incidents")
    part = models.CharField(_("peran dalam kejadian"), max_length=8, choices=IncidentPart)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "stay"], name="incident_resident_unique"),
            models.CheckConstraint(condition=Q(part__in=IncidentPart.values), name="incident_resident_part"),
        ]


class IncidentFollowUp(models.Model):
    """What was done about an incident afterwards. Never changed."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="follow_ups")
    text = models.TextField(_("tindak lanjut"), max_length=4000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="incident_follow_up_text")]
