"""The forms of the weekly pattern, its pauses, and of sessions outside it."""

from collections.abc import Callable
from datetime import time
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.forms.keyed import column
from accounts.models import Institution, User
from cases.models import Case, Stay
from services import presence
from services.arranging import SETTLED
from services.clashes import Clashes
from services.forms.base import KeyedForm, tried
from services.forms.fields import day_field
from services.models import Holiday, House, ProgrammeActivity, Slot, SlotException
from services.session_enums import Audience, Weekday
from services.session_permissions import PLANNERS

Result = TypeVar("Result")
LEADING = (
    Role.SOCIAL_WORKER,
    *PLANNERS,
    Role.INSTRUCTOR,
    Role.BOARDING_OFFICER,
    Role.RELIGIOUS_INSTRUCTOR,
    Role.NURSE,
    Role.PSYCHOLOGIST,
)


def _time(label: Any) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


def _despite() -> forms.BooleanField:
    """The clashes were read."""
    return forms.BooleanField(label=_("Simpan juga; bentroknya saya ketahui"), required=False)


def _leaders(upt: Institution) -> QuerySet[User]:
    working = User.objects.filter(is_active=True, memberships__institution=upt, memberships__role__in=LEADING)
    return working.distinct().order_by("name")


def tried_or_clashing(form: KeyedForm, act: Callable[..., Result], **kwargs: Any) -> tuple[Result | None, list[str]]:
    """Do one domain act; what it clashes with is not a fault of the form but something to be read."""
    clashing: list[str] = []

    def attempt(**told: Any) -> Result | None:
        try:
            return act(**told, despite=form.cleaned_data["despite"])
        except Clashes as clash:
            clashing.extend(clash.reasons)
            return None

    return tried(form, attempt, **kwargs), clashing


class StayChoices(forms.ModelMultipleChoiceField):
    """Residents by the number of their case."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, stay: Stay) -> str:
        return f"{stay.case.client.shown_name} · {stay.house or stay.case.number}"


class MeetingForm(KeyedForm):
    """What a line of the pattern and a single session have in common."""

    aside = ("despite",)
    activity = forms.ModelChoiceField(ProgrammeActivity.objects.none(), label=_("Kegiatan"), empty_label=_("Pilih…"))
    starts_at = _time(_("Mulai"))
    ends_at = _time(_("Selesai"))
    room = column(Slot, "room", required=False, help_text=_("Kosong: tempat yang biasa."))
    leader = forms.ModelChoiceField(
        User.objects.none(), label=_("Pemimpin"), required=False, empty_label=_("Dari luar, atau belum ditentukan")
    )
    leader_name = column(Slot, "leader_name", required=False)
    audience = forms.ChoiceField(label=_("Peserta"), choices=Audience.choices, widget=forms.RadioSelect)
    house = forms.ChoiceField(label=_("Asrama/wisma"), required=False)
    find_stay = forms.CharField(
        label=_("Saring nama"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "data-narrows": "id_stays"}),
    )
    stays = StayChoices(Stay.objects.none(), label=_("Klien yang dipilih"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upt = self.user.institution
        activities = ProgrammeActivity.objects.filter(institution=upt, retired_on__isnull=True)
        self.fields["activity"].queryset = activities.order_by("bimbingan", "name")
        self.fields["leader"].queryset = _leaders(upt)
        stays = presence.living_here(upt, upt.today()).select_related("case__client").defer("case__client__nik")
        self.fields["stays"].queryset = stays.order_by("case__client__folded_name")
        names = list(House.objects.filter(institution=upt, retired_on__isnull=True).values_list("name", flat=True))
        names += stays.exclude(house="").order_by().values_list("house", flat=True).distinct()
        self.fields["house"].choices = [("", _("Pilih…")), *((name, name) for name in sorted(set(names)))]

    def clean_house(self) -> str:
        chosen = self.cleaned_data.get("house", "")
        return chosen if self.data.get("audience") == Audience.HOUSE else ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        starts, ends = data.get("starts_at"), data.get("ends_at")
        if isinstance(starts, time) and isinstance(ends, time) and ends <= starts:
            self.add_error("ends_at", ValidationError(_("Jam selesai harus sesudah jam mulai.")))
        if not data.get("room") and data.get("activity"):
            data["room"] = data["activity"].room
        return data

    def told(self, *names: str) -> dict[str, Any]:
        """The columns, with those of the form that are named beside."""
        shared = ("activity", "starts_at", "ends_at", "room", "leader", "leader_name", "audience", "house")
        return {name: self.cleaned_data[name] for name in (*shared, *names)}


class SlotForm(MeetingForm):
    """One line of the weekly pattern."""

    weekday = forms.TypedChoiceField(label=_("Hari"), choices=Weekday.choices, coerce=int)
    since_on = day_field(label=_("Berlaku sejak"))
    until_on = day_field(label=_("Berlaku sampai"), required=False, help_text=_("Kosong: seterusnya."))
    despite = _despite()

    def values(self) -> dict[str, Any]:
        return self.told("weekday", "since_on", "until_on")

    def cases(self) -> list[Case]:
        return [stay.case for stay in self.cleaned_data["stays"]]


class SessionForm(MeetingForm):
    """One session outside the pattern."""

    on = day_field(label=_("Tanggal"))
    despite = _despite()


class MoveForm(KeyedForm):
    """Another day, time, room or leader for one session."""

    aside = ("despite",)
    on = day_field(label=_("Tanggal"))
    starts_at = _time(_("Mulai"))
    ends_at = _time(_("Selesai"))
    room = column(Slot, "room", required=False)
    leader = forms.ModelChoiceField(
        User.objects.none(), label=_("Pemimpin"), required=False, empty_label=_("Dari luar")
    )
    leader_name = column(Slot, "leader_name", required=False)
    despite = _despite()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = _leaders(self.user.institution)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in SETTLED}


class EndForm(KeyedForm):
    """The last day of a line."""

    until_on = day_field(label=_("Hari terakhir"))


class SkipForm(KeyedForm):
    """One day without."""

    on = day_field(label=_("Tanggal"))
    reason = column(SlotException, "reason", label=_("Alasan"))


class HolidayForm(KeyedForm):
    """A day on which the whole UPT pauses."""

    on = day_field(label=_("Tanggal"))
    name = column(Holiday, "name", label=_("Hari libur"))


class WeekForm(KeyedForm):
    """The button that makes the sessions of a week and of those ahead."""

    first = forms.DateField(widget=forms.HiddenInput)
