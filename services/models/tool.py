"""The tools of a UPT: what there is, who has it, what was done to keep it in order (D.ee)."""

from datetime import date
from typing import Self

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases.enums import Bimbingan
from cases.models import Stay
from rehsos import clock
from services.belongings_enums import ToolCondition, ToolKind, ToolWork
from services.models.activity import Activity
from services.models.deposit import MOST
from services.models.session import Session

UNUSABLE = (ToolCondition.BROKEN, ToolCondition.LOST)


class Tool(models.Model):
    """One thing with its inventory number. Retired, never deleted: its loans and repairs stay."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="tools")
    name = models.CharField(_("nama alat"), max_length=120)
    kind = models.CharField(_("jenis"), max_length=10, choices=ToolKind)
    number = models.CharField(_("nomor inventaris"), max_length=60)
    room = models.CharField(_("tempat"), max_length=80, blank=True, default="")
    bimbingan = models.CharField(_("bimbingan"), max_length=24, choices=Bimbingan, blank=True, default="")
    condition = models.CharField(_("keadaan"), max_length=6, choices=ToolCondition, default=ToolCondition.GOOD)
    bought_on = models.DateField(_("tanggal perolehan"), null=True, blank=True)
    note = models.CharField(_("keterangan"), max_length=500, blank=True, default="")
    retired_on = models.DateField(_("tidak dipakai sejak"), null=True, blank=True)
    retired_reason = models.CharField(_("mengapa tidak dipakai lagi"), max_length=300, blank=True, default="")

    class Meta:
        ordering = ["name", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "number"], condition=Q(retired_on__isnull=True), name="tool_number"
            ),
            models.CheckConstraint(condition=Q(kind__in=ToolKind.values), name="tool_kind"),
            models.CheckConstraint(condition=Q(condition__in=ToolCondition.values), name="tool_condition"),
            models.CheckConstraint(condition=Q(bimbingan__in=["", *Bimbingan.values]), name="tool_bimbingan"),
            models.CheckConstraint(
                condition=Q(retired_on__isnull=True, retired_reason="")
                | (Q(retired_on__isnull=False) & ~Q(retired_reason="")),
                name="tool_retired_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class ToolLoanQuerySet(models.QuerySet["ToolLoan"]):
    def open(self) -> Self:
        return self.filter(returned_on__isnull=True)

    def overdue(self, today: date) -> Self:
        return self.open().filter(due_on__lt=today)


class ToolLoan(models.Model):
    """Somebody has a tool: a resident, or one of the staff, who may have it for a session. One loan at a time."""

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="loans")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="tool_loans")
    person = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="tool_loans")
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="tool_loans")
    out_on = models.DateField(_("dipinjam tanggal"))
    due_on = models.DateField(_("harus kembali"))
    condition_out = models.CharField(_("keadaan saat dipinjam"), max_length=6, choices=ToolCondition)
    note = models.CharField(_("untuk apa"), max_length=300, blank=True, default="")
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="tool_loan")
    lent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lent_at = models.DateTimeField(default=clock.now)
    returned_on = models.DateField(_("kembali tanggal"), null=True, blank=True)
    condition_back = models.CharField(
        _("keadaan saat kembali"), max_length=6, choices=ToolCondition, blank=True, default=""
    )
    return_note = models.CharField(_("catatan saat kembali"), max_length=300, blank=True, default="")
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)

    objects = ToolLoanQuerySet.as_manager()

    class Meta:
        ordering = ["-out_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["tool"], condition=Q(returned_on__isnull=True), name="tool_lent_once"),
            models.CheckConstraint(
                condition=Q(stay__isnull=False, person__isnull=True, session__isnull=True)
                | Q(stay__isnull=True, person__isnull=False),
                name="tool_loan_to_one",
            ),
            models.CheckConstraint(condition=Q(due_on__gte=F("out_on")), name="tool_loan_due"),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("out_on")), name="tool_loan_dates"
            ),
            models.CheckConstraint(condition=Q(condition_out__in=ToolCondition.values), name="tool_loan_condition_out"),
            models.CheckConstraint(
                condition=Q(
                    returned_on__isnull=True, condition_back="", received_by__isnull=True, returned_at__isnull=True
                )
                | Q(
                    returned_on__isnull=False,
                    condition_back__in=ToolCondition.values,
                    received_by__isnull=False,
                    returned_at__isnull=False,
                ),
                name="tool_loan_returned_pair",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(returned_on__isnull=True), name="tool_loan_open")]

    def is_overdue(self, day: date) -> bool:
        return self.returned_on is None and self.due_on < day


class ToolCare(models.Model):
    """What was done to a tool, and how it was afterwards. Never changed."""

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="cares")
    kind = models.CharField(_("yang dilakukan"), max_length=7, choices=ToolWork)
    on = models.DateField(_("tanggal"))
    account = models.CharField(_("uraian"), max_length=1000)
    cost = models.PositiveIntegerField(_("biaya (Rp)"), default=0, validators=[MaxValueValidator(MOST)])
    condition = models.CharField(_("keadaan sesudahnya"), max_length=6, choices=ToolCondition)
    activity = models.OneToOneField(Activity, models.PROTECT, related_name="tool_care")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ToolWork.values), name="tool_care_kind"),
            models.CheckConstraint(condition=Q(condition__in=ToolCondition.values), name="tool_care_condition"),
            models.CheckConstraint(condition=~Q(account=""), name="tool_care_account"),
        ]
