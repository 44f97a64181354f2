"""Sosialisasi: programmes with their papers and sign-offs, events, and who took part in them. None of it has a case."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases import reference
from cases.enums import Sex
from cases.models import Case, Client, StoredFile
from rehsos import clock
from services.enums import Verdict
from services.outreach_enums import OutreachKind, OutreachPaperKind

OVERSEEING = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)
OUTREACH = (Role.SOCIAL_WORKER, *OVERSEEING)


class OutreachQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "OutreachQuerySet":
        """Outreach is the work of a whole UPT: its social workers and who leads them see all of it."""
        if not user.institution or not user.has_role(*OUTREACH):
            return self.none()
        return self.filter(institution=user.institution)


class OutreachProgramme(models.Model):
    """A programme of sosialisasi, as it is planned (A.c)."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="outreach_programmes")
    title = models.CharField(_("nama program"), max_length=160)
    on = models.DateField(_("disusun tanggal"))
    starts_on = models.DateField(_("mulai"))
    ends_on = models.DateField(_("selesai"))
    aim = models.TextField(_("tujuan"), max_length=2000)
    audience = models.CharField(_("sasaran"), max_length=300)
    target = models.PositiveIntegerField(
        _("target peserta (orang)"), null=True, blank=True, validators=[MaxValueValidator(100_000)]
    )
    places = models.CharField(_("wilayah dan tempat"), max_length=300, blank=True, default="")
    plan = models.TextField(_("rancangan kegiatan"), max_length=8000)
    resources = models.TextField(_("petugas, biaya, dan alat"), max_length=2000, blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OutreachQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="outreach_programme_dates"),
            models.CheckConstraint(condition=~Q(title=""), name="outreach_programme_title"),
        ]
        indexes = [models.Index(fields=["institution", "-starts_on"], name="outreach_programme_list")]

    def __str__(self) -> str:
        return self.title


class OutreachPaper(models.Model):
    """Material, participant data or an evaluation of a programme. Never changed."""

    programme = models.ForeignKey(OutreachProgramme, models.PROTECT, related_name="papers")
    code = models.CharField(_("jenis"), max_length=12, choices=OutreachPaperKind)
    on = models.DateField(_("tanggal"))
    title = models.CharField(_("judul"), max_length=160)
    account = models.TextField(_("uraian"), max_length=8000, blank=True, default="")
    obstacle = models.TextField(_("hambatan"), max_length=4000, blank=True, default="")
    result = models.TextField(_("hasil dan saran"), max_length=4000, blank=True, default="")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(code__in=OutreachPaperKind.values), name="outreach_paper_code"),
            models.CheckConstraint(condition=Q(file__isnull=False) | ~Q(account=""), name="outreach_paper_said"),
        ]


class OutreachSupervision(models.Model):
    """A sign-off on a programme (A.i), by somebody who had no part in it. Never changed."""

    programme = models.ForeignKey(OutreachProgramme, models.PROTECT, related_name="supervisions")
    on = models.DateField(_("tanggal"))
    verdict = models.CharField(_("hasil"), max_length=10, choices=Verdict, default=Verdict.APPROVED)
    note = models.TextField(_("catatan supervisi"), max_length=4000)
    directions = models.TextField(_("arahan"), max_length=4000, blank=True, default="")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="outreach_supervision_verdict"),
            models.CheckConstraint(condition=~Q(note=""), name="outreach_supervision_note"),
        ]


class OutreachEvent(models.Model):
    """What took place outside: a contact, an event, a visit. Nobody need have come. Never changed."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="outreach_events")
    programme = models.ForeignKey(
        OutreachProgramme, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("program")
    )
    code = models.CharField(_("jenis kegiatan"), max_length=12, choices=OutreachKind)
    on = models.DateField(_("tanggal"))
    starts_at = models.TimeField(_("jam mulai"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("lama (menit)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
    )
    regency = models.CharField(_("kabupaten/kota"), max_length=10, blank=True, choices=reference.regency_choices)
    place = models.CharField(_("tempat"), max_length=160)
    parties = models.CharField(_("pihak yang ditemui"), max_length=300, blank=True, default="")
    companions = models.CharField(_("bersama petugas"), max_length=300, blank=True, default="")
    men = models.PositiveSmallIntegerField(_("hadir laki-laki"), default=0, validators=[MaxValueValidator(20_000)])
    women = models.PositiveSmallIntegerField(_("hadir perempuan"), default=0, validators=[MaxValueValidator(20_000)])
    account = models.TextField(_("uraian"), max_length=8000)
    result = models.TextField(_("hasil"), max_length=4000, blank=True, default="")
    obstacle = models.TextField(_("hambatan"), max_length=4000, blank=True, default="")
    follow_up = models.TextField(_("tindak lanjut"), max_length=4000, blank=True, default="")
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = OutreachQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(code__in=OutreachKind.values), name="outreach_event_code"),
            models.CheckConstraint(condition=~Q(place=""), name="outreach_event_place"),
        ]
        indexes = [models.Index(fields=["institution", "-on"], name="outreach_event_list")]

    @property
    def kind(self) -> OutreachKind:
        return OutreachKind(self.code)

    @property
    def number(self) -> int:
        """How many came."""
        return self.men + self.women


class ParticipantQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "ParticipantQuerySet":
        """Names are for who wrote them down, who held the event, and who leads the UPT; others see numbers."""
        if not user.institution or not user.has_role(*OUTREACH):
            return self.none()
        here = self.filter(event__institution=user.institution)
        if user.has_role(*OVERSEEING):
            return here
        return here.filter(Q(by=user) | Q(event__by=user))

    def standing(self) -> "ParticipantQuerySet":
        return self.filter(struck_at__isnull=True)


class OutreachParticipant(models.Model):
    """Somebody who came, or was met: no client yet. With a click they become one; then ``client`` says who."""

    event = models.ForeignKey(OutreachEvent, models.PROTECT, related_name="participants")
    name = models.CharField(_("nama"), max_length=120)
    sex = models.CharField(_("jenis kelamin"), max_length=6, choices=Sex, blank=True, default="")
    age = models.PositiveSmallIntegerField(_("umur"), null=True, blank=True, validators=[MaxValueValidator(120)])
    origin = models.CharField(_("alamat atau lembaga"), max_length=160, blank=True, default="")
    phone = models.CharField(_("telepon"), max_length=30, blank=True, default="")
    need = models.CharField(_("masalah yang disampaikan"), max_length=300, blank=True, default="")
    is_prospect = models.BooleanField(_("mungkin calon klien"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    struck_because = models.CharField(_("alasan dicoret"), max_length=300, blank=True, default="")
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    struck_at = models.DateTimeField(null=True, blank=True)
    client = models.ForeignKey(Client, models.PROTECT, null=True, blank=True, related_name="outreach")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="outreach")

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="outreach_participant_name"),
            models.CheckConstraint(condition=Q(sex__in=["", *Sex.values]), name="outreach_participant_sex"),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by__isnull=True, struck_because="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_because="")),
                name="outreach_participant_struck",
            ),
            # A case is somebody's, and nobody who was struck out is a client.
            models.CheckConstraint(
                condition=Q(case__isnull=True) | Q(client__isnull=False), name="outreach_participant_case"
            ),
            models.CheckConstraint(
                condition=Q(client__isnull=True) | Q(struck_at__isnull=True), name="outreach_participant_kept"
            ),
        ]
        indexes = [models.Index(fields=["event", "id"], name="outreach_participant_list")]
