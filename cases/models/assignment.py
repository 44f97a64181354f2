"""Who works on a case, and since when."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.models.sight import in_force
from rehsos import clock


def assigned_now(user: User) -> Q:
    """A list of keys and no question about each case: databases begin with the few of one worker."""
    rows = Assignment.objects.filter(in_force(user.institution.today()), worker=user).order_by()
    return Q(pk__in=rows.values("case"))


class Assignment(models.Model):
    """A worker's responsibility for a case, from a day on."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="assignments")
    worker = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    since_on = models.DateField(_("sejak"))
    until_on = models.DateField(_("sampai"), null=True, blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "worker"], condition=Q(until_on__isnull=True), name="assignment_once"
            ),
        ]
        indexes = [models.Index(fields=["worker", "case"], name="assignment_worker")]

    def holds_on(self, day: date) -> bool:
        """The same as ``in_force``, for a row at hand."""
        return self.since_on <= day and (self.until_on is None or self.until_on > day)
