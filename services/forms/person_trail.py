"""How the trail of a person is narrowed: acts or readings, from when to when, of which kind."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts import told
from services.forms.fields import day_field
from services.pages import trail_words

ACTS, READINGS = "perbuatan", "pembacaan"


class PersonTrailFilter(forms.Form):
    """What makes no sense narrows nothing."""

    jenis = forms.ChoiceField(label=_("Jenis"), required=False)
    dari = day_field(label=_("Dari"), required=False)
    sampai = day_field(label=_("Sampai"), required=False)

    def __init__(self, data: Any, *, is_reading: bool, of_accounts: bool) -> None:
        super().__init__(data)
        kinds = trail_words.PAGES if is_reading else told.VERBS if of_accounts else {**told.VERBS, **trail_words.VERBS}
        ordered = sorted(kinds.items(), key=lambda kind: str(kind[1]))
        self.fields["jenis"].choices = [("", _("Semua")), *ordered]
        self.is_valid()

    @property
    def kind(self) -> str:
        return self.cleaned_data.get("jenis") or ""

    def moments(self, zone: str) -> dict[str, datetime]:
        """The days asked for as conditions on ``at``, as the days run in a zone."""
        first, last = self.cleaned_data.get("dari"), self.cleaned_data.get("sampai")
        found = {"at__gte": _midnight(first, zone)} if first else {}
        return {**found, "at__lt": _midnight(last + timedelta(days=1), zone)} if last else found


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone))
