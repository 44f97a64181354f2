"""Who works here: people, institutions, memberships; the keys of forms already answered, and what is not sent yet."""

from datetime import date
from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.counters import Counter as Counter
from accounts.enums import Employment, InstitutionKind, Role, ServiceKind
from accounts.identifiers import spaced_nip, validate_nip, why_not_employed
from accounts.inbox import unread_of
from accounts.mandates import StandIn, may_stand_in
from accounts.patterns import aftercare_months, case_pattern, client_pattern, letter_pattern
from accounts.saved_filters import SavedFilter as SavedFilter
from accounts.shifts import DEFAULT_SHIFTS, validate_shifts
from rehsos import clock


class Institution(models.Model):
    """A UPT, or the dinas itself; everything that differs between UPTs is a field here."""

    code = models.SlugField(_("kode"), max_length=12, unique=True, help_text=_("Dipakai di nomor kasus, mis. ANKN"))
    name = models.CharField(_("nama"), max_length=160, unique=True)
    kind = models.CharField(_("jenis"), max_length=10, choices=InstitutionKind, default=InstitutionKind.UPT)
    service_kind = models.CharField(
        _("jenis layanan"), max_length=20, choices=ServiceKind, default=ServiceKind.RESIDENTIAL
    )
    time_zone = models.CharField(_("zona waktu"), max_length=40, default="Asia/Jakarta")
    letterhead = models.TextField(
        _("kop surat"), blank=True, max_length=600, help_text=_("Baris pertama sampai nama dinas")
    )
    address = models.CharField(_("alamat"), max_length=300, blank=True)
    contact = models.CharField(_("telepon, pos-el"), max_length=200, blank=True)
    city = models.CharField(_("tempat surat"), max_length=80, blank=True)
    client_term = models.CharField(_("sebutan klien"), max_length=40, default="penerima manfaat")
    client_number_pattern = models.CharField(
        _("pola nomor induk"), max_length=80, default="{yy}-{seq:04d}", validators=[client_pattern]
    )
    case_number_pattern = models.CharField(
        _("pola nomor kasus"), max_length=80, default="{code}-{year}-{seq:04d}", validators=[case_pattern]
    )
    letter_number_pattern = models.CharField(
        _("pola nomor surat"), max_length=80, default="400.9/{seq}/{code}/{year}", validators=[letter_pattern]
    )
    admin_requirements = models.TextField(
        _("persyaratan administrasi"),
        max_length=4000,
        default="Surat permohonan orang tua/wali\nFotokopi KTP atau KK\nSurat pengantar Dinas Sosial kabupaten/kota\n"
        "Surat keterangan sehat\nIjazah terakhir\nPasfoto",
        help_text=_("Satu persyaratan per baris"),
    )
    progress_months = models.PositiveSmallIntegerField(_("irama lembar perkembangan (bulan)"), default=1)
    emergency_days = models.PositiveSmallIntegerField(_("batas berkas penerimaan darurat (hari)"), default=7)
    return_days = models.PositiveSmallIntegerField(
        _("batas kembali sesudah meninggalkan UPT tanpa izin (hari)"), default=30
    )
    aftercare_months = models.CharField(
        _("jadwal binjut (bulan ke-)"),
        max_length=40,
        default="1,3,6,12",
        help_text=_("Dipisah koma"),
        validators=[aftercare_months],
    )
    shifts = models.CharField(_("giliran jaga"), max_length=200, default=DEFAULT_SHIFTS, validators=[validate_shifts])
    logo = models.UUIDField(null=True, editable=False)  # of the file in the store, which this app does not know
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(progress_months__gte=1) & Q(progress_months__lte=12), name="institution_progress_months"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def today(self) -> date:
        """The calendar date where this institution is."""
        return clock.today(self.time_zone)


