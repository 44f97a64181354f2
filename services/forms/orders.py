"""The form of an extension or a new order."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services.forms.base import KeyedForm, column
from services.forms.columns import prose
from services.forms.fields import day_field, past_day
from services.models import PlacementOrder
from services.models.order import OrderKind

FIELDS = ("kind", "number", "issued_by", "on", "until_on", "note")
LATER = (OrderKind.EXTENSION, OrderKind.REPLACEMENT)


class OrderForm(KeyedForm):
    """The paper that holds from now on."""

    kind = forms.ChoiceField(
        label=_("Jenis"), choices=[(kind.value, kind.label) for kind in LATER], widget=forms.RadioSelect
    )
    number = column(PlacementOrder, "number")
    issued_by = column(PlacementOrder, "issued_by")
    on = day_field(label=_("Tanggal penetapan"))
    until_on = day_field(label=_("Berlaku sampai"))
    note = prose(PlacementOrder._meta.get_field("note"), help_text=_("Misalnya alasan perpanjangan."))

    fieldsets = ((_("Penetapan yang berlaku sekarang"), ("kind", ("number", "issued_by"), ("on", "until_on"), "note")),)

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS}
