"""The month of a UPT as it was reported: the head's words while they are written, and what was frozen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import StandInKind
from accounts.models import Institution, User
from rehsos import clock
from services.models.process import DECIDING

LONGEST = 6000


class MonthWords(models.Model):
    """What the head adds to the numbers of a month, while it is written; ``version`` counts the savings."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    events = models.TextField(_("peristiwa penting"), max_length=LONGEST, blank=True, default="")
    obstacles = models.TextField(_("hambatan"), max_length=LONGEST, blank=True, default="")
    efforts = models.TextField(_("upaya"), max_length=LONGEST, blank=True, default="")
    plan = models.TextField(_("rencana bulan depan"), max_length=LONGEST, blank=True, default="")
    budget = models.TextField(_("anggaran"), max_length=LONGEST, blank=True, default="")
    facilities = models.TextField(_("sarana dan prasarana"), max_length=LONGEST, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)

    SECTIONS = ("events", "obstacles", "efforts", "plan", "budget", "facilities")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["institution", "year", "month"], name="month_words_once"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="month_words_month"),
        ]

    @property
    def told(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in self.SECTIONS}


class FrozenMonth(models.Model):
    """A month as the head froze it: every table and word as printed. What came later makes a further revision.

    ``paper`` is the checking code of the paper that was issued with it. The row is never changed.
    """

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="frozen_months")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    revision = models.PositiveSmallIntegerField()
    tables = models.JSONField()
    words = models.JSONField()
    reason = models.CharField(_("alasan revisi"), max_length=300, blank=True, default="")
    paper = models.CharField(max_length=20, unique=True)
    frozen_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=clock.now)
    capacity = models.CharField(max_length=10, choices=StandInKind, blank=True, default="")

    class Meta:
        ordering = ["institution", "year", "month", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "year", "month", "revision"], name="frozen_month_revision"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="frozen_month_month"),
            models.CheckConstraint(
                condition=Q(revision=0, reason="") | (Q(revision__gt=0) & ~Q(reason="")), name="frozen_month_reason"
            ),
            models.CheckConstraint(condition=Q(capacity__in=DECIDING), name="frozen_month_capacity"),
        ]
