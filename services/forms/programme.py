"""The forms of the list of activities, of the timetable and of single sessions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.keyed import column
from services.forms.base import KeyedForm
from services.models import ProgrammeActivity, Session
from services.models.programme import SERVICE_CODES
from services.programme import FIELDS


class BeginForm(KeyedForm):
    """Which list to begin with."""

    beginning = forms.CharField(widget=forms.HiddenInput)


class ActivityForm(KeyedForm):
    """One activity of the list."""

    name = column(ProgrammeActivity, "name")
    bimbingan = column(ProgrammeActivity, "bimbingan")
    group = column(ProgrammeActivity, "group", required=False)
    code = column(
        ProgrammeActivity, "code", required=False,
        help_text=_("Butir katalog. Kosongkan untuk yang biasa; fisik dapat juga D.b (pemenuhan kebutuhan dasar)."),
    )  # fmt: skip
    led_by = column(ProgrammeActivity, "led_by")
    room = column(ProgrammeActivity, "room", required=False)
    tools = column(ProgrammeActivity, "tools", required=False)
    religion = column(
        ProgrammeActivity, "religion", required=False,
        help_text=_("Hanya klien beragama ini yang masuk daftar hadir. Kosongkan bila untuk semua."),
    )  # fmt: skip
    is_confidential = column(ProgrammeActivity, "is_confidential", required=False)

    def values(self) -> dict[str, Any]:
        """The columns; without a code it counts as its bimbingan usually does."""
        data = {name: self.cleaned_data[name] for name in FIELDS}
        return {**data, "code": data["code"] or SERVICE_CODES[data["bimbingan"]][0]}


class PressForm(KeyedForm):
    """A button with nothing to fill in."""


class CancelForm(KeyedForm):
    """Why a session does not take place."""

    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        max_length=Session._meta.get_field("cancel_reason").max_length,
        error_messages={"required": _("Isi alasan pembatalan.")},
        help_text=_("Misalnya: pemimpin sakit, listrik padam, dipakai kunjungan."),
    )
