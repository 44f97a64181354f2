"""Where a resident is while not in the house: intervals of a stay, from a day up to the day of coming back."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Stay
from rehsos import clock
from services.enums import PresenceKind

AWAY = [kind.value for kind in PresenceKind if kind != PresenceKind.IN_HOUSE]


class PresenceQuerySet(models.QuerySet["Presence"]):
    def valid(self) -> "PresenceQuerySet":
        """Without what was entered by mistake and taken back."""
        return self.filter(annulled_at__isnull=True)

    def open(self) -> "PresenceQuerySet":
        """Of those who are not back yet."""
        return self.valid().filter(until_on__isnull=True)

    def on(self, day: date) -> "PresenceQuerySet":
        """Of those who were away at the end of a day: on the day somebody comes back they are in the house."""
        return self.valid().filter(Q(until_on__isnull=True) | Q(until_on__gt=day), since_on__lte=day)


class Presence(models.Model):
    """One absence from the house. Being in the house is the absence of a row; two never overlap (a trigger refuses)."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="presences")
    kind = models.CharField(_("kehadiran"), max_length=14, choices=PresenceKind)
    since_on = models.DateField(_("sejak"))
    due_on = models.DateField(_("harus kembali"), null=True, blank=True)
    until_on = models.DateField(_("kembali tanggal"), null=True, blank=True)
    letter = models.CharField(_("nomor surat"), max_length=80, blank=True, default="")
    place = models.CharField(_("tempat tujuan"), max_length=200, blank=True, default="")
    escort = models.CharField(_("dijemput atau diantar oleh"), max_length=160, blank=True, default="")
    note = models.CharField(_("keterangan"), max_length=500, blank=True, default="")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    annulled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    annulled_at = models.DateTimeField(null=True, blank=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AWAY), name="presence_kind"),
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(until_on__isnull=True, annulled_at__isnull=True),
                name="presence_one_open",
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="presence_dates"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("since_on")), name="presence_due"
            ),
            models.CheckConstraint(
                condition=~Q(kind=PresenceKind.HOME_LEAVE) | Q(due_on__isnull=False), name="presence_leave_has_end"
            ),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True, closed_at__isnull=True, closed_by__isnull=True)
                | Q(until_on__isnull=False, closed_at__isnull=False, closed_by__isnull=False),
                name="presence_closed_pair",
            ),
            models.CheckConstraint(
                condition=Q(annulled_at__isnull=True, annulled_by__isnull=True)
                | Q(annulled_at__isnull=False, annulled_by__isnull=False),
                name="presence_annulled_pair",
            ),
        ]
        indexes = [models.Index(fields=["stay", "since_on"], name="presence_stay")]

    def is_overdue(self, day: date) -> bool:
        """Whether the day to come back is over and nobody came."""
        return self.due_on is not None and day > self.due_on and (self.until_on is None or self.until_on > day)

    def seen_on(self, day: date) -> PresenceKind:
        """What it counts as on one of its days: who has not come back when due is "belum kembali"."""
        return PresenceKind.NOT_BACK if self.is_overdue(day) else PresenceKind(self.kind)
