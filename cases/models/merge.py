"""That two numbers of a register are one person: a row that is only added; the row of the second number stays."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.client import Client
from rehsos import clock


class ClientMerge(models.Model):
    """Who was merged into whom, why, and what went along (case numbers, and how many rows of each kind)."""

    kept = models.ForeignKey(Client, models.PROTECT, related_name="absorbed")
    merged = models.OneToOneField(Client, models.PROTECT, related_name="merge")
    reason = models.CharField(_("alasan penggabungan"), max_length=500)
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="client_merge_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="client_merge_reason"),
        ]
