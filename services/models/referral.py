"""The course of a referral: to whom, for which need, with whose consent, and what happened since."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases.models import Case
from rehsos import clock
from services.enums import Signer
from services.models.partner import Partner
from services.referral_enums import CourseAct, CourseState, PackagePart, PartnerService

OPEN = (CourseState.DRAFT, CourseState.SENT, CourseState.RECEIVED)
WAITING = (CourseState.SENT, CourseState.RECEIVED)


class CourseQuerySet(models.QuerySet["ReferralCourse"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(case__in=Case.objects.visible_to(user))

    def waiting(self) -> Self:
        """Sent and not answered."""
        return self.filter(state__in=WAITING)


class ReferralCourse(models.Model):
    """One referral of one client to one institution. What it says never changes; what happens is a step of it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="referral_courses")
    partner = models.ForeignKey(Partner, models.PROTECT, related_name="courses", verbose_name=_("lembaga tujuan"))
    need = models.CharField(_("kebutuhan"), max_length=16, choices=PartnerService)
    reason = models.TextField(_("alasan rujukan"), max_length=4000)
    asked = models.TextField(_("pelayanan yang diminta"), max_length=2000)
    parts = models.JSONField(_("yang disertakan"), default=list)
    summary = models.TextField(_("ringkasan yang dibagikan"), max_length=8000)
    consent = models.CharField(_("persetujuan berbagi data"), max_length=12, choices=Signer, blank=True, default="")
    consent_name = models.CharField(_("nama yang menyetujui"), max_length=120, blank=True, default="")
    consent_on = models.DateField(_("tanggal persetujuan"), null=True, blank=True)
    witness_1 = models.CharField(_("saksi pertama"), max_length=120, blank=True, default="")
    witness_2 = models.CharField(_("saksi kedua"), max_length=120, blank=True, default="")
    override_reason = models.TextField(_("alasan tanpa persetujuan"), max_length=2000, blank=True, default="")
    override_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=CourseState, default=CourseState.DRAFT)
    sent_on = models.DateField(_("dikirim tanggal"), null=True, blank=True)
    answer_due_on = models.DateField(_("jawaban ditunggu sampai"), null=True, blank=True)
    answered_on = models.DateField(_("dijawab tanggal"), null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_on = models.DateField(_("disusun tanggal"))
    made_at = models.DateTimeField(default=clock.now)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["-made_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CourseState.values), name="course_state"),
            models.CheckConstraint(condition=Q(need__in=PartnerService.values), name="course_need"),
            models.CheckConstraint(condition=Q(consent__in=["", *Signer.values]), name="course_consent"),
            models.CheckConstraint(
                condition=Q(override_by__isnull=True, override_reason="")
                | (Q(override_by__isnull=False) & ~Q(override_reason="")),
                name="course_override_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "cancelled"])
                | ~Q(consent__in=["", "refused"])
                | ~Q(override_reason=""),
                name="course_sent_by_consent",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled")
                | Q(state="draft", sent_on__isnull=True)
                | (~Q(state="draft") & Q(sent_on__isnull=False, answer_due_on__isnull=False)),
                name="course_sent_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "sent", "received", "cancelled"], answered_on__isnull=True)
                | Q(state__in=["accepted", "refused", "no_answer", "ended"], answered_on__gte=models.F("sent_on")),
                name="course_answered_pair",
            ),
            models.UniqueConstraint(
                fields=["case", "partner"], condition=Q(state__in=["draft", "sent", "received"]), name="course_once"
            ),
        ]
        indexes = [models.Index(fields=["institution", "answer_due_on"], name="course_due")]

    def __str__(self) -> str:
        return str(self.partner)

    @property
    def is_consented(self) -> bool:
        return self.consent not in ("", Signer.REFUSED)

    @property
    def is_restricted(self) -> bool:
        """Its summary may tell of health."""
        return PackagePart.HEALTH in self.parts

    @property
    def part_labels(self) -> list[str]:
        return [str(PackagePart(value).label) for value in PackagePart.values if value in self.parts]


class ReferralStep(models.Model):
    """What happened to a referral. Never changed."""

    course = models.ForeignKey(ReferralCourse, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=14, choices=CourseAct)
    on = models.DateField(_("tanggal"))
    text = models.TextField(_("keterangan"), max_length=4000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=Q(act__in=CourseAct.values), name="referral_step_act")]
