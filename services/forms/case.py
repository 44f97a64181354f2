"""The form that opens a case for a client of the register."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import ServiceKind
from cases.models import Case
from services.forms.base import KeyedForm
from services.forms.fields import day_field


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

    fieldsets = ((_("Asal dan layanan"), ("way_in", ("sender", "sender_letter"), "first_contact_on", "service_kind")),)

    def clean_first_contact_on(self) -> date:
        on = self.cleaned_data["first_contact_on"]
        if on > self.user.institution.today():
            raise ValidationError(_("Tanggal ini belum lewat."))
        return on
