"""What stands beside the notes of a case: obstacles, days of the law, plans and evaluations of the work."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.enums import Bimbingan
from cases.models import Case
from rehsos import clock
from services.note_enums import CourtKind, CourtState

# So many days before a day of the law its workers are told; last, that it went by without a result.
COURT_STEPS = (7, 1, 0)
WHOLE = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)


class OfCaseQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "OfCaseQuerySet":
        return self.filter(case__in=Case.objects.visible_to(user))


class Obstacle(models.Model):
    """What stands in the way in one bimbingan (D.q–D.v), what is done about it, and when it was overcome."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="obstacles")
    case = models.ForeignKey(Case, models.PROTECT, related_name="obstacles")
    bimbingan = models.CharField(_("bimbingan"), max_length=24, choices=Bimbingan)
    code = models.CharField(max_length=12)
    on = models.DateField(_("tanggal"))
    text = models.TextField(_("hambatan"), max_length=2000)
    effort = models.TextField(_("upaya"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)
    overcome_on = models.DateField(_("teratasi tanggal"), null=True, blank=True)
    overcome_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.TextField(_("bagaimana teratasi"), max_length=2000, blank=True, default="")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(bimbingan__in=Bimbingan.values), name="obstacle_bimbingan"),
            models.CheckConstraint(
                condition=Q(overcome_on__isnull=True, overcome_by__isnull=True, outcome="")
                | (Q(overcome_on__isnull=False, overcome_by__isnull=False) & ~Q(outcome="")),
                name="obstacle_overcome_pair",
            ),
            models.CheckConstraint(
                condition=Q(overcome_on__isnull=True) | Q(overcome_on__gte=F("on")), name="obstacle_dates"
            ),
        ]
        indexes = [models.Index(fields=["institution", "-on", "-id"], name="obstacle_list")]

    @property
    def is_open(self) -> bool:
        return self.overcome_on is None


class ObstacleEffort(models.Model):
    """What was tried later against an obstacle that still stands. Never changed."""

    obstacle = models.ForeignKey(Obstacle, models.PROTECT, related_name="efforts")
    on = models.DateField(_("tanggal"))
    text = models.TextField(_("upaya"), max_length=2000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["on", "pk"]


class CourtDate(models.Model):
    """One day of the law in a case: a hearing, Bapas, the prosecutor, a report that falls due; and what came of it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="court_dates")
    case = models.ForeignKey(Case, models.PROTECT, related_name="court_dates")
    kind = models.CharField(_("jenis"), max_length=12, choices=CourtKind)
    on = models.DateField(_("tanggal"))
    starts_at = models.TimeField(_("jam"), null=True, blank=True)
    place = models.CharField(_("tempat"), max_length=160, blank=True, default="")
    agenda = models.CharField(_("acara"), max_length=300)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    state = models.CharField(max_length=10, choices=CourtState, default=CourtState.PLANNED)
    result = models.TextField(_("hasil"), max_length=4000, blank=True, default="")
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True)  # the last step of COURT_STEPS told
    next = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="earlier")

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CourtKind.values), name="court_kind"),
            models.CheckConstraint(
                condition=Q(state="planned", settled_by__isnull=True, settled_at__isnull=True)
                | (
                    Q(state__in=["held", "postponed", "cancelled"], settled_by__isnull=False, settled_at__isnull=False)
                    & ~Q(result="")
                ),
                name="court_settled_pair",
            ),
            models.CheckConstraint(
                condition=Q(reminded_days__isnull=True) | Q(reminded_days__in=COURT_STEPS), name="court_reminded_step"
            ),
        ]
        indexes = [models.Index(fields=["institution", "on"], condition=Q(state="planned"), name="court_planned")]

    @property
    def is_planned(self) -> bool:
        return self.state == CourtState.PLANNED


class ProcessRecordQuerySet(models.QuerySet["ProcessRecord"]):
    def visible_to(self, user: User) -> "ProcessRecordQuerySet":
        """One's own and those of one's cases; whoever supervises or heads a UPT sees all of it."""
        if not user.institution:
            return self.none()
        here = self.filter(institution=user.institution)
        if user.has_role(*WHOLE):
            return here
        linked = ProcessRecordCase.objects.filter(record=OuterRef("pk"), case__in=Case.objects.assigned_to(user))
        return here.filter(Q(by=user) | Exists(linked))


class ProcessRecord(models.Model):
    """A plan of a stage's work or the evaluation of how it went, for one, many or no case."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="process_records")
    code = models.CharField(_("butir kegiatan"), max_length=12)
    on = models.DateField(_("tanggal"))
    title = models.CharField(_("judul"), max_length=200)
    aim = models.TextField(_("tujuan dan sasaran"), max_length=4000)
    content = models.TextField(_("isi"), max_length=8000)
    means = models.TextField(_("metode, waktu, dan sarana"), max_length=4000, blank=True, default="")
    follow_up = models.TextField(_("tindak lanjut"), max_length=4000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)
    cases = models.ManyToManyField(Case, through="ProcessRecordCase", related_name="process_records")

    objects = ProcessRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["institution", "-on", "-id"], name="process_record_list")]


class ProcessRecordCase(models.Model):
    record = models.ForeignKey(ProcessRecord, models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="process_record_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "case"], name="process_record_case_unique")]
