"""The form of an institution's logo."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.logos import LogoField
from services.forms.base import KeyedForm


class LogoForm(KeyedForm):
    """Another logo, or none."""

    logo = LogoField(
        label=_("Berkas lambang"),
        required=False,
        help_text=_("PNG atau JPEG, paling besar 2 MB; PNG dengan latar tembus pandang paling baik."),
    )
    is_removed = forms.BooleanField(label=_("Hapus lambang yang ada"), required=False)

    def __init__(self, *args: Any, has_logo: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_logo:
            del self.fields["is_removed"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and bool(data.get("logo")) == bool(data.get("is_removed")):
            self.add_error("logo", _("Pilih berkas lambang, atau centang hapus."))
        return data
