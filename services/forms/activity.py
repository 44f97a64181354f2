"""The form of one activity: what, for whom, when, how; and the small searches inside it that keep what was typed."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from cases import search
from cases.enums import Bimbingan
from cases.files import CheckedFileField
from cases.models import Case, CaseQuerySet
from services import permissions
from services.catalogue import BIMBINGAN, CATALOGUE, ActivityItem, Kind, choices, matching
from services.forms.base import KeyedForm
from services.forms.columns import prose
from services.forms.fields import day_field, past_day
from services.models import Activity
from services.workflow import PAIRS, stage_of_sign_off

NONE_YET = ("", _("Pilih butir"))
OWN_SHOWN, FOUND_SHOWN = 60, 30
DAY_MINUTES = 1440
WITH_CASES = (Role.SOCIAL_WORKER, *permissions.SUPERVISING, Role.HEAD)
DETAILS = ("starts_at", "minutes", "method", "place", "account", "result", "obstacle")


def loggable(user: User) -> list[ActivityItem]:
    """The activities somebody may record: supervisions of a case are given on its page, others by supervisors."""
    supervises = user.has_role(*permissions.SUPERVISING, Role.HEAD)
    return [
        item
        for item in CATALOGUE.values()
        if item.kind != Kind.SUPERVISE or (supervises and not stage_of_sign_off(item.code))
    ]


def _meant_by(words: str, offered: list[ActivityItem]) -> list[ActivityItem]:
    """By code or printed words, or by what people do under a bimbingan ("senam" is recorded as its service)."""
    spoken = words.casefold().split()
    done = {
        key
        for key, bimbingan in BIMBINGAN.items()
        for activity in bimbingan.activities
        if all(word in activity.display.casefold() for word in spoken)
    }
    services = {code for key in done for code in PAIRS[Bimbingan(key)].service}
    printed = {item.code for item in matching(words, offered)}
    return [item for item in offered if item.code in printed | services]


class CaseChoices(forms.ModelMultipleChoiceField):
    """Cases by number; any in sight may be sent, however few of them are drawn."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(Case.objects.none(), to_field_name="number", **options)

    def draw(self, cases: Iterable[Case]) -> None:
        self.drawn = list(cases)
        self.widget.choices = [(case.number, self.label_from_instance(case)) for case in self.drawn]

    def label_from_instance(self, case: Case) -> str:
        return f"{case.client.shown_name} · {case.number} · {case.at.letter}"


def _column(name: str, rows: int = 2, **options: Any) -> forms.Field:
    field = prose(Activity._meta.get_field(name), required=False, **options)
    field.widget.attrs["rows"] = rows
    return field


def _search(label: Any, narrows: str) -> forms.CharField:
    """A box that the script lets narrow a list at hand while somebody types."""
    widget = forms.TextInput(attrs={"type": "search", "data-narrows": narrows})
    return forms.CharField(label=label, max_length=120, required=False, widget=widget)


