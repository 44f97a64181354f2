"""The forms of the work with one client: a note of each shape, why a restricted one is opened, a supervisor's word."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import Bimbingan
from cases.files import CheckedFileField
from services.forms.base import KeyedForm
from services.forms.columns import prose
from services.forms.fields import day_field, past_day
from services.models import Note, NoteOpening, Review
from services.note_enums import Finding
from services.note_shapes import Shape

WHEN = ("starts_at", "minutes", "method")
LONG = {"account": 8, "result": 3, "follow_up": 2}


class NoteForm(KeyedForm):
    """A note of one shape: only its columns, in its words."""

    on = day_field(label=_("Tanggal"))
    starts_at = forms.TimeField(
        label=_("Jam mulai"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Lama (menit)"), required=False, min_value=1, max_value=1440)

    def __init__(self, *args: Any, shape: Shape, **kwargs: Any) -> None:
        self.shape = shape
        self.base_fields = {**type(self).base_fields, **_fields_of(shape)}
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.user.institution.today())
        self.fields["on"].widget.attrs["max"] = self.user.institution.today().isoformat()
        first = [name for name in ("variant", "bimbingan") if name in self.fields]
        words = [name for name in (*shape.columns, "evidence") if name in self.fields]
        self.fieldsets = (
            (shape.title, (*first, ("on", "starts_at", "minutes"), "method")),
            (_("Isi"), tuple(words)),
        )

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)

    def bimbingan(self) -> str:
        """The one chosen, or the only one there is."""
        return str(self.cleaned_data.get("bimbingan") or next(iter(self.shape.codes)))

    def values(self) -> dict[str, Any]:
        names = ("variant", *WHEN, *self.shape.columns)
        found = {name: self.cleaned_data.get(name) for name in names}
        return {
            name: "" if value is None and name not in ("starts_at", "minutes") else value
            for name, value in found.items()
        }


def _fields_of(shape: Shape) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    if shape.variants:
        found["variant"] = forms.ChoiceField(
            label=_("Jenis"),
            choices=[(one.value, one.label) for one in shape.variants],
            widget=forms.RadioSelect,
            error_messages={"required": _("Pilih jenisnya.")},
        )
    if len(shape.codes) > 1:
        found["bimbingan"] = forms.ChoiceField(
            label=_("Bimbingan"),
            choices=[(one.value, f"{Bimbingan(one).label} ({code})") for one, code in shape.codes.items()],
        )
    found["method"] = Note._meta.get_field("method").formfield()
    for name, label in shape.columns.items():
        found[name] = _column(name, label, name in shape.needed)
    if not shape.is_restricted:
        found["evidence"] = CheckedFileField(
            label=_("Lampiran"), required=False, help_text=_("PDF, JPEG, atau PNG, paling besar 10 MB.")
        )
    return found


def _column(name: str, label: Any, is_needed: bool) -> forms.Field:
    column = Note._meta.get_field(name)
    if name == "finding":
        choices = [("", _("Bukan tes urine")), *Finding.choices]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if name in LONG:
        words = prose(column, label=label, required=is_needed)
        words.widget.attrs["rows"] = LONG[name]
        return words
    found = column.formfield(label=label, required=is_needed)
    assert isinstance(found, forms.Field)
    return found


class OpenForm(KeyedForm):
    """Why a restricted note is read word for word."""

    reason = prose(
        NoteOpening._meta.get_field("reason"),
        label=_("Alasan membuka"),
        help_text=_("Tercatat di jejak kasus, dibaca penulis dan supervisor. Berlaku sampai akhir hari ini."),
        error_messages={"required": _("Isi alasan membuka bagian terbatas ini.")},
    )


class ReviewForm(KeyedForm):
    """A supervisor's word on a note or a session."""

    on = day_field(label=_("Tanggal"))
    note = prose(Review._meta.get_field("note"), error_messages={"required": _("Isi catatan supervisi.")})
    directions = prose(
        Review._meta.get_field("directions"),
        required=False,
        help_text=_("Menjadi tugas bagi yang menulis atau memimpin; ia menjawab, Anda menutup."),
    )
    due_on = day_field(label=_("Arahan ditindaklanjuti paling lambat"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.user.institution.today())
