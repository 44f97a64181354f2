"""The form that opens a case for a client of the register."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import ServiceKind
from cases.enums import WayIn
from cases.models import Case
from services.forms.base import KeyedForm
from services.forms.fields import day_field, past_day

ORDER = ("order_number", "order_by", "order_on", "order_until_on")


class CaseForm(KeyedForm):
    """How somebody came to the UPT, and for what kind of service."""

    way_in = Case._meta.get_field("way_in").formfield()
    sender = Case._meta.get_field("sender").formfield(
        help_text=_("Siapa yang mengantar atau mengirim, bila bukan datang sendiri.")
    )
    sender_letter = Case._meta.get_field("sender_letter").formfield()
    first_contact_on = day_field(
        label=_("Kontak pertama"), help_text=_("Hari pertama UPT bertemu atau menerima kabar tentang klien.")
    )
    service_kind = Case._meta.get_field("service_kind").formfield(widget=forms.RadioSelect, choices=ServiceKind.choices)
    order_number = Case._meta.get_field("order_number").formfield(
        help_text=_("Hanya untuk penetapan pengadilan dan titipan penegak hukum; begitu pula tiga isian berikutnya.")
    )
    order_by = Case._meta.get_field("order_by").formfield()
    order_on = day_field(label=_("Tanggal penetapan atau surat titipan"), required=False)
    order_until_on = day_field(label=_("Berlaku sampai"), required=False)

    fieldsets = (
        (_("Asal dan layanan"), ("way_in", ("sender", "sender_letter"), "first_contact_on", "service_kind")),
        (_("Dasar penempatan"), ("order_number", "order_by", ("order_on", "order_until_on"))),
    )

    def clean_first_contact_on(self) -> date:
        return past_day(self.cleaned_data["first_contact_on"], self.user)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("way_in") in WayIn.by_order():
            for name in ORDER:
                if not data.get(name) and not self.has_error(name):
                    self.add_error(name, _("Wajib diisi untuk jalur masuk ini."))
        return data
