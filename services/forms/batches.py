"""The forms of angkatan: set one up, give places, give one up."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from services import batches
from services.forms.base import KeyedForm, column
from services.forms.fields import day_field
from services.models import Batch


class BatchForm(KeyedForm):
    """One angkatan with its quota."""

    name = column(Batch, "name")
    quota = column(Batch, "quota", min_value=1, max_value=2_000)
    starts_on = day_field(label=_("Mulai"))
    selection_until_on = day_field(label=_("Batas seleksi"), required=False)
    note = column(Batch, "note")

    fieldsets = ((_("Angkatan"), (("name", "quota"), ("starts_on", "selection_until_on"), "note")),)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in batches.WORDS}


class AssignForm(KeyedForm):
    """Who gets a place."""

    cases = forms.ModelMultipleChoiceField(
        Case.objects.none(),
        label=_("Calon yang diterima"),
        to_field_name="number",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Kasus %(value)s tidak ditemukan.")},
    )

    def __init__(self, *args: Any, offered: Iterable[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["cases"]
        field.queryset = Case.objects.visible_to(self.user).select_related("institution")
        self.offered = list(offered)
        field.widget.choices = [(case.number, f"{case.client.shown_name} · {case.number}") for case in self.offered]


class ReleaseForm(KeyedForm):
    """Why a place is given up."""

    because = forms.CharField(label=_("Alasan melepas tempat"), max_length=300)
