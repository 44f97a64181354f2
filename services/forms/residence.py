"""The forms about one resident: where they are, alerts, visits, the sick bay."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.enums import PresenceKind
from services.forms.base import KeyedForm, column
from services.forms.daily import DatedForm, named, text_of, time_field
from services.forms.fields import day_field
from services.models import Presence, ResidentAlert, SickNote, Visit
from services.roster import Resident

# Two taps: these need nothing but the button. A home leave has a form of its own.
QUICK = (
    PresenceKind.SCHOOL,
    PresenceKind.WORK_PRACTICE,
    PresenceKind.HOSPITAL,
    PresenceKind.WITH_LAW,
    PresenceKind.NOT_BACK,
)


class OutForm(DatedForm):
    """Where somebody goes: the button says it."""

    kind = forms.ChoiceField(label=_("Keadaan"), choices=[(kind.value, kind.label) for kind in QUICK])
    due_on = day_field(label=_("Harus kembali tanggal"), required=False)
    place = column(Presence, "place")
    note = column(Presence, "note")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("due_on", "place", "note")}


class LeaveForm(DatedForm):
    """Cuti pulang: with a letter, and a day to be back."""

    due_on = day_field(label=_("Harus kembali tanggal"))
    letter = column(Presence, "letter", required=True, label=_("Nomor surat izin"))
    place = column(Presence, "place", required=True, label=_("Alamat tujuan"))
    escort = column(Presence, "escort", help_text=_("Nama dan hubungan, misalnya Siti Aminah (ibu)."))
    note = column(Presence, "note")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("due_on", "letter", "place", "escort", "note")}


class InForm(DatedForm):
    """Back again."""

    on = day_field(label=_("Kembali tanggal"))


class AnnulForm(KeyedForm):
    """An absence entered by mistake."""

    reason = forms.CharField(label=_("Mengapa dibatalkan"), max_length=500)


class AlertForm(KeyedForm):
    kind = column(ResidentAlert, "kind")
    text = column(ResidentAlert, "text", help_text=_("Singkat dan jelas, misalnya Alergi udang, atau Tanpa garam."))


class ResidentChoice(DatedForm):
    """A form about one of the residents, chosen in it."""

    stay = forms.TypedChoiceField(label=_("Klien"), coerce=int)

    def __init__(self, *args: Any, residents: Iterable[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(row.stay.pk, named(row)) for row in residents]
        self.fields["stay"].choices = [("", _("Pilih klien")), *choices]


class VisitForm(ResidentChoice):
    """Who came to see whom, from when to when."""

    visitor = column(Visit, "visitor")
    relation = column(Visit, "relation")
    came_at = time_field(label=_("Datang pukul"))
    left_at = time_field(label=_("Pulang pukul"), required=False)
    note = text_of(Visit, "note", 2)

    field_order = ("stay", "on", "visitor", "relation", "came_at", "left_at", "note")
    fieldsets = ((_("Catat kunjungan"), ("stay", ("visitor", "relation"), ("on", "came_at", "left_at"), "note")),)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "visitor", "relation", "came_at", "left_at", "note")}


class SickForm(ResidentChoice):
    """A complaint and the care that was given."""

    at_time = time_field(label=_("Pukul"))
    complaint = text_of(SickNote, "complaint", 2)
    care = text_of(SickNote, "care", 2)
    is_referred = column(SickNote, "is_referred")
    hospital = column(SickNote, "hospital")

    fieldsets = ((_("Catat keluhan"), (("stay",), ("on", "at_time"), "complaint", "care", "is_referred", "hospital")),)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("is_referred") and not data.get("hospital"):
            self.add_error("hospital", _("Isi rumah sakit tujuan."))
        return data

    def values(self) -> dict[str, Any]:
        names = ("on", "at_time", "complaint", "care", "is_referred", "hospital")
        return {name: self.cleaned_data[name] for name in names}
