"""One episode of service, its stays and its workers, and who may see it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role, ServiceKind
from accounts.models import Institution, User
from cases.enums import Outcome, Stage, Status, StayEnd, WayIn
from cases.models.assignment import assigned_now
from cases.models.client import Client
from cases.models.sight import WHOLE_UPT


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User) -> "CaseQuerySet":
        """Whole-UPT roles see their UPT; a worker sees the cases assigned to them now; nobody else sees a case."""
        if not user.institution:
            return self.none()
        mine = self.filter(institution=user.institution)
        if user.has_role(*WHOLE_UPT):
            return mine
        if user.has_role(Role.SOCIAL_WORKER):
            return mine.filter(assigned_now(user))
        return self.none()

    def assigned_to(self, user: User) -> "CaseQuerySet":
        """The caseload of one worker today."""
        return self.filter(assigned_now(user)) if user.institution else self.none()

    def open(self) -> "CaseQuerySet":
        return self.filter(closed_on__isnull=True)


class Case(models.Model):
    """One service episode of one client in one UPT. Only ``services.transitions`` moves it."""

    number = models.CharField(_("nomor kasus"), max_length=40, unique=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="cases", verbose_name=_("klien"))
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="cases")
    episode = models.PositiveSmallIntegerField(default=1)
    service_kind = models.CharField(_("jenis layanan"), max_length=20, choices=ServiceKind)
    way_in = models.CharField(_("jalur masuk"), max_length=20, choices=WayIn, default=WayIn.OWN_WISH)
    sender = models.CharField(_("lembaga atau orang pengirim"), max_length=160, blank=True)
    sender_letter = models.CharField(_("nomor surat pengantar"), max_length=80, blank=True)
    first_contact_on = models.DateField(_("kontak pertama"))
    is_emergency = models.BooleanField(_("penerimaan darurat"), default=False)
    order_number = models.CharField(_("nomor penetapan atau surat titipan"), max_length=80, blank=True, default="")
    order_by = models.CharField(_("pengadilan atau penegak hukum"), max_length=160, blank=True, default="")
    order_on = models.DateField(_("tanggal penetapan"), null=True, blank=True)
    order_until_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    stage = models.CharField(_("tahap"), max_length=14, choices=Stage, default=Stage.INTAKE)
    round = models.PositiveSmallIntegerField(_("putaran"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CANDIDATE)
    outcome = models.CharField(_("hasil akhir"), max_length=24, choices=Outcome, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    opened_on = models.DateField(_("dibuka"))
    stage_since_on = models.DateField(_("di tahap ini sejak"))
    closed_on = models.DateField(_("ditutup"), null=True, blank=True)
    is_leaving = models.BooleanField(_("keluar, belum disahkan"), default=False)
    has_arrears = models.BooleanField(_("ada tunggakan"), default=False)
    assessment_edition = models.PositiveSmallIntegerField(_("versi asesmen"), default=1)
    plan_edition = models.PositiveSmallIntegerField(_("versi rencana"), default=1)
    taken_over_on = models.DateField(_("saldo awal tanggal"), null=True, blank=True)
    next_step = models.CharField(_("langkah berikutnya"), max_length=200, blank=True, default="")
    next_due_on = models.DateField(_("tenggat"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "episode"], name="case_episode_unique"),
            models.UniqueConstraint(fields=["client"], condition=Q(closed_on__isnull=True), name="case_one_open"),
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="case_stage"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="case_status"),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="case_closed_pair",
            ),
            models.CheckConstraint(condition=Q(round__gte=1), name="case_round"),
        ]
        indexes = [
            models.Index(fields=["institution", "-opened_on", "-id"], name="case_list"),
            models.Index(fields=["institution", "stage", "-opened_on", "-id"], name="case_list_stage"),
            models.Index(fields=["institution", "status", "-opened_on", "-id"], name="case_list_status"),
            models.Index(
                fields=["institution", "next_due_on", "-opened_on", "-id"],
                condition=Q(closed_on__isnull=True),
                name="case_list_due",
            ),
            models.Index(
                fields=["institution", "-closed_on", "-id"],
                condition=Q(closed_on__isnull=False),
                name="case_list_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_closed(self) -> bool:
        return self.closed_on is not None

    @property
    def at(self) -> Stage:
        """The stage as a member of the enum."""
        return Stage(self.stage)

    def round_of(self, stage: Stage) -> int:
        """The round whose papers count for a stage of this case."""
        return self.round if stage.is_per_round else 1


class Stay(models.Model):
    """From placement to leaving (masa tinggal). In a non-residential UPT: placement in the programme."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="stays")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="stays")
    house = models.CharField(_("asrama/wisma"), max_length=80, blank=True)
    room = models.CharField(_("kamar"), max_length=40, blank=True)
    bed = models.CharField(_("tempat tidur"), max_length=20, blank=True)
    placed_on = models.DateField(_("tanggal penempatan"))
    left_on = models.DateField(_("tanggal keluar"), null=True, blank=True)
    end = models.CharField(_("cara keluar"), max_length=20, choices=StayEnd, blank=True, default="")

    class Meta:
        ordering = ["placed_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(left_on__isnull=True), name="stay_one_running"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("placed_on")), name="stay_dates"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, end="") | (Q(left_on__isnull=False) & ~Q(end="")),
                name="stay_end_pair",
            ),
        ]
        indexes = [
            models.Index(fields=["institution", "placed_on"], name="stay_placed"),
            models.Index(fields=["institution", "left_on"], name="stay_left"),
        ]

    @property
    def place(self) -> str:
        """House, room and bed in one line."""
        room = _("kamar %s") % self.room if self.room else ""
        return ", ".join(str(part) for part in (self.house, room, self.bed) if part)