class ActivityForm(KeyedForm):
    """One activity. ``find`` in what was posted means: look something up and draw the form again."""

    find_code = _search(_("Cari butir"), narrows="id_code")
    code = forms.ChoiceField(label=_("Butir kegiatan"), error_messages={"required": _("Pilih butir kegiatan.")})
    bimbingan = forms.MultipleChoiceField(
        label=_("Bimbingan"),
        choices=Bimbingan.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Hanya untuk butir yang mencakup beberapa bimbingan, misalnya D.j."),
        error_messages={"required": _("Pilih satu atau lebih: butir ini mencakup beberapa bimbingan.")},
    )
    find_case = _search(_("Cari nama atau nomor kasus"), narrows="id_cases")
    cases = CaseChoices(
        label=_("Untuk kasus"),
        required=False,
        help_text=_("Satu, beberapa, atau tidak satu pun bila untuk lembaga."),
        error_messages={"invalid_choice": _("Kasus %(value)s tidak ditemukan atau sudah ditutup.")},
    )
    on = day_field(label=_("Tanggal"))
    starts_at = forms.TimeField(
        label=_("Jam mulai"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=_("Lama (menit)"), required=False, min_value=1, max_value=DAY_MINUTES)
    method = Activity._meta.get_field("method").formfield(
        choices=[("", _("Tidak disebut")), *Activity._meta.get_field("method").choices]
    )
    place = Activity._meta.get_field("place").formfield()
    account = _column("account", rows=4, help_text=_("Apa yang dilakukan, dengan siapa, bagaimana jalannya."))
    result = _column("result")
    obstacle = _column("obstacle")
    evidence = CheckedFileField(
        label=_("Bukti"), required=False, help_text=_("PDF, JPEG, atau PNG, paling besar 10 MB.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.finding = self.data.get("find", "") if self.is_bound else ""
        self.offered = loggable(self.user)
        self.fields["code"].choices = [NONE_YET, *choices(self.offered)]
        self.found_codes: list[ActivityItem] = []
        self._draw_cases()
        self._draw_codes()
        self._draw_bimbingan()

    # --- What is drawn --------------------------------------------------------------------------------------------
    def _draw_cases(self) -> None:
        """The chosen ones, those that were searched for, and one's own caseload."""
        in_sight = Case.objects.visible_to(self.user).open().select_related("client").defer("client__nik")
        field = self.fields["cases"]
        field.queryset = in_sight
        chosen = self["cases"].value() or []
        words = self.data.get("find_case", "").strip() if self.is_bound else ""
        drawn = {case.pk: case for case in in_sight.filter(number__in=chosen)} if chosen else {}
        if words:
            found = in_sight.filter(search.cases(words, self.user.institution)).order_by("client__folded_name")
            drawn |= {case.pk: case for case in found[:FOUND_SHOWN]}
        drawn |= {case.pk: case for case in self._own(in_sight)}
        field.draw(drawn.values())
        if not self.user.has_role(*WITH_CASES):
            del self.fields["cases"], self.fields["find_case"]

    def _own(self, in_sight: CaseQuerySet) -> CaseQuerySet:
        return in_sight.assigned_to(self.user).order_by("client__folded_name")[:OWN_SHOWN]

    def _draw_codes(self) -> None:
        words = self.data.get("find_code", "").strip() if self.is_bound else ""
        if self.finding != "code" or not words:
            return
        self.found_codes = _meant_by(words, self.offered)
        if self.found_codes:
            kept = [item for item in self.offered if item.code == self["code"].value()]
            self.fields["code"].widget.choices = [NONE_YET, *choices([*kept, *self.found_codes])]

    def _draw_bimbingan(self) -> None:
        """Where the code is known and covers several, those, and one of them must be chosen."""
        covered = self.item.bimbingan if self.item else ()
        if len(covered) > 1:
            field = self.fields["bimbingan"]
            field.required, field.help_text = True, ""
            field.widget.choices = [(value, Bimbingan(value).label) for value in Bimbingan if value in covered]

    @property
    def item(self) -> ActivityItem | None:
        """The activity that is chosen so far."""
        return CATALOGUE.get(self["code"].value() or "")

    @property
    def asks_bimbingan(self) -> bool:
        """Not where the code says which, or names none."""
        return self.item is None or len(self.item.bimbingan) > 1

    # --- What is sent ---------------------------------------------------------------------------------------------
    def clean_on(self) -> date:
        return past_day(self.cleaned_data["on"], self.user)

    def clean_bimbingan(self) -> list[str]:
        chosen = self.cleaned_data["bimbingan"]
        wrong = set(chosen) - set(self.item.bimbingan if self.item else Bimbingan.values)
        if wrong and self.asks_bimbingan:
            names = ", ".join(Bimbingan(value).label.lower() for value in sorted(wrong))
            raise ValidationError(_("Butir ini tidak mencakup %s.") % names)
        return chosen

    def details(self) -> dict[str, Any]:
        """The columns of the activity that are only told."""
        return {name: self.cleaned_data[name] for name in DETAILS}
