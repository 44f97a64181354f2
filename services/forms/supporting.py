"""The forms of supporting work: what it is and who is in it, a step, how it ends, a step struck out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.files import CheckedFileField
from services.catalogue import CATALOGUE
from services.forms.base import KeyedForm, column
from services.forms.columns import prose
from services.forms.fields import day_field, past_day
from services.models import SupportingStep, SupportingWork
from services.supporting import works
from services.supporting.enums import Level, Part, WorkKind, WorkState

FILE = _("PDF, JPEG, atau PNG, paling besar 10 MB.")
OUTSIDERS = 20


class WorkForm(KeyedForm):
    """A piece of work: its kind (only while it is new), its plan, its team; II.B has bibliographic data besides."""

    kind = forms.ChoiceField(label=_("Jenis"), choices=WorkKind.choices, widget=forms.RadioSelect)
    title = column(SupportingWork, "title")
    level = column(
        SupportingWork,
        "level",
        choices=[("", _("Tidak dibedakan")), *Level.choices],
        help_text=_("Mikro: orang dan kelompok. Makro: lembaga dan daerah."),
    )
    aim = prose(SupportingWork._meta.get_field("aim"))
    partners = column(SupportingWork, "partners")
    starts_on = day_field(label=_("Mulai"))
    due_on = day_field(label=_("Target selesai"), required=False)
    lead = forms.ModelChoiceField(User.objects.none(), label=_("Ketua atau penulis utama"))
    members = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Anggota"), required=False, widget=forms.CheckboxSelectMultiple
    )
    outside = forms.CharField(
        label=_("Anggota dari luar UPT"),
        required=False,
        max_length=2600,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Satu nama tiap baris."),
    )
    authors = column(SupportingWork, "authors")
    source = column(SupportingWork, "source")
    publisher = column(SupportingWork, "publisher")
    year = column(SupportingWork, "year")
    identifier = column(SupportingWork, "identifier")
    pages = column(SupportingWork, "pages")
    url = column(SupportingWork, "url", assume_scheme="https")

    def __init__(self, *args: Any, work: SupportingWork | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.work = work
        staff = works.colleagues(self.user.institution, work)
        for name in ("lead", "members"):
            self.fields[name].queryset = staff
            self.fields[name].label_from_instance = lambda user: user.full_name
        if work:
            del self.fields["kind"]
            for name in ("level",) if work.work_kind.is_professional else works.BOOK:
                del self.fields[name]

    @property
    def fieldsets(self) -> tuple[Any, ...]:
        groups = (
            (_("Kegiatan"), ("kind", "title", "level", "aim", "partners", ("starts_on", "due_on"))),
            (_("Tim"), ("lead", "members", "outside")),
            (
                _("Data terbitan (II.B)"),
                ("authors", "source", ("publisher", "year"), ("identifier", "pages"), "url"),
            ),
        )
        kept = [(words, tuple(part for name in names if (part := self._present(name)))) for words, names in groups]
        return tuple(group for group in kept if group[1])

    def _present(self, name: Any) -> Any:
        names = name if isinstance(name, tuple) else (name,)
        found = tuple(one for one in names if one in self.fields)
        return found if isinstance(name, tuple) else "".join(found)

    def clean_outside(self) -> list[str]:
        names = [line.strip() for line in self.cleaned_data["outside"].splitlines() if line.strip()]
        if len(names) > OUTSIDERS:
            raise forms.ValidationError(_("Paling banyak %d nama.") % OUTSIDERS)
        return list(dict.fromkeys(names))

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in works.WORDS if name in self.fields}

    def team(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("lead", "members", "outside")}


def initial_of(work: SupportingWork) -> dict[str, Any]:
    """What the form shows of a work that is there."""
    members = list(work.members.all())
    return {
        **{name: getattr(work, name) for name in works.WORDS},
        "lead": next((one.user_id for one in members if one.part == Part.LEAD), None),
        "members": [one.user_id for one in members if one.part == Part.MEMBER],
        "outside": "\n".join(one.name for one in members if one.part == Part.OUTSIDE),
    }


class StepForm(KeyedForm):
    """What was done on a day, under a code of the work's list, and with whom of the team."""

    code = forms.ChoiceField(label=_("Butir kegiatan"))
    on = day_field(label=_("Tanggal"))
    minutes = column(SupportingStep, "minutes", min_value=1, max_value=1440)
    account = prose(SupportingStep._meta.get_field("account"))
    output = column(SupportingStep, "output", help_text=_("Misalnya: instrumen 12 butir, laporan 40 halaman."))
    file = CheckedFileField(label=_("Berkas"), required=False, help_text=FILE)
    with_users = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Bersama"), required=False, widget=forms.CheckboxSelectMultiple
    )

    fieldsets = ((_("Langkah"), ("code", ("on", "minutes"), "account", "output", "file", "with_users")),)

    def __init__(self, *args: Any, work: SupportingWork, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = work.work_kind.codes
        self.fields["code"].choices = [(code, CATALOGUE[code].label) for code in codes]
        team = User.objects.filter(supporting_parts__work=work).exclude(pk=self.user.pk).order_by("name", "pk")
        self.fields["with_users"].queryset = team
        self.fields["with_users"].label_from_instance = lambda user: user.full_name

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("on", "minutes", "account", "output")}


class EndForm(KeyedForm):
    """Done with what came of it, stopped and why, or taken up again."""

    state = forms.ChoiceField(label=_("Keadaan"), choices=WorkState.choices, widget=forms.RadioSelect)
    ended_on = day_field(label=_("Tanggal selesai atau berhenti"), required=False)
    result = prose(SupportingWork._meta.get_field("result"))


class StrikeForm(KeyedForm):
    """Why a step is taken back."""

    because = forms.CharField(label=_("Alasan dicoret"), max_length=300)