class UserQuerySet(models.QuerySet["User"]):
    def visible_to(self, user: "User") -> "UserQuerySet":
        """Whose account one may look after: the administrator everybody's, head and office those of their UPT.

        Who works nowhere any more stays with the place they came from.
        """
        if user.has_role(Role.ADMINISTRATOR):
            return self
        if not user.institution or not user.has_role(Role.HEAD, Role.ADMIN_OFFICE):
            return self.none()
        theirs = Membership.objects.filter(user=OuterRef("pk"))
        lasting = theirs.filter(unended(user.institution.today()))
        here = Q(institution=user.institution)
        return self.filter(Exists(lasting.filter(here)) | (Exists(theirs.filter(here)) & ~Exists(lasting)))


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username: str, password: str | None = None, **fields):
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A member of staff. What they may do follows from their memberships."""

    username = models.CharField(_("nama pengguna"), max_length=60, unique=True)
    email = models.EmailField(_("pos-el"), blank=True)
    name = models.CharField(_("nama tanpa gelar"), max_length=120)
    title_before = models.CharField(_("gelar depan"), max_length=40, blank=True)
    title_after = models.CharField(_("gelar belakang"), max_length=60, blank=True)
    employment = models.CharField(_("status kepegawaian"), max_length=10, choices=Employment, default=Employment.OTHER)
    nip = models.CharField(_("NIP"), max_length=18, blank=True, validators=[validate_nip])
    rank = models.CharField(_("pangkat"), max_length=60, blank=True)
    rank_group = models.CharField(_("golongan"), max_length=10, blank=True)
    position = models.CharField(_("jabatan"), max_length=120, blank=True)
    is_active = models.BooleanField(_("aktif"), default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=1)

    objects = UserManager()

    draft_asked = ""  # the place of the draft that this page was opened with; no column

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["nip"], condition=~Q(nip=""), name="user_nip_unique"),
            # People sign in whatever the case they type, so no two names may differ in that alone.
            models.UniqueConstraint(Lower("username"), name="user_username_folded"),
        ]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        super().clean()
        if why_not := why_not_employed(self.employment, self.nip):
            raise ValidationError({"nip": why_not})

    @property
    def full_name(self) -> str:
        """The name with titles, as papers print it."""
        name = f"{self.title_before} {self.name}".strip()
        return f"{name}, {self.title_after}" if self.title_after else name

    @property
    def nip_display(self) -> str:
        """The NIP in its printed groups 8-6-1-3, or nothing."""
        return spaced_nip(self.nip)

    @cached_property
    def active_memberships(self) -> list["Membership"]:
        """The roles held today, where today is each institution's own; asked along: are there drafts, or lent roles?"""
        has_drafts = Exists(Draft.objects.filter(user=OuterRef("user")))
        rows = self.memberships.select_related("institution")
        rows = rows.annotate(has_drafts=has_drafts, may_stand_in=may_stand_in("user"), unread=unread_of("user"))
        return [row for row in rows.order_by("pk") if row.holds_on(row.institution.today())]

    @cached_property
    def lent(self) -> list[StandIn]:
        """What lends this person a role today: in their own UPT or, for people of the dinas, in one UPT."""
        if not any(row.may_stand_in for row in self.active_memberships):
            return []
        home = self.active_memberships[0].institution
        rows = StandIn.objects.standing().lending().filter(holder=self).select_related("institution", "for_whom")
        found = [row for row in rows.order_by("pk") if row.is_open_to(home) and row.holds_on(row.institution.today())]
        return [row for row in found if row.institution_id == found[0].institution_id]

    @property
    def institution(self) -> "Institution | None":
        """The one institution this person works in now; the UPT, for who is lent to it by the dinas."""
        rows = self.lent or self.active_memberships
        return rows[0].institution if rows else None

    @cached_property
    def roles(self) -> frozenset[Role]:
        """Held there, or lent for some days."""
        return self.own_roles | {Role(row.role) for row in self.lent}

    @property
    def own_roles(self) -> frozenset[Role]:
        """Held there without standing in for anybody."""
        return frozenset(Role(m.role) for m in self.active_memberships if m.institution_id == self.institution.pk)

    @property
    def role_labels(self) -> list[str]:
        """What they are here, in words: ``Pekerja sosial``, ``Plh. Kepala UPT``."""
        return [*(str(role.label) for role in Role if role in self.own_roles), *(row.post for row in self.lent)]

    def capacity(self, *roles: Role) -> str:
        """As what kind of stand-in they act where one of these roles is needed; nothing where they hold it."""
        if not self.own_roles.isdisjoint(roles):
            return ""
        return next((row.kind for row in self.lent if row.role in roles), "")

    @cached_property
    def unsent_drafts(self) -> dict[str, "Draft"]:
        """What they have typed and not sent, by place and still sealed. Whoever has nothing costs no query."""
        if self.active_memberships and not self.active_memberships[0].has_drafts:
            return {}
        return {draft.place: draft for draft in self.drafts.unsent().defer("sealed")}

    @property
    def unread_notices(self) -> int:
        return next((row.unread or 0 for row in self.active_memberships), 0)

    def has_role(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)


def unended(day: date) -> Q:
    """Roles that hold on a day or will hold later."""
    return Q(until_on__isnull=True) | Q(until_on__gte=day)


class Membership(models.Model):
    """One role of one person in one institution, with dates where it is temporary."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="memberships")
    role = models.CharField(_("peran"), max_length=24, choices=Role)
    since_on = models.DateField(_("sejak"), null=True, blank=True)
    until_on = models.DateField(_("sampai"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "institution", "role"], name="membership_unique"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role"),
            models.CheckConstraint(
                condition=Q(since_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")),
                name="membership_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"

    def holds_on(self, day: date) -> bool:
        """Whether the role may be used on a day; the first and the last one count."""
        return (self.since_on is None or self.since_on <= day) and (self.until_on is None or self.until_on >= day)


class FormKey(models.Model):
    """A form that was answered: the same key gets the same answer and no second effect."""

    key = models.CharField(max_length=80, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(default=clock.now)


class DraftQuerySet(models.QuerySet["Draft"]):
    def unsent(self) -> "DraftQuerySet":
        """Without those whose page has sent its form: a draft may arrive a moment after the form itself."""
        return self.filter(~Exists(FormKey.objects.filter(key=OuterRef("key"))))


class Draft(models.Model):
    """What somebody has typed into a form and not sent, sealed. Nobody else ever reads it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=12)  # the form and what it is about, as in the form's keys
    key = models.CharField(max_length=80)  # of the page on which it was typed
    version = models.IntegerField(null=True)  # of what that page was drawn from
    sealed = models.TextField()
    saved_at = models.DateTimeField(default=clock.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "place"], name="draft_unique"),
        ]
