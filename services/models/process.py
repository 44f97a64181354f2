"""The process as facts: transitions, requests, decisions, sign-offs. Only a request's state ever changes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import StandInKind
from accounts.models import User
from cases.enums import Bimbingan, Outcome, Stage
from cases.models import Case
from rehsos import clock
from services.enums import Act, Kind, Move, State, Verdict

# As what somebody decides: the holder of the post, or who stands in for one.
DECIDING = ["", *(kind.value for kind in StandInKind if kind != StandInKind.MANDATE)]


class Request(models.Model):
    """A worker asks: end this stage, or take this decision. While it waits, what it judges is frozen."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=Kind)
    stage = models.CharField(max_length=14, choices=Stage)
    round = models.PositiveSmallIntegerField()
    case_version = models.PositiveIntegerField()
    way = models.CharField(_("keputusan"), max_length=20, blank=True, default="")
    reason = models.TextField(_("alasan"), max_length=4000, blank=True, default="")
    event_on = models.DateField(_("tanggal peristiwa"), null=True, blank=True)
    until_on = models.DateField(_("diperpanjang sampai"), null=True, blank=True)
    opens_aftercare = models.BooleanField(_("dilanjutkan dengan bimbingan lanjut"), default=False)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=14, choices=State, default=State.SUBMITTED)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="requests")
    requested_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["requested_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["submitted", "awaiting_head"]), name="request_one_waiting"
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="request_kind"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="request_state"),
        ]
        indexes = [models.Index(fields=["state", "requested_at"], name="request_queue")]

    @property
    def is_waiting(self) -> bool:
        return self.state in State.waiting()


class Decision(models.Model):
    """One act on a request: who, when, why, as what. Nobody approves, returns or endorses what they asked for."""

    request = models.ForeignKey(Request, models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=10, choices=Act)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="decisions")
    decided_at = models.DateTimeField(default=clock.now)
    note = models.TextField(_("catatan"), max_length=4000, blank=True, default="")
    is_escalated = models.BooleanField(default=False)
    capacity = models.CharField(max_length=10, choices=StandInKind, blank=True, default="")

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(act__in=Act.values), name="decision_act"),
            # A mandate (a.n.) is for papers: nobody decides by it.
            models.CheckConstraint(condition=Q(capacity__in=DECIDING), name="decision_capacity"),
            models.CheckConstraint(
                condition=Q(act__in=["submit", "withdraw"]) | ~Q(decided_by=F("requested_by")),
                name="decision_four_eyes",
            ),
        ]
        indexes = [models.Index(fields=["decided_at"], name="decision_at")]


class Transition(models.Model):
    """One move of a case. The case's stage, round and version are those of its last transition."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="transitions")
    version = models.PositiveIntegerField()
    move = models.CharField(max_length=10, choices=Move)
    from_stage = models.CharField(max_length=14, choices=Stage, blank=True, default="")
    to_stage = models.CharField(max_length=14, choices=Stage)
    round = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=24, choices=Outcome, blank=True, default="")
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="transitions")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    on = models.DateField()
    reason = models.TextField(max_length=4000, blank=True, default="")

    class Meta:
        ordering = ["case", "version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="transition_version"),
            models.CheckConstraint(condition=Q(move__in=Move.values), name="transition_move"),
        ]
        indexes = [models.Index(fields=["on", "move"], name="transition_on")]


class Supervision(models.Model):
    """A sign-off: a supervisor's act on one of the supervise activities, bound to what it judged.

    It counts while the case stays in the dwelling it was given in (``case_version``) and while the digest of the
    records it judged is unchanged; so a send-back or a changed record asks for it again.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="supervisions")
    code = models.CharField(max_length=12)
    bimbingan = models.CharField(max_length=24, choices=Bimbingan, blank=True, default="")
    stage = models.CharField(max_length=14, choices=Stage)
    case_version = models.PositiveIntegerField()
    verdict = models.CharField(_("hasil"), max_length=10, choices=Verdict, default=Verdict.APPROVED)
    note = models.TextField(_("catatan supervisi"), max_length=4000)
    directions = models.TextField(_("arahan"), max_length=4000, blank=True, default="")
    digest = models.CharField(max_length=64)
    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="supervisions")
    by = models.ForeignKey(User, models.PROTECT, related_name="supervisions")
    at = models.DateTimeField(default=clock.now)
    on = models.DateField(_("tanggal"))
    capacity = models.CharField(max_length=10, choices=StandInKind, blank=True, default="")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="supervision_verdict"),
            models.CheckConstraint(condition=Q(capacity__in=DECIDING), name="supervision_capacity"),
        ]
        indexes = [
            models.Index(fields=["case", "code"], name="supervision_code"),
            models.Index(fields=["on"], name="supervision_on"),
        ]
