"""The forms of sosialisasi: an event, who came to it, a programme, what is written for it, its sign-off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases import reference
from cases.files import CheckedFileField
from services import outreach
from services.forms.base import KeyedForm, column
from services.forms.columns import prose
from services.forms.daily import time_field
from services.forms.fields import day_field, past_day
from services.models import OutreachEvent, OutreachPaper, OutreachParticipant, OutreachProgramme, OutreachSupervision
from services.outreach_enums import OutreachKind, OutreachPaperKind

ROWS, MOST_ROWS = 3, 30
PERSON = ("name", "sex", "age", "origin", "phone", "need", "is_prospect")
FILE = _("PDF, JPEG, atau PNG, paling besar 10 MB.")


def _text(model: Any, name: str, rows: int = 3, **options: Any) -> forms.Field:
    field = prose(model._meta.get_field(name), **options)
    field.widget.attrs["rows"] = rows
    return field


class DoneForm(KeyedForm):
    """A form about a day that has come."""

    on = day_field(label=_("Tanggal"))

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)


class EventForm(DoneForm):
    """What took place. Nobody need have come: the numbers may be nought."""

    code = forms.ChoiceField(
        label=_("Jenis kegiatan"), choices=[(kind.value, kind.label) for kind in OutreachKind], widget=forms.RadioSelect
    )
    programme = forms.ModelChoiceField(
        OutreachProgramme.objects.none(),
        label=_("Bagian dari program"),
        required=False,
        empty_label=_("Tidak dalam program"),
    )
    starts_at = time_field(label=_("Jam mulai"), required=False)
    minutes = column(OutreachEvent, "minutes", min_value=1, max_value=1440)
    regency = column(OutreachEvent, "regency", choices=lambda: [("", _("Belum disebut")), *reference.regency_choices()])
    place = column(OutreachEvent, "place")
    parties = column(
        OutreachEvent, "parties", help_text=_("Lembaga, tokoh, atau kelompok; nama orang ditulis di daftar peserta.")
    )
    companions = column(OutreachEvent, "companions")
    men = column(OutreachEvent, "men", required=False, min_value=0, max_value=20_000)
    women = column(OutreachEvent, "women", required=False, min_value=0, max_value=20_000)
    account = _text(OutreachEvent, "account", 5)
    result = _text(OutreachEvent, "result")
    obstacle = _text(OutreachEvent, "obstacle", 2)
    follow_up = _text(OutreachEvent, "follow_up", 2)
    evidence = CheckedFileField(label=_("Foto, daftar hadir, atau surat"), required=False, help_text=FILE)

    fieldsets = (
        (_("Kegiatan"), ("code", "programme", "on", ("starts_at", "minutes"), ("place", "regency"))),
        (_("Siapa yang hadir"), ("parties", "companions", ("men", "women"))),
        (_("Jalannya kegiatan"), ("account", "result", "obstacle", "follow_up", "evidence")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["programme"].queryset = OutreachProgramme.objects.visible_to(self.user)
        self.fields["men"].help_text = _("Boleh 0: kunjungan tanpa hasil pun dicatat.")

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        names = [name for name in self.fields if name not in ("form_key", "version", "draft", "evidence")]
        return {name: data[name] for name in names} | {name: data[name] or 0 for name in ("men", "women")}


class PeopleForm(KeyedForm):
    """Who came, in rows; a row without a name is none."""

    def __init__(self, *args: Any, rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posted = sum(name.startswith("name-") for name in self.data) if self.is_bound else 0
        self.rows = range(1, min(max(rows, posted), MOST_ROWS) + 1)
        for number in self.rows:
            for name in PERSON:
                field = column(OutreachParticipant, name, **({"required": False} if name == "name" else {}))
                self.fields[f"{name}-{number}"] = field

    @property
    def fieldsets(self) -> tuple[Any, ...]:
        return tuple(
            (
                _("Peserta %d") % n,
                (f"name-{n}", (f"sex-{n}", f"age-{n}"), (f"origin-{n}", f"phone-{n}"), f"need-{n}", f"is_prospect-{n}"),
            )
            for n in self.rows
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for n in self.rows:
            typed = [data.get(f"{name}-{n}") for name in PERSON[1:]]
            if any(value not in (None, "", False) for value in typed) and not data.get(f"name-{n}"):
                self.add_error(f"name-{n}", _("Tulis namanya; cukup sebutan bila nama lengkap tidak diketahui."))
        return data

    def people(self) -> list[dict[str, Any]]:
        data = self.cleaned_data
        return [{name: data[f"{name}-{n}"] for name in PERSON} for n in self.rows if data[f"name-{n}"]]


class StrikeForm(KeyedForm):
    """Why a name is taken back."""

    because = forms.CharField(label=_("Alasan dicoret"), max_length=300)


class ProgrammeForm(DoneForm):
    """The plan of a programme."""

    title = column(OutreachProgramme, "title")
    starts_on = day_field(label=_("Mulai"))
    ends_on = day_field(label=_("Selesai"))
    aim = _text(OutreachProgramme, "aim")
    audience = column(OutreachProgramme, "audience", help_text=_("Misalnya perangkat desa dan keluarga anak jalanan."))
    target = column(OutreachProgramme, "target", min_value=1, max_value=100_000)
    places = column(OutreachProgramme, "places")
    plan = _text(OutreachProgramme, "plan", 6, help_text=_("Tahapan, cara penyampaian, jadwal."))
    resources = _text(OutreachProgramme, "resources")

    fieldsets = (
        (_("Program"), ("title", "on", ("starts_on", "ends_on"), "aim")),
        (_("Sasaran"), ("audience", ("target", "places"))),
        (_("Rancangan"), ("plan", "resources")),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].label = _("Disusun tanggal")

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in outreach.WORDS}


class PaperForm(DoneForm):
    """Material, participant data or an evaluation: a file, words, or both."""

    code = forms.ChoiceField(label=_("Jenis"), choices=OutreachPaperKind.choices, widget=forms.RadioSelect)
    title = column(OutreachPaper, "title")
    account = _text(OutreachPaper, "account", 4, help_text=_("Boleh kosong bila ada berkas."))
    obstacle = _text(OutreachPaper, "obstacle", 2)
    result = _text(OutreachPaper, "result", 2)
    file = CheckedFileField(label=_("Berkas"), required=False, help_text=FILE)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "title", "account", "obstacle", "result")}


class SuperviseForm(DoneForm):
    """The supervisor's word on a programme."""

    verdict = forms.ChoiceField(
        label=_("Hasil"), choices=OutreachSupervision._meta.get_field("verdict").choices, widget=forms.RadioSelect
    )
    note = _text(OutreachSupervision, "note")
    directions = _text(OutreachSupervision, "directions", 2)
