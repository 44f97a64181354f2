"""Supporting work (II.A, II.B): studies, models, evaluations, publications; the team, the steps, what came of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases.models import StoredFile
from rehsos import clock
from services.supporting.enums import Level, Part, WorkKind, WorkState

LEADING = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)
SUPPORTING = (Role.SOCIAL_WORKER, *LEADING)


class SupportingQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "SupportingQuerySet":
        """It names no client: everybody who does such work in the UPT sees all of it."""
        if not user.institution or not user.has_role(*SUPPORTING):
            return self.none()
        return self.filter(institution=user.institution)


class SupportingWork(models.Model):
    """One piece of supporting work, from its plan to its output."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="supporting_works")
    kind = models.CharField(_("jenis"), max_length=12, choices=WorkKind)
    title = models.CharField(_("judul"), max_length=300)
    level = models.CharField(_("tingkatan"), max_length=5, choices=Level, blank=True, default="")
    aim = models.TextField(_("tujuan"), max_length=4000)
    partners = models.CharField(_("pihak yang terlibat"), max_length=300, blank=True, default="")
    starts_on = models.DateField(_("mulai"))
    due_on = models.DateField(_("target selesai"), null=True, blank=True)
    state = models.CharField(_("keadaan"), max_length=7, choices=WorkState, default=WorkState.RUNNING)
    ended_on = models.DateField(_("selesai atau berhenti"), null=True, blank=True)
    result = models.TextField(_("hasil, atau alasan berhenti"), max_length=4000, blank=True, default="")
    authors = models.CharField(_("penulis sebagaimana tercantum"), max_length=300, blank=True, default="")
    publisher = models.CharField(_("penerbit atau penyelenggara"), max_length=160, blank=True, default="")
    source = models.CharField(
        _("judul asli, majalah induk, atau lembaga tujuan"), max_length=300, blank=True, default=""
    )
    year = models.PositiveSmallIntegerField(
        _("tahun"), null=True, blank=True, validators=[MinValueValidator(1950), MaxValueValidator(2200)]
    )
    identifier = models.CharField(_("ISBN, ISSN, atau DOI"), max_length=60, blank=True, default="")
    pages = models.CharField(_("halaman"), max_length=30, blank=True, default="")
    url = models.URLField(_("alamat di internet"), max_length=300, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = SupportingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=WorkKind.values), name="supporting_kind"),
            models.CheckConstraint(condition=Q(state__in=WorkState.values), name="supporting_state"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(aim=""), name="supporting_said"),
            models.CheckConstraint(
                condition=Q(level="") | Q(level__in=Level.values, kind__startswith="II.A"), name="supporting_level"
            ),
            models.CheckConstraint(
                condition=Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")), name="supporting_due"
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_on__isnull=True)
                | (~Q(state="running") & Q(ended_on__gte=F("starts_on")) & ~Q(result="")),
                name="supporting_ended",
            ),
        ]
        indexes = [models.Index(fields=["institution", "-starts_on"], name="supporting_list")]

    def __str__(self) -> str:
        return self.title

    @property
    def work_kind(self) -> WorkKind:
        return WorkKind(self.kind)


class SupportingMember(models.Model):
    """Somebody of the team: a colleague, or a person from outside by name."""

    work = models.ForeignKey(SupportingWork, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="supporting_parts")
    name = models.CharField(_("nama"), max_length=120, blank=True, default="")
    part = models.CharField(_("peran"), max_length=7, choices=Part)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=Part.values), name="supporting_member_part"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, name="") & ~Q(part="outside")
                | (Q(user__isnull=True, part="outside") & ~Q(name="")),
                name="supporting_member_who",
            ),
            models.UniqueConstraint(fields=["work", "user"], name="supporting_member_once"),
            models.UniqueConstraint(fields=["work"], condition=Q(part="lead"), name="supporting_member_lead"),
        ]

    def __str__(self) -> str:
        return self.user.full_name if self.user else self.name


class SupportingStep(models.Model):
    """What was done on a day, under one code of the catalogue. Struck out with a reason, never changed."""

    work = models.ForeignKey(SupportingWork, models.PROTECT, related_name="steps")
    code = models.CharField(_("butir kegiatan"), max_length=12)
    on = models.DateField(_("tanggal"))
    minutes = models.PositiveSmallIntegerField(
        _("lama (menit)"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(1440)]
    )
    account = models.TextField(_("uraian"), max_length=8000)
    output = models.CharField(_("keluaran"), max_length=300, blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    struck_because = models.CharField(_("alasan dicoret"), max_length=300, blank=True, default="")
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(account=""), name="supporting_step_said"),
            models.CheckConstraint(condition=Q(code__startswith="II."), name="supporting_step_code"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True, struck_because="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_because="")),
                name="supporting_step_struck",
            ),
        ]


class SupportingShare(models.Model):
    """A colleague of the team who took part in a step beside the one who wrote it down."""

    step = models.ForeignKey(SupportingStep, models.CASCADE, related_name="shares")
    user = models.ForeignKey(User, models.PROTECT, related_name="supporting_shares")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "user"], name="supporting_share_once")]
