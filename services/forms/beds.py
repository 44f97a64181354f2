"""Choosing a bed: only free ones are offered, house by house; any bed of the UPT is read, so a second click is too."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import Institution
from cases.models import Case, Client
from services import beds
from services.forms.base import KeyedForm
from services.forms.columns import DayInput
from services.forms.layout import Group, Line
from services.forms.record import DrawnGroup, RecordForm, lined
from services.models import Bed, BedUse, House
from services.recording import Parts

EXCEPTION = BedUse._meta.get_field("exception")


class BedField(forms.ModelChoiceField):
    """One bed of a UPT for one client."""

    def __init__(self, institution: Institution, client: Client, *, own: Bed | None = None, **options: Any) -> None:
        super().__init__(
            queryset=beds.of_upt(institution), **{"label": _("Tempat tidur"), "empty_label": _("Pilih…"), **options}
        )
        offered = list(beds.free(institution, institution.today()))
        if own and own not in offered:
            offered.insert(0, own)
        fitting = [bed for bed in offered if not beds.breaks_sex_rule(bed.room.house, client)]
        self.is_full = not fitting
        self.widget.choices = [("", self.empty_label), *grouped(fitting)]

    def label_from_instance(self, bed: Bed) -> str:
        return beds.place_words(bed)


def grouped(rows: Iterable[Bed]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Beds under the house they stand in, with the rule of the house."""
    houses: dict[House, list[tuple[int, str]]] = {}
    for bed in rows:
        words = _("Kamar %(room)s, tempat tidur %(bed)s") % {"room": bed.room.name, "bed": bed.name}
        houses.setdefault(bed.room.house, []).append((bed.pk, words))
    return [(with_rule(house), choices) for house, choices in houses.items()]


def with_rule(house: House) -> str:
    rule = beds.rule_words(house)
    return f"{house.name} ({rule})" if rule else house.name


def exception_field() -> forms.CharField:
    return forms.CharField(
        label=capfirst(EXCEPTION.verbose_name),
        max_length=EXCEPTION.max_length,
        required=False,
        help_text=_("Hanya bila usia klien di luar aturan asramanya."),
    )


class PlacementForm(RecordForm):
    """A.dd: where the UPT has entered its beds, one of the free ones; else whatever is typed."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, case=case, **kwargs)
        self.is_chosen = beds.has_any(case.institution)
        if not self.is_chosen:
            del self.fields["exception"]
            return
        for name in beds.NAMES if beds.has_age_rules(case.institution) else (*beds.NAMES, "exception"):
            del self.fields[name]
        own = beds.named(case.institution, self.instance) if self.instance.pk else None
        self.fields["chosen"] = BedField(
            case.institution,
            case.client,
            own=own,
            required=False,
            help_text=_("Yang kosong hari ini. Tanpa pilihan: klien belum mempunyai tempat tidur."),
        )
        if "exception" in self.fields:
            self.fields["exception"].help_text = exception_field().help_text
        if own:
            self.initial["chosen"] = own.pk

    @property
    def groups(self) -> list[DrawnGroup]:
        return [
            DrawnGroup(group.legend, lines=lined(self, self._lines(group)))
            for group in self.layout.groups
            if isinstance(group, Group)
        ]

    def _lines(self, group: Group) -> tuple[Line, ...]:
        """The lines of a group, with the choice of a bed in place of the typed words."""
        lines = ["chosen" if self.is_chosen and line == beds.NAMES else line for line in group.lines]
        return tuple(line for line in lines if isinstance(line, tuple) or line in self.fields)

    def content(self) -> tuple[dict[str, Any], Parts]:
        """The bed goes on record by its printed names, as a typed one does."""
        values = dict(self.cleaned_data)
        if self.is_chosen:
            values |= beds.names_of(values.pop("chosen"))
        return {name: values[name] for name in self.layout.fields if name in values}, {}


class MoveForm(KeyedForm):
    """Another bed, from a day on, and why."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = self.user.institution.today()
        self.fields["bed"] = BedField(case.institution, case.client)
        self.fields["on"] = _day(today)
        self.fields["reason"] = _reason()
        if beds.has_age_rules(case.institution):
            self.fields["exception"] = exception_field()
        self.initial.setdefault("on", today)

    @property
    def is_full(self) -> bool:
        return self.fields["bed"].is_full


class SwapForm(KeyedForm):
    """Two clients who change places."""

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = self.user.institution.today()
        rows = Case.objects.visible_to(self.user).select_related("client").defer("client__nik")
        self.fields["other"] = forms.ModelChoiceField(
            label=_("Bertukar dengan"), queryset=rows, empty_label=_("Pilih…")
        )
        self.partners = [use for use in beds.running(case.institution, rows) if use.stay.case_id != case.pk]
        self.fields["other"].widget.choices = [
            ("", _("Pilih…")),
            *(
                (use.stay.case_id, f"{use.stay.case.client.shown_name}, {beds.place_words(use.bed)}")
                for use in self.partners
            ),
        ]
        self.fields["on"] = _day(today)
        self.fields["reason"] = _reason()
        if beds.has_age_rules(case.institution):
            self.fields["exception"] = exception_field()
        self.initial.setdefault("on", today)


def _day(today: date) -> forms.DateField:
    field = forms.DateField(label=_("Sejak tanggal"), widget=DayInput)
    field.widget.attrs["max"] = today.isoformat()
    return field


def _reason() -> forms.CharField:
    return forms.CharField(
        label=_("Alasan pindah"), max_length=300, error_messages={"required": _("Isi alasan pindah.")}
    )
