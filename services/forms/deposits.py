"""The forms of titipan: what comes in with whom, what goes out to whom, what was entered wrongly."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.files import CheckedFileField
from rehsos.formatting import rupiah
from services.forms.base import KeyedForm, column
from services.forms.daily import DatedForm
from services.forms.money import RupiahField
from services.models import DepositItem, DepositMovement
from services.models.deposit import MOST

ROWS, MOST_ROWS = 3, 20
WORDS = ("on", "amount", "party", "relation", "note")
SCAN_HELP = _("Foto atau pindaian tanda tangan: PDF, JPEG, atau PNG.")


class MovementForm(DatedForm):
    """What both ways have in common; ``values`` and ``scan`` are for the write functions."""

    amount = RupiahField(label=_("Uang (Rp)"), required=False, most=MOST)
    party = column(DepositMovement, "party")
    relation = column(DepositMovement, "relation", help_text=_("Misalnya klien sendiri, ibu, atau polisi."))
    note = column(DepositMovement, "note")
    scan = CheckedFileField(label=_("Tanda tangan"), required=False, help_text=SCAN_HELP)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WORDS}


class TakeInForm(MovementForm):
    """Money and things that somebody brings; as many rows for things as the page asks for."""

    def __init__(self, *args: Any, rows: int = ROWS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].label = _("Diterima dari (nama)")
        while f"item-{rows + 1}" in self.data:
            rows += 1
        self.rows = range(1, min(rows, MOST_ROWS) + 1)
        for number in self.rows:
            name, count = column(DepositItem, "name"), column(DepositItem, "count", required=False)
            condition = column(DepositItem, "condition", required=False)
            name.required = False
            name.label, count.label = _("Barang %d") % number, _("Jumlah %d") % number
            condition.label = _("Keadaan %d") % number
            self.fields |= {f"item-{number}": name, f"count-{number}": count, f"condition-{number}": condition}

    @property
    def fieldsets(self) -> tuple[Any, ...]:
        things = tuple((f"item-{n}", f"condition-{n}", f"count-{n}") for n in self.rows)
        who = (("party", "relation"), "scan")
        return (
            (_("Uang"), ("on", "amount")),
            (_("Barang"), things),
            (_("Yang menyerahkan"), who),
            (_("Lainnya"), ("note",)),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for n in self.rows:
            if data.get(f"item-{n}") and not data.get(f"condition-{n}"):
                self.add_error(f"condition-{n}", _("Tulis keadaannya, misalnya baik, atau layar retak."))
            if data.get(f"condition-{n}") and not data.get(f"item-{n}"):
                self.add_error(f"item-{n}", _("Tulis nama barangnya."))
        return data

    def items(self) -> list[dict[str, Any]]:
        data = self.cleaned_data
        rows = [(data.get(f"item-{n}"), data.get(f"count-{n}"), data.get(f"condition-{n}")) for n in self.rows]
        return [{"name": name, "count": count or 1, "condition": how} for name, count, how in rows if name]


class GiveOutForm(MovementForm):
    """What goes out: up to the balance, and things that are still here."""

    items = forms.TypedMultipleChoiceField(
        label=_("Barang yang diserahkan"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, balance: int, things: Sequence[DepositItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].label = _("Diserahkan kepada (nama)")
        self.fields["amount"].help_text = _("Saldo %s.") % rupiah(balance)
        self.fields["items"].choices = [(item.pk, f"{item}, {item.condition}") for item in things]
        if not things:
            del self.fields["items"]

    @property
    def fieldsets(self) -> tuple[Any, ...]:
        what, who = ("on", "amount", "items"), (("party", "relation"), "scan")
        return (_("Yang diserahkan"), what), (_("Yang menerima"), who), (_("Lainnya"), ("note",))

    def items_chosen(self) -> list[int]:
        return self.cleaned_data.get("items", [])


class ReverseForm(KeyedForm):
    """A movement that was entered wrongly."""

    reason = forms.CharField(label=_("Mengapa dibatalkan"), max_length=500)
