"""The orders on which a client is held, one after the other: the newest is in the case itself. Only added."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models import Case
from rehsos import clock


class OrderKind(models.TextChoices):
    """What an order does to the one before."""

    FIRST = "first", _("Dasar penempatan pertama")
    EXTENSION = "extension", _("Perpanjangan")
    REPLACEMENT = "replacement", _("Penetapan baru")


class PlacementOrder(models.Model):
    """A court order or letter of deposit. The first came with the case, so nobody is named for it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="orders")
    kind = models.CharField(_("jenis"), max_length=12, choices=OrderKind)
    number = models.CharField(_("nomor penetapan atau surat titipan"), max_length=80)
    issued_by = models.CharField(_("pengadilan atau penegak hukum"), max_length=160)
    on = models.DateField(_("tanggal penetapan"))
    until_on = models.DateField(_("berlaku sampai"))
    note = models.TextField(_("keterangan"), max_length=1000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=OrderKind.values), name="placement_order_kind"),
            models.CheckConstraint(condition=Q(until_on__gte=F("on")), name="placement_order_dates"),
            models.CheckConstraint(condition=~Q(number="") & ~Q(issued_by=""), name="placement_order_named"),
            models.CheckConstraint(
                condition=Q(kind="first", by__isnull=True) | (~Q(kind="first") & Q(by__isnull=False)),
                name="placement_order_by",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(kind="first"), name="placement_order_one_first"),
        ]
        indexes = [models.Index(fields=["case", "-id"], name="placement_order_newest")]
