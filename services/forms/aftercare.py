"""The forms of bimbingan lanjut: what narrows the list, the days of the visits."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import reference, search
from cases.models import WHOLE_UPT, Assignment, CaseQuerySet, in_force
from services.aftercare.scheduling import MOST
from services.forms.base import KeyedForm
from services.forms.columns import prose
from services.forms.fields import day_field
from services.models import AftercareSchedule

SHOWN = 6


class RollForm(forms.Form):
    """What narrows the list of former clients; a trip goes to one regency."""

    q = forms.CharField(label=_("Nama atau nomor"), max_length=120, required=False)
    regency = forms.ChoiceField(label=_("Kabupaten/kota"), required=False)
    worker = forms.CharField(label=_("Pekerja sosial"), max_length=120, required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["regency"].choices = [("", _("Semua")), *reference.regency_choices()]
        if not user.has_role(*WHOLE_UPT):
            del self.fields["worker"]

    def narrow(self, cases: CaseQuerySet) -> CaseQuerySet:
        """What makes no sense narrows nothing."""
        self.is_valid()
        data = self.cleaned_data
        if words := data.get("q"):
            cases = cases.filter(search.cases(words, self.user.institution))
        if regency := data.get("regency"):
            cases = cases.filter(client__regency=regency)
        if worker := data.get("worker"):
            held = Assignment.objects.filter(in_force(self.user.institution.today()), worker__name__icontains=worker)
            cases = cases.filter(pk__in=held.order_by().values("case"))
        return cases


class ScheduleForm(KeyedForm):
    """The days of the visits in rows; an empty row is none."""

    reason = prose(
        AftercareSchedule._meta.get_field("reason"),
        label=_("Alasan perubahan"),
        error_messages={"required": _("Isi alasan jadwal diubah.")},
    )

    def __init__(self, *args: Any, days: list[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = min(max(SHOWN, len(days) + 2), MOST)
        for number in range(1, self.rows + 1):
            self.fields[f"day-{number}"] = day_field(label=_("Kunjungan %d") % number, required=False)
            if number <= len(days):
                self.initial.setdefault(f"day-{number}", days[number - 1])
        self.order_fields([*(f"day-{number}" for number in range(1, self.rows + 1)), "reason"])

    @property
    def fieldsets(self) -> tuple[Any, ...]:
        names = [f"day-{number}" for number in range(1, self.rows + 1)]
        pairs = tuple(tuple(names[place : place + 2]) for place in range(0, len(names), 2))
        return (_("Hari kunjungan"), pairs), (_("Alasan"), ("reason",))

    def days(self) -> list[date]:
        found = [self.cleaned_data.get(f"day-{number}") for number in range(1, self.rows + 1)]
        return [day for day in found if day]
