"""The orders by which somebody stands in: for whom, as what, on whose word, from when to when."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import InstitutionKind, MandatePaper, Role, StandInKind, StandInState
from rehsos import clock

if TYPE_CHECKING:
    from accounts.models import Institution, User

# What each kind stands in for. A mandate (a.n.) lends no role: it is for papers alone.
LENDS = {
    StandInKind.ACTING: (Role.HEAD, Role.SECTION_HEAD),
    StandInKind.DAILY: (Role.HEAD, Role.SECTION_HEAD),
    StandInKind.MANDATE: (Role.HEAD,),
    StandInKind.SUPERVISOR: (Role.SUPERVISOR,),
}
READERS = (Role.ADMIN_OFFICE, Role.HEAD, Role.SECTION_HEAD, Role.SUPERVISOR)


class StandInQuerySet(models.QuerySet["StandIn"]):
    def visible_to(self, user: "User") -> "StandInQuerySet":
        """Those of one's own UPT, for who enters, confirms or heads; the administrator, who confirms too, sees all."""
        if user.has_role(Role.ADMINISTRATOR):
            return self
        if not user.institution or not user.has_role(*READERS):
            return self.none()
        return self.filter(institution=user.institution)

    def standing(self) -> "StandInQuerySet":
        """Neither revoked nor over, anywhere in Indonesia; confirmed or not."""
        yesterday = clock.now().date() - timedelta(days=1)
        return self.filter(revoked_at__isnull=True, until_on__gte=yesterday)

    def covering(self, day: date) -> "StandInQuerySet":
        """Those whose days include one; ``StandIn.holds_on`` says whether they held on it."""
        return self.filter(since_on__lte=day, until_on__gte=day)

    def lending(self) -> "StandInQuerySet":
        """Those that lend a role: confirmed, and not only for papers."""
        return self.filter(confirmed_at__isnull=False).exclude(kind=StandInKind.MANDATE)


class StandIn(models.Model):
    """One person in the place of another for some days. Rows are never changed but to be confirmed or revoked."""

    institution = models.ForeignKey("accounts.Institution", models.PROTECT, related_name="stand_ins")
    kind = models.CharField(_("jenis"), max_length=10, choices=StandInKind)
    role = models.CharField(_("sebagai"), max_length=24, choices=Role)
    for_whom = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("menggantikan")
    )
    holder = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name=_("pengganti"))
    order_number = models.CharField(_("nomor surat perintah"), max_length=80, blank=True)
    order_on = models.DateField(_("tanggal surat perintah"), null=True, blank=True)
    since_on = models.DateField(_("mulai"))
    until_on = models.DateField(_("sampai dengan"))
    papers = models.JSONField(_("naskah"), default=list, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    entered_as = models.CharField(max_length=24, choices=Role)
    entered_at = models.DateTimeField(default=clock.now)
    confirmed_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = StandInQuerySet.as_manager()

    class Meta:
        ordering = ["-since_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    *(Q(kind=kind, role__in=[role.value for role in roles]) for kind, roles in LENDS.items()),
                    _connector=Q.OR,
                ),
                name="stand_in_role",
            ),
            models.CheckConstraint(
                condition=Q(kind="plt", for_whom__isnull=True) | (~Q(kind="plt") & Q(for_whom__isnull=False)),
                name="stand_in_for_whom",
            ),
            models.CheckConstraint(
                condition=Q(for_whom__isnull=True) | ~Q(holder=F("for_whom")), name="stand_in_two_people"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(kind="an")),
                name="stand_in_confirmed_pair",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | (~Q(confirmed_by=F("entered_by")) & ~Q(confirmed_by=F("holder"))),
                name="stand_in_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by__isnull=True, revoked_at__isnull=True)
                | Q(revoked_by__isnull=False, revoked_at__isnull=False),
                name="stand_in_revoked_pair",
            ),
            models.CheckConstraint(condition=Q(until_on__gte=F("since_on")), name="stand_in_dates"),
        ]
        indexes = [models.Index(fields=["institution", "until_on"], name="stand_in_until")]

    def __str__(self) -> str:
        return self.post

    @property
    def post(self) -> str:
        """What the stand-in is called: ``Plh. Kepala UPT``, ``a.n. Kepala UPT``, ``Pengganti supervisor``."""
        kind = StandInKind(self.kind)
        return str(kind.label) if kind == StandInKind.SUPERVISOR else f"{kind.label} {Role(self.role).label}"

    @property
    def needs_confirming(self) -> bool:
        return self.kind != StandInKind.MANDATE and self.confirmed_at is None and self.revoked_at is None

    @property
    def state(self) -> StandInState:
        today = self.institution.today()
        if self.revoked_at:
            return StandInState.REVOKED
        if self.until_on < today:
            return StandInState.OVER
        if self.needs_confirming:
            return StandInState.WAITING
        return StandInState.IN_FORCE if self.since_on <= today else StandInState.COMING

    @property
    def paper_labels(self) -> list[str]:
        return [str(MandatePaper(value).label) for value in self.papers if value in MandatePaper]

    @property
    def told(self) -> dict[str, Any]:
        """What the trail keeps of it; people are its subjects."""
        return {
            "kind": self.kind,
            "role": self.role,
            "order": self.order_number,
            "order_on": self.order_on.isoformat() if self.order_on else None,
            "since_on": self.since_on.isoformat(),
            "until_on": self.until_on.isoformat(),
            "papers": self.papers,
        }

    def holds_on(self, day: date) -> bool:
        """Whether it held on a day where the institution is; the day on which it was revoked counts no more."""
        if self.kind != StandInKind.MANDATE and self.confirmed_at is None:
            return False
        if self.revoked_at and self.revoked_at.astimezone(ZoneInfo(self.institution.time_zone)).date() <= day:
            return False
        return self.since_on <= day <= self.until_on

    def is_open_to(self, home: "Institution") -> bool:
        """Whether who works at ``home`` may stand in here: the UPT's own people and those of the dinas."""
        return self.institution_id == home.pk or home.kind == InstitutionKind.DINAS


def may_stand_in(user: str) -> Exists:
    """Whether it is worth asking what is lent to somebody, as an annotation; dates are compared where they hold."""
    return Exists(StandIn.objects.standing().lending().filter(holder=OuterRef(user)))
