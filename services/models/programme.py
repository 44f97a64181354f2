"""What a UPT does under each bimbingan, and when: its own list of activities, the weekly pattern, the days without."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution, User
from cases import reference
from cases.enums import Bimbingan
from cases.models import Case
from rehsos import clock
from services.catalogue import BIMBINGAN
from services.session_enums import Audience, Leader, Weekday

# The catalogue codes as which a session of a bimbingan counts; the pairs of the workflow, which no model imports.
SERVICE_CODES = {
    Bimbingan.PHYSICAL: ("D.j", "D.b"),
    Bimbingan.VOCATIONAL: ("D.j",),
    Bimbingan.PSYCHOSOCIAL: ("D.k",),
    Bimbingan.SOCIAL: ("D.l",),
    Bimbingan.RESOCIALIZATION: ("D.n",),
    Bimbingan.COMMUNITY_DEVELOPMENT: ("D.m",),
    Bimbingan.ADVOCACY: ("D.o",),
}
GROUPS = dict(BIMBINGAN[Bimbingan.PSYCHOSOCIAL].groups)


def group_choices() -> list[tuple[str, str]]:
    """The four sub-groups of mental guidance."""
    return list(GROUPS.items())


def code_choices() -> list[tuple[str, str]]:
    return [(code, code) for code in dict.fromkeys(code for codes in SERVICE_CODES.values() for code in codes)]


def _counted_as() -> Q:
    found = Q()
    for bimbingan, codes in SERVICE_CODES.items():
        found |= Q(bimbingan=bimbingan.value, code__in=codes)
    return found


class ProgrammeActivity(models.Model):
    """One activity on a UPT's own list. It may be changed and retired, never deleted: sessions hang on it."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="programme", editable=False)
    bimbingan = models.CharField(_("bimbingan"), max_length=24, choices=Bimbingan)
    group = models.CharField(
        _("kelompok"), max_length=24, choices=group_choices, blank=True, default="",
        help_text=_("Hanya untuk bimbingan psikososial"),
    )  # fmt: skip
    name = models.CharField(_("nama kegiatan"), max_length=120)
    code = models.CharField(_("dihitung sebagai"), max_length=12, choices=code_choices)
    led_by = models.CharField(_("biasanya dipimpin"), max_length=24, choices=Leader)
    room = models.CharField(_("tempat"), max_length=80, blank=True, default="")
    tools = models.CharField(_("alat"), max_length=200, blank=True, default="")
    religion = models.CharField(
        _("khusus agama"), max_length=20, blank=True, default="", choices=reference.religion_choices
    )
    is_confidential = models.BooleanField(
        _("rahasia"),
        default=False,
        help_text=_("Data kesehatan atau psikologi: hanya terlihat oleh yang memimpin, supervisor, dan Kepala UPT"),
    )
    key = models.CharField(max_length=40, blank=True, default="", editable=False)
    retired_on = models.DateField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                "institution", "bimbingan", Lower("name"),
                condition=Q(retired_on__isnull=True), name="programme_name",
            ),
            models.CheckConstraint(condition=_counted_as(), name="programme_code"),
            models.CheckConstraint(condition=Q(led_by__in=Leader.values), name="programme_led_by"),
            models.CheckConstraint(
                condition=Q(group="") | Q(bimbingan="psychosocial", group__in=list(GROUPS)), name="programme_group"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Slot(models.Model):
    """One line of the weekly pattern: what, on which day of the week, from when to when, where, by whom, for whom."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="slots", editable=False)
    activity = models.ForeignKey(ProgrammeActivity, models.PROTECT, related_name="slots", verbose_name=_("kegiatan"))
    weekday = models.PositiveSmallIntegerField(_("hari"), choices=Weekday)
    starts_at = models.TimeField(_("mulai"))
    ends_at = models.TimeField(_("selesai"))
    room = models.CharField(_("tempat"), max_length=80, blank=True, default="")
    leader = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="slots", verbose_name=_("pemimpin")
    )
    leader_name = models.CharField(_("pemimpin dari luar"), max_length=120, blank=True, default="")
    audience = models.CharField(_("peserta"), max_length=10, choices=Audience, default=Audience.PLAN)
    house = models.CharField(_("asrama/wisma"), max_length=80, blank=True, default="")
    cases = models.ManyToManyField(Case, through="SlotCase", related_name="slots")
    since_on = models.DateField(_("berlaku sejak"))
    until_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        ordering = ["weekday", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__in=Weekday.values), name="slot_weekday"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="slot_times"),
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="slot_audience"),
            models.CheckConstraint(
                condition=(Q(audience="house") & ~Q(house="")) | (~Q(audience="house") & Q(house="")),
                name="slot_house",
            ),
            models.CheckConstraint(condition=Q(leader__isnull=True) | Q(leader_name=""), name="slot_leader"),
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("since_on")), name="slot_dates"
            ),
        ]
        indexes = [models.Index(fields=["institution", "weekday"], name="slot_week")]

    def __str__(self) -> str:
        return f"{self.activity.name}, {self.get_weekday_display()} {self.starts_at:%H.%M}"


class SlotCase(models.Model):
    """A client chosen for a line of the pattern, by case."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="chosen")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["slot", "case"], name="slot_case_unique")]


class SlotException(models.Model):
    """A day on which a line of the pattern does not take place."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="exceptions")
    on = models.DateField(_("tanggal"))
    reason = models.CharField(_("alasan"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["slot", "on"], name="slot_exception_unique")]


class Holiday(models.Model):
    """A day on which a UPT has no sessions at all."""

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="holidays", editable=False)
    on = models.DateField(_("tanggal"))
    name = models.CharField(_("nama"), max_length=120)

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["institution", "on"], name="holiday_unique")]

    def __str__(self) -> str:
        return self.name
