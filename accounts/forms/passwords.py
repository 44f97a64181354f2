"""Choosing a password: by a one-time link, or one's own anew."""

from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm, SetPasswordMixin
from django.utils.translation import gettext_lazy as _

HINT = _("Paling sedikit 10 huruf atau angka. Bukan nama, NIP, angka saja, atau kata sandi yang banyak dipakai orang.")
DIFFERENT = {"password_mismatch": _("Kedua kata sandi tidak sama.")}


def _pair() -> tuple:
    first, second = SetPasswordMixin.create_password_fields(
        label1=_("Kata sandi baru"), label2=_("Ulangi kata sandi baru")
    )
    first.help_text, second.help_text = HINT, ""
    return first, second


class ChosenPasswordForm(SetPasswordForm):
    """For who came with a link."""

    error_messages = SetPasswordForm.error_messages | DIFFERENT
    new_password1, new_password2 = _pair()


class OwnPasswordForm(PasswordChangeForm):
    """For who knows the present one."""

    error_messages = PasswordChangeForm.error_messages | DIFFERENT | {"password_incorrect": _("Kata sandi ini salah.")}
    new_password1, new_password2 = _pair()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Kata sandi sekarang")
        self.fields["old_password"].widget.attrs.pop("autofocus", None)
