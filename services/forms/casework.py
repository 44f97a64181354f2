"""The forms beside the notes: an obstacle and its end, a day of the law and what came of it, a process record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.enums import Bimbingan
from services.catalogue import CATALOGUE
from services.forms.activity import CaseChoices
from services.forms.base import KeyedForm
from services.forms.columns import prose
from services.forms.fields import day_field, past_day
from services.models import CourtDate, Obstacle, ObstacleEffort, ProcessRecord
from services.note_enums import CourtKind, CourtState
from services.processes import CODES
from services.workflow import PAIRS

OWN_SHOWN = 60


class _Dated(KeyedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", self.user.institution.today())


class ObstacleForm(_Dated):
    """What stands in the way of one bimbingan."""

    bimbingan = forms.ChoiceField(
        label=_("Bimbingan"),
        choices=[(one.value, f"{one.label} ({PAIRS[one].obstacle})") for one in Bimbingan],
    )
    on = day_field(label=_("Tanggal"))
    text = prose(Obstacle._meta.get_field("text"), error_messages={"required": _("Isi hambatannya.")})
    effort = prose(Obstacle._meta.get_field("effort"), error_messages={"required": _("Isi upaya yang dilakukan.")})

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)


class CarryOnForm(_Dated):
    """What was tried since, and whether it helped."""

    STILL, OVERCOME = "open", "overcome"
    state = forms.ChoiceField(
        label=_("Keadaan sekarang"),
        choices=[(STILL, _("Masih menghambat")), (OVERCOME, _("Sudah teratasi"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih masih menghambat atau sudah teratasi.")},
    )
    on = day_field(label=_("Tanggal"))
    text = prose(
        ObstacleEffort._meta.get_field("text"),
        label=_("Upaya dan hasilnya"),
        error_messages={"required": _("Isi upaya yang dilakukan.")},
    )

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)

    def is_overcome(self) -> bool:
        return bool(self.cleaned_data["state"] == self.OVERCOME)


class CourtForm(KeyedForm):
    """A day in the calendar of the law."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=CourtKind.choices)
    on = day_field(label=_("Tanggal"))
    starts_at = forms.TimeField(
        label=_("Jam"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    place = CourtDate._meta.get_field("place").formfield()
    agenda = CourtDate._meta.get_field("agenda").formfield(
        error_messages={"required": _("Isi acaranya, misalnya pemeriksaan saksi.")}
    )
    fieldsets = (("", ("kind", ("on", "starts_at"), "place", "agenda")),)


class CourtSettleForm(KeyedForm):
    """What came of it."""

    state = forms.ChoiceField(
        label=_("Hasil"),
        choices=[(one.value, one.label) for one in CourtState if one != CourtState.PLANNED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih terlaksana, ditunda, atau batal.")},
    )
    result = prose(
        CourtDate._meta.get_field("result"),
        label=_("Uraian hasil atau alasan"),
        required=True,
        error_messages={"required": _("Isi hasil atau alasannya.")},
    )
    next_on = day_field(
        label=_("Tanggal berikutnya"), required=False, help_text=_("Masuk agenda dengan acara yang sama.")
    )


class ProcessForm(_Dated):
    """A plan or an evaluation, for one, many or no case."""

    code = forms.ChoiceField(label=_("Butir kegiatan"), choices=[(code, CATALOGUE[code].label) for code in CODES])
    cases = CaseChoices(label=_("Untuk kasus"), required=False, help_text=_("Satu, beberapa, atau tidak satu pun."))
    on = day_field(label=_("Tanggal"))
    title = ProcessRecord._meta.get_field("title").formfield()
    aim = prose(ProcessRecord._meta.get_field("aim"))
    content = prose(
        ProcessRecord._meta.get_field("content"),
        help_text=_("Rancangan: langkah-langkahnya. Evaluasi: yang berjalan baik, hambatan, upaya."),
    )
    means = prose(ProcessRecord._meta.get_field("means"), required=False)
    follow_up = prose(ProcessRecord._meta.get_field("follow_up"), required=False)
    fieldsets = (
        (_("Catatan proses"), ("code", ("on", "title"), "aim", "content", "means", "follow_up")),
        (_("Kasus"), ("cases",)),
    )

    def __init__(self, *args: Any, open_cases: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cases"]
        field.queryset = open_cases
        chosen = self["cases"].value() or []
        kept = list(open_cases.filter(number__in=chosen)) if chosen else []
        own = list(open_cases.assigned_to(self.user).order_by("client__folded_name")[:OWN_SHOWN])
        shown = {case.pk: case for case in (*kept, *(own or open_cases.order_by("client__folded_name")[:OWN_SHOWN]))}
        field.draw(shown.values())

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "title", "aim", "content", "means", "follow_up")}
