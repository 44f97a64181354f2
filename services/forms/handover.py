"""Handing a caseload over: to whom, and for good or until a day."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from accounts.models import User
from cases.models import Assignment, in_force
from services.forms.base import KeyedForm
from services.forms.fields import day_field

FOR_GOOD, STANDING_IN = "tetap", "pengganti"


class WorkerChoice(forms.ModelChoiceField):
    def label_from_instance(self, worker: User) -> str:
        return worker.full_name if worker.is_active else _("%s (nonaktif)") % worker.full_name


class FromForm(forms.Form):
    """Whose cases."""

    dari = WorkerChoice(label=_("Kasus milik"), queryset=User.objects.none(), empty_label=_("Pilih pekerja sosial"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = user.institution
        held = Assignment.objects.filter(in_force(here.today()), case__institution=here, case__closed_on__isnull=True)
        self.fields["dari"].queryset = User.objects.filter(pk__in=held.values("worker"))


class HandOverForm(KeyedForm):
    """Who takes over."""

    to_worker = WorkerChoice(
        label=_("Diserahkan kepada"), queryset=User.objects.none(), empty_label=_("Pilih penerima")
    )
    manner = forms.ChoiceField(
        label=_("Untuk berapa lama"),
        choices=(
            (STANDING_IN, _("Pengganti sampai tanggal tertentu; pemilik lama tetap memegang kasusnya")),
            (FOR_GOOD, _("Tetap; pemilik lama tidak lagi melihat kasusnya mulai sekarang")),
        ),
        widget=forms.RadioSelect,
    )
    until_on = day_field(
        label=_("Sampai dengan"), required=False, help_text=_("Hari terakhir pengganti; untuk yang tetap kosongkan.")
    )

    fieldsets = ((_("Penerima"), ("to_worker", "manner", "until_on")),)

    def __init__(self, *args: Any, from_worker: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.user.institution
        present = User.objects.filter(is_active=True, memberships__in=here.memberships.filter(role=Role.SOCIAL_WORKER))
        self.fields["to_worker"].queryset = present.exclude(pk=from_worker.pk).distinct()

    def clean_until_on(self) -> date | None:
        day = self.cleaned_data["until_on"]
        if day and day < self.user.institution.today():
            raise ValidationError(_("Tanggal ini sudah lewat."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        stands_in = data.get("manner") == STANDING_IN
        if stands_in and not data.get("until_on") and not self.has_error("until_on"):
            self.add_error("until_on", _("Isi hari terakhir pengganti bertugas."))
        if data.get("manner") == FOR_GOOD and data.get("until_on"):
            self.add_error("until_on", _("Untuk penyerahan tetap, kosongkan tanggal ini."))
        return data
