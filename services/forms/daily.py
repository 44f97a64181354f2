"""The forms of the day book about many: head counts, the log of a shift, what was given, incidents."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services import shift_logs
from services.enums import CareKind, IncidentPart, RollCall
from services.forms.base import KeyedForm, column
from services.forms.columns import prose
from services.forms.fields import day_field, past_day
from services.models import HeadCount, Incident, ShiftLog, ShiftLogLine, ShiftLogRevision
from services.roster import Resident

LINE = re.compile(r"note-(\d{1,18})")
ROWS, MOST_ROWS = 3, 30
EVERYWHERE = _("Seluruh UPT")


def time_field(**options: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **options)


def text_of(model: type, name: str, rows: int = 3, **options: Any) -> forms.Field:
    field = prose(model._meta.get_field(name), **options)
    field.widget.attrs["rows"] = rows
    return field


def named(row: Resident) -> str:
    """How a list of choices calls a resident."""
    place = " ".join(filter(None, [row.stay.house, row.stay.room]))
    return f"{row.client.shown_name} · {place}" if place else row.client.shown_name


class DatedForm(KeyedForm):
    """A form about a day that has come."""

    on = day_field(label=_("Tanggal"))

    def clean_on(self) -> date | None:
        return past_day(self.cleaned_data["on"], self.user)


class HeadCountForm(DatedForm):
    """One roll-call of a house, or of the whole UPT."""

    roll_call = forms.ChoiceField(label=_("Apel"), choices=RollCall.choices)
    counted = column(HeadCount, "counted", min_value=0, max_value=9999)
    missing = forms.TypedMultipleChoiceField(
        label=_("Siapa yang tidak ada"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    note = text_of(
        HeadCount, "note", 2, help_text=_("Wajib bila jumlahnya berbeda: di mana dicari, siapa yang diberi tahu.")
    )

    def __init__(self, *args: Any, residents: Iterable[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["missing"].choices = [(row.stay.pk, named(row)) for row in residents if row.is_here]
        self.fields["counted"].widget.attrs["inputmode"] = "numeric"


class ShiftLogForm(DatedForm):
    """The log of a shift; one line for each resident, empty for most. Posted lines need no look into the database."""

    shift = forms.ChoiceField(label=_("Giliran jaga"))
    remarks = text_of(
        ShiftLog, "remarks", 4, help_text=_("Bagaimana giliran ini berjalan: kegiatan, tamu, kebersihan, keamanan.")
    )
    handed_note = text_of(ShiftLog, "handed_note", 2)

    def __init__(self, *args: Any, residents: Iterable[Resident] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = shift_logs.names(self.user.institution)
        self.fields["shift"].choices = [(name, name) for name in names]
        posted = [match for name in self.data if (match := LINE.fullmatch(name))] if self.is_bound else []
        labels = {row.stay.pk: row.client.shown_name for row in residents}
        keys = dict.fromkeys([*labels, *(int(match[1]) for match in posted)])
        self.line_names = {key: f"note-{key}" for key in keys}
        for key, name in self.line_names.items():
            self.fields[name] = forms.CharField(
                label=labels.get(key, _("Catatan")),
                required=False,
                max_length=ShiftLogLine._meta.get_field("text").max_length,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    def lines(self) -> dict[int, str]:
        """What was typed, by stay."""
        typed = {key: self.cleaned_data.get(name, "") for key, name in self.line_names.items()}
        return {key: text for key, text in typed.items() if text.strip()}


class ShiftLogChangeForm(ShiftLogForm):
    """The same log again; a reason where it is a correction."""

    reason = text_of(ShiftLogRevision, "reason", 2, help_text=_("Isi yang lama tetap tersimpan dan terbaca."))

    def __init__(self, *args: Any, is_correction: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["on"], self.fields["shift"]
        if not is_correction:
            del self.fields["reason"]


class ConfirmForm(KeyedForm):
    """Nothing to fill in: the button is the answer."""


class CareForm(DatedForm):
    """What was given, and to whom: all who are here unless somebody is left out."""

    kinds = forms.MultipleChoiceField(
        label=_("Yang diberikan"), choices=CareKind.choices, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label=_("Keterangan"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Misalnya menu makan, atau apa yang dibagikan."),
    )
    stays = forms.TypedMultipleChoiceField(label=_("Kepada"), coerce=int, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, residents: Iterable[Resident], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = [row for row in residents if row.is_here]
        self.fields["stays"].choices = [(row.stay.pk, named(row)) for row in here]
        self.initial.setdefault("stays", [row.stay.pk for row in here])


class IncidentForm(DatedForm):
    """What happened. Residents in rows: who, and in which part."""

    kind = forms.ChoiceField(
        label=_("Jenis kejadian"), choices=[("", _("Pilih jenis kejadian")), *Incident._meta.get_field("kind").choices]
    )
    severity = forms.ChoiceField(
        label=_("Berat ringannya"),
        choices=Incident._meta.get_field("severity").choices,
        widget=forms.RadioSelect,
    )
    at_time = time_field(label=_("Jam kejadian"))
    place = column(Incident, "place")
    account = text_of(Incident, "account", 5)
    first_action = text_of(Incident, "first_action", 3)
    plan = text_of(Incident, "plan", 2)

    def __init__(self, *args: Any, residents: Iterable[Resident], rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Tidak ada")), *((row.stay.pk, named(row)) for row in residents)]
        posted = sum(name.startswith("resident-") for name in self.data) if self.is_bound else 0
        self.rows = range(1, min(max(rows, posted), MOST_ROWS) + 1)
        for number in self.rows:
            who = forms.TypedChoiceField(
                label=_("Klien %d") % number, choices=choices, coerce=int, empty_value=None, required=False
            )
            part = forms.ChoiceField(label=_("Peran klien %d") % number, choices=IncidentPart.choices, required=False)
            self.fields |= {f"resident-{number}": who, f"part-{number}": part}

    @property
    def fieldsets(self) -> tuple[Any, ...]:
        people = tuple((f"resident-{number}", f"part-{number}") for number in self.rows)
        what = (("kind", "place"), ("on", "at_time"), "severity", "account")
        return (_("Kejadian"), what), (_("Klien dalam kejadian"), people), (_("Tindakan"), ("first_action", "plan"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        chosen = [data[f"resident-{n}"] for n in self.rows if data.get(f"resident-{n}")]
        if len(set(chosen)) < len(chosen):
            self.add_error(None, _("Seorang klien tertulis dua kali."))
        return data

    def residents(self) -> dict[int, str]:
        rows = [(self.cleaned_data.get(f"resident-{n}"), self.cleaned_data.get(f"part-{n}")) for n in self.rows]
        return {stay: part or IncidentPart.INVOLVED for stay, part in rows if stay}

    def values(self) -> dict[str, Any]:
        names = ("kind", "severity", "on", "at_time", "place", "account", "first_action", "plan")
        return {name: self.cleaned_data[name] for name in names}


class FollowUpForm(KeyedForm):
    """What was done since; who may close the incident chooses whether it is closed with that."""

    text = forms.CharField(label=_("Tindak lanjut"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    closes = forms.BooleanField(label=_("Selesai: kejadian ditutup"), required=False)

    def __init__(self, *args: Any, may_close: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_close:
            del self.fields["closes"]
