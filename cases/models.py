"""Whom we serve: clients, their cases, stays and workers, and who may see them."""

import uuid
from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role, ServiceKind
from accounts.models import Institution, User
from cases import reference
from cases.crypto import EncryptedTextField, blind_index, masked
from cases.enums import Outcome, Sex, Stage, Status, StayEnd, WayIn
from cases.names import fold
from rehsos import clock

WHOLE_UPT = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE)


def in_force(today: date) -> Q:
    """Assignments that hold today; on the day one ends it holds no longer."""
    return Q(since_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, user: User) -> "ClientQuerySet":
        """Whole-UPT roles see their register; a worker sees the clients of their cases and those they registered."""
        if not user.institution:
            return self.none()
        mine = self.filter(institution=user.institution)
        if user.has_role(*WHOLE_UPT):
            return mine
        if user.has_role(Role.SOCIAL_WORKER):
            assigned = Assignment.objects.filter(in_force(user.institution.today()), worker=user)
            fresh = Q(registered_by=user) & ~Q(cases__isnull=False)
            return mine.filter(Q(pk__in=assigned.values("case__client")) | fresh)
        return self.none()


class Client(models.Model):
    """A person served by one UPT, under one register number, over any number of episodes."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="clients")
    number = models.CharField(_("nomor induk"), max_length=40)
    name = models.CharField(_("nama lengkap"), max_length=120)
    folded_name = models.CharField(max_length=240, editable=False)
    nickname = models.CharField(_("nama panggilan"), max_length=60, blank=True)
    sex = models.CharField(_("jenis kelamin"), max_length=6, choices=Sex)
    birth_place = models.CharField(_("tempat lahir"), max_length=80, blank=True)
    birth_on = models.DateField(_("tanggal lahir"), null=True, blank=True)
    estimated_age = models.PositiveSmallIntegerField(
        _("perkiraan umur"), null=True, blank=True, validators=[MaxValueValidator(120)]
    )
    estimated_on = models.DateField(null=True, blank=True, editable=False)
    nik = EncryptedTextField(_("NIK"), blank=True, default="")
    nik_index = models.CharField(max_length=64, blank=True, default="", editable=False)
    religion = models.CharField(_("agama"), max_length=20, blank=True, choices=reference.religion_choices)
    education = models.CharField(
        _("pendidikan terakhir"), max_length=20, blank=True, choices=reference.education_choices
    )
    regency = models.CharField(_("kabupaten/kota"), max_length=10, blank=True, choices=reference.regency_choices)
    district = models.CharField(_("kecamatan"), max_length=10, blank=True, choices=reference.district_choices)
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    phone = models.CharField(_("telepon"), max_length=30, blank=True)
    guardian_name = models.CharField(_("nama wali"), max_length=120, blank=True)
    guardian_relation = models.CharField(_("hubungan wali"), max_length=60, blank=True)
    guardian_phone = models.CharField(_("telepon wali"), max_length=30, blank=True)
    guardian_address = models.CharField(_("alamat wali"), max_length=300, blank=True)
    is_protected = models.BooleanField(
        _("identitas dilindungi"),
        default=False,
        help_text=_("Anak yang berhadapan dengan hukum: tampil dengan inisial"),
    )
    version = models.PositiveIntegerField(default=1)
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField(default=clock.now)

    objects = ClientQuerySet.as_manager()

    class Meta:
        ordering = ["folded_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "number"], name="client_number_unique"),
            models.UniqueConstraint(
                fields=["institution", "nik_index"], condition=~Q(nik_index=""), name="client_nik_unique"
            ),
            models.CheckConstraint(condition=Q(sex__in=Sex.values), name="client_sex"),
            models.CheckConstraint(
                condition=Q(estimated_age__isnull=True, estimated_on__isnull=True)
                | Q(estimated_age__isnull=False, estimated_on__isnull=False),
                name="client_estimate_pair",
            ),
        ]
        indexes = [models.Index(fields=["institution", "folded_name"], name="client_name")]

    def __str__(self) -> str:
        return self.name

    def index(self) -> None:
        """Fill the columns that searching and uniqueness need from what was typed."""
        self.folded_name = fold(self.name)
        self.nik_index = blind_index(self.nik) if self.nik else ""

    @property
    def shown_name(self) -> str:
        """The name in lists: initials where the identity is protected."""
        if self.is_protected:
            return " ".join(f"{part[0].upper()}." for part in self.name.split())
        return self.name

    @property
    def masked_nik(self) -> str:
        return masked(self.nik) if self.nik else ""

    def age_on(self, day: date) -> int | None:
        """Age in whole years on a day: exact, or grown from the estimate."""
        if self.birth_on:
            return day.year - self.birth_on.year - ((day.month, day.day) < (self.birth_on.month, self.birth_on.day))
        if self.estimated_age is not None and self.estimated_on:
            return self.estimated_age + (day - self.estimated_on).days // 365
        return None

    @property
    def primary_category(self) -> str:
        return next((c.category for c in self.categories.all() if c.is_primary), "")


class ClientCategory(models.Model):
    """One PPKS category of a client; exactly one may be primary."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="categories")
    category = models.CharField(_("kategori PPKS"), max_length=40, choices=reference.category_choices)
    is_primary = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_primary", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "category"], name="client_category_unique"),
            models.UniqueConstraint(fields=["client"], condition=Q(is_primary=True), name="client_category_primary"),
        ]


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


def assigned_now(user: User) -> Q:
    rows = Assignment.objects.filter(in_force(user.institution.today()), worker=user, case=models.OuterRef("pk"))
    return Q(models.Exists(rows))


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
    stage = models.CharField(_("tahap"), max_length=14, choices=Stage, default=Stage.INTAKE)
    round = models.PositiveSmallIntegerField(_("putaran"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CANDIDATE)
    outcome = models.CharField(_("hasil akhir"), max_length=24, choices=Outcome, blank=True, default="")
    version = models.PositiveIntegerField(default=0)
    opened_on = models.DateField(_("dibuka"))
    stage_since_on = models.DateField(_("di tahap ini sejak"))
    closed_on = models.DateField(_("ditutup"), null=True, blank=True)
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
        indexes = [models.Index(fields=["institution", "placed_on"], name="stay_placed")]

    @property
    def place(self) -> str:
        """House, room and bed in one line."""
        room = _("kamar %s") % self.room if self.room else ""
        return ", ".join(str(part) for part in (self.house, room, self.bed) if part)


class Assignment(models.Model):
    """A worker's responsibility for a case, from a day on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assignments")
    worker = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    since_on = models.DateField(_("sejak"))
    until_on = models.DateField(_("sampai"), null=True, blank=True)
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["since_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "worker"], condition=Q(until_on__isnull=True), name="assignment_once"
            ),
        ]
        indexes = [models.Index(fields=["worker", "case"], name="assignment_worker")]

    def holds_on(self, day: date) -> bool:
        """The same as ``in_force``, for a row at hand."""
        return self.since_on <= day and (self.until_on is None or self.until_on > day)


class StoredFile(models.Model):
    """A file in the guarded store; who may read it follows from what it hangs on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField(validators=[MinValueValidator(1)])
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=clock.now)
