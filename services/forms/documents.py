"""The forms of the tab of documents and photos."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.files import CheckedFileField
from cases.portraits import PortraitField
from services.document_enums import DocumentKind
from services.forms.base import KeyedForm, column
from services.forms.columns import prose
from services.forms.fields import day_field, past_day
from services.models import CaseDocument, DocumentWithdrawal, RestrictedOpening

AGAIN = _("Pilih lagi berkasnya: yang tadi belum tersimpan, sedangkan tulisan Anda masih ada.")


class DocumentForm(KeyedForm):
    """One document with its scan or photo."""

    kind = column(CaseDocument, "kind", choices=[("", _("Pilih jenis dokumen")), *DocumentKind.choices])
    number = column(CaseDocument, "number")
    on = day_field(label=_("Tanggal dokumen"), required=False)
    note = prose(CaseDocument._meta.get_field("note"), help_text=_("Wajib bila jenisnya lainnya: dokumen apa ini."))
    is_restricted = column(
        CaseDocument,
        "is_restricted",
        required=False,
        help_text=_("Hanya pekerja sosial kasus dan supervisor yang membacanya. Kesehatan, tes, psikologi: selalu."),
    )
    file = CheckedFileField(
        label=_("Berkas atau foto dokumen"),
        help_text=_("PDF, JPEG, atau PNG; paling besar 10 MB, gambar paling besar 25 megapiksel."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.is_bound:
            self.fields["file"].error_messages["required"] = AGAIN

    def clean_on(self) -> Any:
        return past_day(self.cleaned_data["on"], self.user)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("kind") == DocumentKind.OTHER and not data.get("note", "").strip():
            self.add_error("note", _("Tulis dokumen apa ini."))
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("kind", "number", "on", "note", "is_restricted")}


class PhotoForm(KeyedForm):
    """A photo of the client: from the camera of the phone in hand, or a file."""

    camera = PortraitField(label=_("Potret dengan kamera HP"), required=False, capture=True)
    photo = PortraitField(
        label=_("Atau pilih foto"), required=False, help_text=_("JPEG atau PNG; dipotong persegi dengan sendirinya.")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not (data.get("camera") or data.get("photo")):
            raise ValidationError(_("Ambil atau pilih fotonya dahulu."), code="required")
        return data

    def taken(self) -> Any:
        return self.cleaned_data["camera"] or self.cleaned_data["photo"]


class WithdrawForm(KeyedForm):
    """Why a document does not belong here."""

    reason = column(
        DocumentWithdrawal, "reason", help_text=_("Berkasnya tidak dapat dibuka lagi; baris dan alasannya tetap ada.")
    )


class OpenForm(KeyedForm):
    """Why one of the heads has to read what is restricted."""

    reason = column(
        RestrictedOpening,
        "reason",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Terbuka sampai akhir hari ini; alasannya tercatat di jejak kasus."),
    )
