"""The forms about letters that came in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import day_field
from accounts.forms.keyed import KeyedForm, column
from cases.files import CheckedFileField
from reports.models import IncomingLetter

FIELDS = ("number", "dated_on", "received_on", "sender", "about")
SCAN = _("PDF, JPEG, atau PNG, paling besar 10 MB. Di ponsel dapat langsung difoto.")


class IncomingForm(KeyedForm):
    """A letter that came in; its scan may follow."""

    sender = column(IncomingLetter, "sender")
    about = column(IncomingLetter, "about")
    number = column(IncomingLetter, "number", help_text=_("Seperti tertulis pada suratnya; tanpa nomor: tulis –."))
    dated_on = day_field(label=_("Tanggal surat"))
    received_on = day_field(label=_("Diterima tanggal"))
    scan = CheckedFileField(label=_("Pindaian atau foto"), required=False, help_text=SCAN)

    fieldsets = ((_("Surat masuk"), ("sender", "about", "number", ("dated_on", "received_on"), "scan")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("received_on", self.user.institution.today())


class IncomingScanForm(KeyedForm):
    scan = CheckedFileField(label=_("Pindaian atau foto"), help_text=SCAN)


class LetterSearch(forms.Form):
    q = forms.CharField(label=_("Nomor, pengirim, atau perihal"), max_length=120, required=False)
