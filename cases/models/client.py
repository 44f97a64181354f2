"""A person in the register of a UPT, and who may see them."""

from datetime import date

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import Institution, User
from cases import reference
from cases.crypto import EncryptedTextField, blind_index, masked
from cases.enums import Sex
from cases.models.assignment import Assignment
from cases.models.sight import WHOLE_UPT, in_force
from cases.names import fold
from rehsos import clock


class ClientQuerySet(models.QuerySet["Client"]):
    def visible_to(self, user: User) -> "ClientQuerySet":
        """Whole-UPT roles see their register; a worker sees the clients of their cases and those they registered."""
        if not user.institution:
            return self.none()
        mine = self.filter(institution=user.institution, is_merged=False)
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
    is_merged = models.BooleanField(_("digabung ke nomor lain"), default=False, editable=False)
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
