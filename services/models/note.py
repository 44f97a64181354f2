"""Notes on the work with one client: counselling, motivation, family, school, health, advocacy. Never changed."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.enums import Bimbingan, Method
from cases.models import Case, Stay
from rehsos import clock
from services.note_enums import Finding, NoteKind, Variant

CASE_READERS = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)


def parts_of(user: User) -> "models.QuerySet[Case]":
    """The open cases somebody has a part in: a nurse in all residents, a psychologist in whom a task was about."""
    if not user.institution:
        return Case.objects.none()
    here = Case.objects.filter(institution=user.institution, closed_on__isnull=True)
    theirs = Q(pk__in=[])
    if user.has_role(Role.NURSE):
        theirs |= Q(pk__in=Stay.objects.filter(institution=user.institution, left_on__isnull=True).values("case"))
    if user.has_role(Role.PSYCHOLOGIST):
        theirs |= Q(pk__in=user.tasks.filter(case__isnull=False).values("case"))
    return here.filter(theirs)


def in_hand(user: User) -> "models.QuerySet[Case]":
    """The cases somebody reads whole or has a part of."""
    whole = Case.objects.visible_to(user) if user.has_role(*CASE_READERS) else Case.objects.none()
    return Case.objects.filter(Q(pk__in=whole.values("pk")) | Q(pk__in=parts_of(user).values("pk")))


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: User) -> "NoteQuerySet":
        """That there is a note: to whoever reads the case. A part is one's own notes and, for a nurse, on health."""
        if not user.institution:
            return self.none()
        theirs = Q(by=user) | (Q(kind=NoteKind.HEALTH) if user.has_role(Role.NURSE) else Q(pk__in=[]))
        seen = Q(case__in=parts_of(user)) & theirs
        if user.has_role(*CASE_READERS):
            seen |= Q(case__in=Case.objects.visible_to(user))
        return self.filter(seen, institution=user.institution)

    def standing(self) -> "NoteQuerySet":
        """Without those that a later note corrects."""
        return self.filter(correction__isnull=True)


class Note(models.Model):
    """One piece of work with one client. ``stay`` is the one it was during, if any; its saving writes the activity."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="notes")
    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="notes")
    kind = models.CharField(max_length=14, choices=NoteKind)
    variant = models.CharField(_("jenis"), max_length=12, choices=Variant, blank=True, default="")
    bimbingan = models.CharField(_("bimbingan"), max_length=24, choices=Bimbingan)
    code = models.CharField(max_length=12)
    on = models.DateField(_("tanggal"))
    starts_at = models.TimeField(_("jam mulai"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("lama (menit)"), null=True, blank=True, validators=[MaxValueValidator(1440)]
    )
    method = models.CharField(_("metode"), max_length=40, choices=Method, blank=True, default="")
    with_whom = models.CharField(_("dengan siapa"), max_length=160, blank=True, default="")
    topic = models.CharField(_("perihal"), max_length=200, blank=True, default="")
    account = models.TextField(_("uraian"), max_length=8000)
    finding = models.CharField(_("hasil tes"), max_length=10, choices=Finding, blank=True, default="")
    result = models.TextField(_("hasil"), max_length=4000, blank=True, default="")
    follow_up = models.TextField(_("tindak lanjut"), max_length=2000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="notes")
    created_at = models.DateTimeField(default=clock.now)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="correction")

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=NoteKind.values), name="note_kind"),
            models.CheckConstraint(condition=Q(variant__in=["", *Variant.values]), name="note_variant"),
            models.CheckConstraint(condition=Q(bimbingan__in=Bimbingan.values), name="note_bimbingan"),
            models.CheckConstraint(
                condition=Q(finding="") | Q(variant=Variant.URINE, finding__in=Finding.values), name="note_finding"
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-on", "-id"], name="note_list"),
            models.Index(fields=["case", "kind"], name="note_of_kind"),
        ]

    @property
    def is_restricted(self) -> bool:
        return self.kind in NoteKind.restricted()


class NoteOpening(models.Model):
    """A restricted note opened word for word by somebody for whom that needs a reason."""

    note = models.ForeignKey(Note, models.PROTECT, related_name="openings")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.TextField(_("alasan"), max_length=2000)
    at = models.DateTimeField(default=clock.now)
    on = models.DateField()

    class Meta:
        ordering = ["at", "pk"]


class Review(models.Model):
    """A supervisor's word on one note or one session, under a supervision code; directions become a task."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="reviews")
    code = models.CharField(max_length=12)
    bimbingan = models.CharField(max_length=24, choices=Bimbingan)
    of_note = models.ForeignKey(Note, models.PROTECT, null=True, blank=True, related_name="reviews")
    session = models.ForeignKey("services.Session", models.PROTECT, null=True, blank=True, related_name="reviews")
    note = models.TextField(_("catatan supervisi"), max_length=4000)
    directions = models.TextField(_("arahan"), max_length=4000, blank=True, default="")
    task = models.OneToOneField("services.Task", models.PROTECT, null=True, blank=True, related_name="review")
    by = models.ForeignKey(User, models.PROTECT, related_name="reviews")
    at = models.DateTimeField(default=clock.now)
    on = models.DateField(_("tanggal"))

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(of_note__isnull=False, session__isnull=True)
                | Q(of_note__isnull=True, session__isnull=False),
                name="review_of_one",
            ),
            models.CheckConstraint(condition=Q(bimbingan__in=Bimbingan.values), name="review_bimbingan"),
        ]
