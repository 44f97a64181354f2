"""The forms of running cases: send a list, import it, endorse it; add a scan from before the system."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cases.files import CheckedFileField
from rehsos.doors import Refused
from services import spreadsheets
from services.forms.base import KeyedForm
from services.forms.columns import DayInput, prose
from services.forms.fields import past_day
from services.models import EarlierScan, OpeningList
from services.opening import uploads


class UploadForm(KeyedForm):
    """A filled-in template."""

    file = forms.FileField(
        label=_("Berkas Excel (.xlsx)"),
        help_text=_("Templat yang sudah diisi, paling banyak 2.000 baris dan 5 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("Pilih berkas .xlsx yang sudah diisi."), "empty": _("Berkas ini kosong.")},
    )

    def clean_file(self) -> uploads.Sent:
        sent: UploadedFile = self.cleaned_data["file"]
        content = sent.read(spreadsheets.MAX_BYTES + 1)
        try:
            return uploads.opened(sent.name or "", content)
        except Refused as refusal:
            raise ValidationError(refusal.reasons) from refusal


class ImportForm(KeyedForm):
    """The good rows are to come in."""


class EndorseListForm(KeyedForm):
    """The head endorses the list as it stands."""

    note = prose(OpeningList._meta.get_field("note"), required=False, label=_("Catatan pengesahan"))
    is_checked = forms.BooleanField(
        label=_("Daftar ini sudah saya periksa dan sesuai dengan buku register"),
        error_messages={"required": _("Centang bila daftarnya sudah diperiksa.")},
    )


class ScanForm(KeyedForm):
    """A scan of a paper from before the system."""

    title = EarlierScan._meta.get_field("title").formfield(help_text=_("Misalnya laporan asesmen, surat kesepakatan."))
    on = forms.DateField(label=_("Tanggal berkas"), widget=DayInput, required=False)
    file = CheckedFileField(label=_("Pindaian atau foto"), help_text=_("PDF, JPEG, atau PNG, paling besar 10 MB."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["max"] = self.user.institution.today().isoformat()

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)
