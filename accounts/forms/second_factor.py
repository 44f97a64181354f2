"""The forms about the second factor: prove it, set it up, and be asked once more for the password."""

import re
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.internal.auth import validate_totp_code
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import mfa
from accounts.forms.keyed import KeyedForm


def code_field(**options: Any) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
    return forms.CharField(max_length=20, widget=forms.TextInput(attrs=attrs), **options)


class CodeForm(AuthenticateForm):
    """The second step of signing in: the six digits, or one of the recovery codes."""

    code = code_field(label=_("Kode masuk"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autofocus"] = True

    def clean_code(self) -> str:
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        code = super().clean_code()
        if not mfa.spend(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class ConfirmedForm(KeyedForm):
    """An act on one's own account that an open session alone does not allow."""

    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text=_("Supaya hanya Anda yang dapat melakukan ini."),
    )

    def clean_password(self) -> str:
        forgive = check_rate_limit(self.user)
        if not self.user.check_password(self.cleaned_data["password"]):
            raise ValidationError(_("Kata sandi ini salah."))
        forgive()
        return ""


class EnrolForm(ConfirmedForm):
    """The first code proves that the phone holds the secret."""

    code = code_field(label=_("Kode dari aplikasi"), help_text=_("Enam angka yang sekarang tampil di ponsel."))
    field_order = ("code", "password")

    def __init__(self, *args: Any, secret: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.secret = secret

    def clean_code(self) -> str:
        code = digits(self.cleaned_data["code"])
        if not validate_totp_code(self.secret, code):
            raise ValidationError(_("Kode ini salah. Periksa jam ponsel, lalu ketik kode yang baru."))
        return code


def digits(code: str) -> str:
    """People type codes in groups."""
    return re.sub(r"\D", "", code)
