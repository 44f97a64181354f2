"""Stage D, pelaksanaan: progress sheets in four aspects and the evaluation of the process."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.enums import Aspect, Stage
from services.enums import GoalState
from services.models.assessment import SCORE
from services.models.record import RecordPart, StageRecord


class ProgressSheet(StageRecord):
    """What a client reached in one period, in four aspects. ``period_on`` is the first day of the period."""

    slug = "perkembangan"
    home = Stage.INTERVENTION
    title = _("Lembar perkembangan")
    is_single = False

    period_on = models.DateField(_("periode yang dimulai"))
    obstacles = models.TextField(_("kendala"), max_length=4000, blank=True, default="")
    follow_up = models.TextField(_("rencana tindak lanjut"), max_length=4000, blank=True, default="")

    def parts(self):
        return [*self.aspects.all(), *self.goals.all()]

    def lacks(self):
        absent = AspectProgress.absent(self.aspects.all(), Aspect)
        return [str(_("Lembar perkembangan: aspek %s belum diisi") % aspect.lower()) for aspect in absent]


class AspectProgress(RecordPart):
    record = models.ForeignKey(ProgressSheet, models.CASCADE, related_name="aspects")
    key = models.CharField(max_length=40, choices=Aspect)
    problem = models.TextField(_("masalah"), max_length=2000)
    intervention = models.TextField(_("intervensi"), max_length=2000)
    achieved = models.TextField(_("sudah dicapai"), max_length=2000)
    not_achieved = models.TextField(_("belum dicapai"), max_length=2000, blank=True, default="")
    score = models.PositiveSmallIntegerField(_("nilai 1–5"), validators=SCORE)


class GoalProgress(RecordPart):
    """Where a goal of the plan stands at the end of the period; ``key`` is the primary key of the goal."""

    record = models.ForeignKey(ProgressSheet, models.CASCADE, related_name="goals")
    state = models.CharField(_("keadaan"), max_length=10, choices=GoalState, default=GoalState.RUNNING)
    note = models.CharField(_("keterangan"), max_length=300, blank=True, default="")

    class Meta(RecordPart.Meta):
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=GoalState.values), name="goal_progress_state")
        ]


class ProcessEvaluation(StageRecord):
    """D.dd: how the work itself went."""

    slug = "evaluasi-proses"
    home = Stage.INTERVENTION
    title = _("Evaluasi proses")
    codes = ("D.dd",)
    is_single = False

    went_well = models.TextField(_("yang berjalan baik"), max_length=4000)
    obstacles = models.TextField(_("hambatan dan upaya"), max_length=4000)
    adjustment = models.TextField(_("penyesuaian"), max_length=4000, blank=True, default="")
