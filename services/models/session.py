"""One session of a group, and who came: the day's work of a UPT."""

from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.enums import Method
from cases.models import Assignment, Stay, StoredFile, in_force
from rehsos import clock
from services.models.assessment import SCORE
from services.models.programme import ProgrammeActivity, Slot, SlotCase
from services.session_enums import Audience, Mark, SessionState

WHOLE_PROGRAMME = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)


class SessionQuerySet(models.QuerySet["Session"]):
    def visible_to(self, user: User) -> "SessionQuerySet":
        """Supervisors and head see all of their UPT; others what they lead; a worker also those with own clients.

        What is confidential is seen by the office whose work it is, too.
        """
        if not user.institution:
            return self.none()
        here = self.filter(institution=user.institution)
        if user.has_role(*WHOLE_PROGRAMME):
            return here
        theirs = Q(leader=user) | Q(activity__is_confidential=True, activity__led_by__in=sorted(user.roles))
        return here.filter(theirs | _with_clients_of(user) if user.has_role(Role.SOCIAL_WORKER) else theirs)

    def on_the_wall(self, user: User) -> "SessionQuerySet":
        """The timetable as everybody on duty may read it: all but what is confidential and not theirs."""
        if not user.institution:
            return self.none()
        theirs = self.visible_to(user).order_by().values("pk")
        return self.filter(Q(activity__is_confidential=False) | Q(pk__in=theirs), institution=user.institution)


def _with_clients_of(user: User) -> Q:
    """A client of one's own is on the list: marked or, while nothing is saved, meant by the audience.

    The same rule as ``services.meeting.means``; a test asks both, and everybody else who tells whom a session means.
    """
    mine = Assignment.objects.filter(in_force(user.institution.today()), worker=user).values("case")
    stays = Stay.objects.filter(case__in=mine, placed_on__lte=OuterRef("on"))
    there = stays.filter(Q(left_on__isnull=True) | Q(left_on__gt=OuterRef("on")))
    religion = ExpressionWrapper(OuterRef("activity__religion"), models.CharField())
    there = there.annotate(asked=religion).filter(Q(asked="") | Q(asked=F("case__client__religion")))
    planned = there.filter(
        case__goal_set__bimbingan=OuterRef("activity__bimbingan"),
        case__goal_set__round=F("case__round"),
        case__goal_set__edition=F("case__plan_edition"),
    )
    return (
        Q(Exists(Attendance.objects.filter(session=OuterRef("pk"), stay__case__in=mine)))
        | Q(Exists(there), audience=Audience.EVERYONE)
        | Q(Exists(there.filter(house=OuterRef("house"))), audience=Audience.HOUSE)
        | Q(Exists(planned), audience=Audience.PLAN)
        | Q(Exists(SlotCase.objects.filter(slot=OuterRef("slot"), case__in=mine)), audience=Audience.CHOSEN)
    )


class Session(models.Model):
    """One meeting of a group. Its list is worked out from ``audience`` until attendance is saved the first time."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="sessions", editable=False)
    activity = models.ForeignKey(ProgrammeActivity, models.PROTECT, related_name="sessions", verbose_name=_("kegiatan"))
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, blank=True, related_name="sessions", editable=False)
    on = models.DateField(_("tanggal"))
    starts_at = models.TimeField(_("mulai"))
    ends_at = models.TimeField(_("selesai"))
    room = models.CharField(_("tempat"), max_length=80, blank=True, default="")
    leader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="led_sessions", verbose_name=_("pemimpin")
    )
    leader_name = models.CharField(_("pemimpin dari luar"), max_length=120, blank=True, default="")
    audience = models.CharField(_("peserta"), max_length=10, choices=Audience, default=Audience.PLAN)
    house = models.CharField(_("asrama/wisma"), max_length=80, blank=True, default="")
    state = models.CharField(max_length=10, choices=SessionState, default=SessionState.PLANNED, editable=False)

    method = models.CharField(_("metode"), max_length=40, choices=Method, blank=True, default="")
    material = models.TextField(_("materi"), max_length=2000, blank=True, default="")
    result = models.TextField(_("hasil"), max_length=4000, blank=True, default="")
    obstacle = models.TextField(_("hambatan"), max_length=4000, blank=True, default="")
    guests = models.PositiveSmallIntegerField(_("peserta bukan klien"), default=0)
    guest_names = models.TextField(_("nama peserta bukan klien"), max_length=2000, blank=True, default="")
    is_late_entry = models.BooleanField(_("disalin dari daftar hadir kertas"), default=False)

    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    saved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    first_saved_at = models.DateTimeField(null=True, blank=True, editable=False)
    held_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    cancel_reason = models.CharField(_("alasan dibatalkan"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["on", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slot", "on"], name="session_once_per_slot"),
            models.CheckConstraint(condition=Q(state__in=SessionState.values), name="session_state"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="session_audience"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_times"),
            models.CheckConstraint(condition=Q(leader__isnull=True) | Q(leader_name=""), name="session_leader"),
            models.CheckConstraint(
                condition=Q(saved_at__isnull=True, saved_by__isnull=True, first_saved_at__isnull=True)
                | Q(saved_at__isnull=False, saved_by__isnull=False, first_saved_at__isnull=False),
                name="session_saved_pair",
            ),
            models.CheckConstraint(
                condition=(~Q(state="held") & Q(held_at__isnull=True)) | Q(state="held", held_at__isnull=False),
                name="session_held_pair",
            ),
            models.CheckConstraint(
                condition=(~Q(state="cancelled") & Q(cancelled_at__isnull=True, cancelled_by__isnull=True))
                | (Q(state="cancelled", cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="session_cancelled_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "on", "starts_at"], name="session_week"),
            models.Index(fields=["leader", "on"], name="session_leader_day"),
            models.Index(fields=["activity", "on"], name="session_activity"),
        ]

    def __str__(self) -> str:
        return str(self.activity)

    @property
    def is_held(self) -> bool:
        return self.state == SessionState.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.state == SessionState.CANCELLED

    @property
    def leader_shown(self) -> str:
        """Who leads it, as lists and papers name them."""
        return self.leader.full_name if self.leader else self.leader_name

    @property
    def minutes(self) -> int:
        starts, ends = self.starts_at, self.ends_at
        return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute


class Attendance(models.Model):
    """One client in one session: on the list while the mark is empty, then how they took part."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances")
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="attendances")
    mark = models.CharField(_("kehadiran"), max_length=8, choices=Mark, blank=True, default="")
    score = models.PositiveSmallIntegerField(_("nilai 1–5"), null=True, blank=True, validators=SCORE)
    note = models.CharField(_("catatan"), max_length=500, blank=True, default="")
    is_unplanned = models.BooleanField(_("di luar daftar"), default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["session", "stay"], name="attendance_once"),
            models.CheckConstraint(condition=Q(mark__in=["", *Mark.values]), name="attendance_mark"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="attendance_score"
            ),
        ]
        indexes = [models.Index(fields=["stay", "session"], name="attendance_stay")]


class SessionPhoto(models.Model):
    """A picture taken at a session."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="photos")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="session_photo")

    class Meta:
        ordering = ["pk"]


class SessionCorrection(models.Model):
    """Koreksi: what a session said before it was put right, who did so and why. Only added."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="corrections")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=20)
    old = models.TextField(blank=True, default="")
    new = models.TextField(blank=True, default="")
    reason = models.CharField(_("alasan koreksi"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="session_correction_reason")]
