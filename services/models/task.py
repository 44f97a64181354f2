"""Tasks: what one member of staff asks of another by a day, answered by the one, closed by the other."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.models import Case
from rehsos import clock
from services.enums import TaskAct, TaskSource, TaskState

DECIDERS = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)
CARERS = (
    Role.INSTRUCTOR,
    Role.BOARDING_OFFICER,
    Role.RELIGIOUS_INSTRUCTOR,
    Role.NURSE,
    Role.PSYCHOLOGIST,
)


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> "TaskQuerySet":
        """Those given to and by somebody, and to supervisors and head those about their cases.

        A task about a case goes out of sight with the case; one for an instructor, nurse or psychologist is the
        part of the case they are asked to do.
        """
        if not user.institution:
            return self.none()
        mine, about_case = Q(for_user=user) | Q(given_by=user), Q(case__isnull=False)
        known = ~about_case | Q(case__in=Case.objects.visible_to(user))
        if user.has_role(*CARERS):
            known |= Q(for_user=user)
        if user.has_role(*DECIDERS):
            mine |= about_case
        return self.filter(mine & known, institution=user.institution)

    def running(self) -> "TaskQuerySet":
        return self.filter(state__in=TaskState.running())

    def open(self) -> "TaskQuerySet":
        """Those that wait for their answer."""
        return self.filter(state=TaskState.OPEN)


class Task(models.Model):
    """What is to be done, by whom, until when, and what it came out of (``source_id`` in the table of the source)."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="tasks")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="tasks")
    for_user = models.ForeignKey(User, models.PROTECT, related_name="tasks", verbose_name=_("untuk"))
    given_by = models.ForeignKey(User, models.PROTECT, related_name="tasks_given")
    given_at = models.DateTimeField(default=clock.now)
    text = models.TextField(_("yang diminta"), max_length=4000)
    due_on = models.DateField(_("tenggat"))
    source = models.CharField(max_length=12, choices=TaskSource, default=TaskSource.OWN)
    source_id = models.PositiveBigIntegerField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.OPEN)
    closed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(source__in=TaskSource.values), name="task_source"),
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state"),
            models.CheckConstraint(
                condition=(Q(state=TaskState.CLOSED) & Q(closed_at__isnull=False))
                | (~Q(state=TaskState.CLOSED) & Q(closed_at__isnull=True)),
                name="task_closed_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["for_user", "state", "due_on"], name="task_for"),
            models.Index(fields=["given_by", "state", "due_on"], name="task_given"),
            models.Index(fields=["institution", "due_on"], condition=~Q(state="closed"), name="task_running"),
        ]

    @property
    def is_running(self) -> bool:
        return self.state != TaskState.CLOSED

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN


class TaskStep(models.Model):
    """One act on a task: its answer, the wish for more, its end. Never changed."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10, choices=TaskAct)
    text = models.TextField(max_length=4000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(act__in=TaskAct.values), name="task_step_act")]
