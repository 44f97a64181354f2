"""The forms about stand-ins: an order of one kind, and the second person's word on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import standing
from accounts.enums import MandatePaper, Role, StandInKind
from accounts.forms.fields import day_field
from accounts.forms.keyed import KeyedForm, column
from accounts.mandates import LENDS, StandIn
from accounts.models import User
from accounts.standins import FIELDS

ORDER = (_("Surat perintah"), (("order_number", "order_on"),))
DAYS = (_("Masa"), (("since_on", "until_on"),))
GROUPS = {
    StandInKind.ACTING: ((_("Jabatan kosong"), ("role", "holder")), ORDER, DAYS),
    StandInKind.DAILY: ((_("Pejabat berhalangan"), ("role", "for_whom", "holder")), ORDER, DAYS),
    StandInKind.SUPERVISOR: ((_("Supervisor berhalangan"), ("for_whom", "holder")), ORDER, DAYS),
    StandInKind.MANDATE: ((_("Mandat Kepala UPT"), ("holder", "papers")), ORDER, DAYS),
}
WHO = {
    StandInKind.SUPERVISOR: _("Pekerja sosial UPT ini atau petugas dinas. Kasusnya sendiri tetap diputus orang lain."),
    StandInKind.MANDATE: _("Petugas UPT ini."),
}
ANYBODY = _("Petugas UPT ini atau dinas. Kasusnya sendiri tetap diputus orang lain.")
WITHOUT_NUMBER = _("Boleh kosong bila penunjukan tidak dengan surat.")


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return person.full_name


class StandInForm(KeyedForm):
    """An order of one kind; only the fields that this kind has."""

    role = forms.ChoiceField(label=_("Sebagai"), widget=forms.RadioSelect)
    for_whom = PersonChoice(User.objects.none(), label=_("Yang digantikan"), empty_label=_("Pilih pejabatnya"))
    holder = PersonChoice(
        User.objects.none(),
        label=_("Pengganti"),
        empty_label=_("Pilih penggantinya"),
    )
    papers = forms.MultipleChoiceField(
        label=_("Naskah yang ditandatanganinya"),
        choices=MandatePaper.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Seleksi, penutupan, keluar, dan laporan bulanan selalu oleh Kepala UPT sendiri."),
    )
    order_number = column(StandIn, "order_number", help_text=_("Misalnya 800.1.11.1/217/2026"))
    order_on = day_field(label=_("Tanggal surat perintah"), required=False)
    since_on = day_field(label=_("Mulai"))
    until_on = day_field(label=_("Sampai dengan"), help_text=_("Hari terakhir pengganti bertugas."))

    def __init__(self, *args: Any, kind: StandInKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.fieldsets = kind, GROUPS[kind]
        shown = {name for _legend, rows in self.fieldsets for row in rows for name in _names(row)}
        for name in set(FIELDS) - shown:
            del self.fields[name]
        upt = self.user.institution
        self.fields["holder"].queryset = standing.may_hold(upt, kind)
        self.fields["holder"].help_text = WHO.get(kind, ANYBODY)
        self.initial.setdefault("since_on", upt.today())
        if "role" in shown:
            self.fields["role"].choices = [(role.value, role.label) for role in LENDS[kind]]
            self.initial.setdefault("role", Role.HEAD.value)
        if "for_whom" in shown:
            self.fields["for_whom"].queryset = standing.may_be_replaced(upt, kind)
        is_ordered = kind in standing.ORDERED
        for name in ("order_number", "order_on"):
            self.fields[name].required = is_ordered
        if not is_ordered:
            self.fields["order_number"].help_text = WITHOUT_NUMBER

    def values(self) -> dict[str, Any]:
        """The columns of the order."""
        return {name: self.cleaned_data[name] for name in FIELDS if name in self.fields}


def _names(row: str | tuple[str, ...]) -> tuple[str, ...]:
    return (row,) if isinstance(row, str) else row
