"""The forms of a transfer: propose it, take it back; accept it, refuse it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, User
from services.forms.base import KeyedForm
from services.forms.columns import DayInput, prose
from services.models import Transfer


def _answer(label: Any, missing: Any, **options: Any) -> forms.Field:
    """Room for what is said to an offer."""
    field = Transfer._meta.get_field("answer")
    return prose(field, label=label, **{"required": True, "error_messages": {"required": missing}, **options})


class ProposeTransferForm(KeyedForm):
    """Which other UPT is to take the case over, and why."""

    receiver = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("UPT penerima"),
        empty_label=_("Pilih UPT…"),
        error_messages={"required": _("Pilih UPT penerima.")},
    )
    reason = prose(Transfer._meta.get_field("reason"), error_messages={"required": _("Isi alasan mutasi.")})

    fieldsets = ((_("Usulan mutasi"), ("receiver", "reason")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Institution.objects.filter(kind=InstitutionKind.UPT).exclude(pk=self.user.institution.pk)
        self.fields["receiver"].queryset = others


class RevokeForm(KeyedForm):
    """The sender takes the offer back."""

    reason = _answer(_("Alasan pembatalan"), _("Isi alasan pembatalan."))


class AcceptForm(KeyedForm):
    """The receiver takes over: from which day, and who works on it."""

    worker = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Pekerja sosial"),
        empty_label=_("Pilih…"),
        error_messages={"required": _("Pilih pekerja sosial.")},
    )
    on = forms.DateField(label=_("Diterima tanggal"), widget=DayInput)
    note = _answer(_("Catatan"), "", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.user.institution
        members = here.memberships.filter(role=Role.SOCIAL_WORKER)
        self.fields["worker"].queryset = User.objects.filter(is_active=True, memberships__in=members).distinct()
        self.fields["on"].widget.attrs["max"] = here.today().isoformat()
        self.initial.setdefault("on", here.today())


class RefuseForm(KeyedForm):
    """The receiver says no."""

    reason = _answer(_("Alasan penolakan"), _("Isi alasan penolakan."))
