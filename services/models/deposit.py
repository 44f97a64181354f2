"""Titipan: money and belongings a UPT keeps for a client, every movement of them signed by both sides."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases.models import Case, Stay, StoredFile
from rehsos import clock
from services.belongings_enums import Direction

MOST = 999_999_999  # rupiah in one movement


class DepositQuerySet(models.QuerySet["DepositAccount"]):
    def kept(self) -> Self:
        """Those with money or things still here, each with ``items``: how many entries of things."""
        still = Q(movements__items__isnull=False, movements__items__given__isnull=True)
        counted = self.annotate(items=Count("movements__items", still))
        return counted.filter(Q(balance__gt=0) | Q(items__gt=0))

    def open(self) -> Self:
        """The same without counting, for sums over many."""
        still = DepositItem.objects.filter(movement__account=OuterRef("pk"), given__isnull=True)
        return self.filter(Q(balance__gt=0) | Exists(still))

    def left_behind(self) -> Self:
        """Of clients who do not live here any more."""
        return self.exclude(Exists(Stay.objects.filter(case=OuterRef("case"), left_on__isnull=True)))


class DepositAccount(models.Model):
    """What is kept in one case. ``balance`` is the sum of its movements; the database never lets it go below zero."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="deposits")
    case = models.OneToOneField(Case, models.PROTECT, related_name="deposit")
    balance = models.BigIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)

    objects = DepositQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(balance__gte=0), name="deposit_balance_not_negative")]
        indexes = [models.Index(fields=["institution"], condition=Q(balance__gt=0), name="deposit_open")]


class DepositMovement(models.Model):
    """Money or things, or both, handed over once: by ``party`` to us, or by us to ``party``. Never changed.

    What was entered wrongly is reversed by a movement the other way.
    """

    account = models.ForeignKey(DepositAccount, models.PROTECT, related_name="movements")
    number = models.PositiveIntegerField()
    direction = models.CharField(_("arah"), max_length=3, choices=Direction)
    on = models.DateField(_("tanggal"))
    amount = models.PositiveIntegerField(_("uang (Rp)"), default=0, validators=[MaxValueValidator(MOST)])
    balance = models.BigIntegerField(_("saldo"))
    party = models.CharField(_("nama"), max_length=120)
    relation = models.CharField(_("hubungan dengan klien"), max_length=80)
    note = models.CharField(_("keterangan"), max_length=500, blank=True, default="")
    scan = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="deposit_movement_number"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="deposit_movement_direction"),
            models.CheckConstraint(condition=Q(balance__gte=0), name="deposit_movement_balance"),
            models.CheckConstraint(condition=~Q(party=""), name="deposit_movement_party"),
        ]

    @property
    def is_in(self) -> bool:
        return self.direction == Direction.IN

    @property
    def handed_by(self) -> str:
        return self.party if self.is_in else self.by.full_name

    @property
    def received_by(self) -> str:
        return self.by.full_name if self.is_in else self.party

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversed_by")


class DepositItem(models.Model):
    """Things of one kind that came with a movement, and how they looked. Never changed."""

    movement = models.ForeignKey(DepositMovement, models.PROTECT, related_name="items")
    name = models.CharField(_("barang"), max_length=120)
    count = models.PositiveSmallIntegerField(
        _("jumlah"), default=1, validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    condition = models.CharField(_("keadaan"), max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(condition=""), name="deposit_item_words"),
            models.CheckConstraint(condition=Q(count__gte=1), name="deposit_item_count"),
        ]

    def __str__(self) -> str:
        number: Any = f" ({self.count})" if self.count > 1 else ""
        return f"{self.name}{number}"


class DepositGiven(models.Model):
    """That things went out with a movement; things go out once. Never changed."""

    item = models.OneToOneField(DepositItem, models.PROTECT, related_name="given")
    movement = models.ForeignKey(DepositMovement, models.PROTECT, related_name="given")

    class Meta:
        ordering = ["item"]
