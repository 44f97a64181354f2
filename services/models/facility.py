"""Where clients live: houses, rooms, beds, and who has which bed on which days."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases.enums import Sex
from cases.models import Stay
from rehsos import clock


class House(models.Model):
    """Asrama or wisma of a UPT, and for whom it is. Retired, never deleted: former clients lived in it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="houses")
    name = models.CharField(_("nama asrama/wisma"), max_length=80)
    sex_rule = models.CharField(_("untuk"), max_length=6, choices=Sex, blank=True, default="")
    min_age = models.PositiveSmallIntegerField(_("usia paling muda (tahun)"), null=True, blank=True)
    max_age = models.PositiveSmallIntegerField(_("usia paling tua (tahun)"), null=True, blank=True)
    note = models.TextField(_("keterangan"), max_length=500, blank=True, default="")
    retired_on = models.DateField(_("tidak dipakai sejak"), null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"], condition=Q(retired_on__isnull=True), name="house_name"
            ),
            models.CheckConstraint(condition=Q(sex_rule__in=["", *Sex.values]), name="house_sex_rule"),
            models.CheckConstraint(
                condition=Q(min_age__isnull=True) | Q(max_age__isnull=True) | Q(max_age__gte=F("min_age")),
                name="house_ages",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    house = models.ForeignKey(House, models.PROTECT, related_name="rooms")
    name = models.CharField(_("kamar"), max_length=40)
    retired_on = models.DateField(_("tidak dipakai sejak"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["house", "name"], condition=Q(retired_on__isnull=True), name="room_name")
        ]

    def __str__(self) -> str:
        return self.name


class Bed(models.Model):
    room = models.ForeignKey(Room, models.PROTECT, related_name="beds")
    name = models.CharField(_("tempat tidur"), max_length=20)
    retired_on = models.DateField(_("tidak dipakai sejak"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["room", "name"], condition=Q(retired_on__isnull=True), name="bed_name")
        ]

    def __str__(self) -> str:
        return self.name


class BedUse(models.Model):
    """A stay has a bed from ``since_on`` up to, not including, ``until_on``: on that day the bed is free again.

    The database refuses two uses of one bed, and two beds of one stay, on overlapping days (``services.overlaps``).
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="bed_uses")
    bed = models.ForeignKey(Bed, models.PROTECT, related_name="uses")
    since_on = models.DateField(_("sejak"))
    until_on = models.DateField(_("sampai"), null=True, blank=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True, default="")
    exception = models.CharField(_("alasan menyimpang dari aturan usia"), max_length=300, blank=True, default="")
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="bed_use_dates"
            )
        ]

    @staticmethod
    def on(day: date) -> Q:
        """The uses that hold a bed at the end of a day."""
        return Q(since_on__lte=day) & (Q(until_on__isnull=True) | Q(until_on__gt=day))
