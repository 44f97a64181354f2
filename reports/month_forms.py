"""The forms about a month's report."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.keyed import KeyedForm, column, put_in
from services.models import FrozenMonth, MonthWords

HINTS = {
    "events": _("Kunjungan, kegiatan besar, kejadian yang perlu diketahui dinas. Tanpa nama klien."),
    "obstacles": _("Hambatan pelayanan bulan ini."),
    "efforts": _("Yang sudah dilakukan terhadap hambatan itu."),
    "plan": _("Rencana kegiatan bulan berikutnya."),
    "budget": _("Realisasi anggaran, bila dilaporkan di sini."),
    "facilities": _("Keadaan sarana dan prasarana."),
}


class WordsForm(KeyedForm):
    """What is told beside the numbers; every part may stay empty, and an empty one is not printed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in MonthWords.SECTIONS:
            rows = forms.Textarea(attrs={"rows": 5})
            self.fields[name] = column(MonthWords, name, widget=rows, help_text=HINTS[name])
        if self.typed_before:
            put_in(self, self.typed_before)

    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in MonthWords.SECTIONS}


class FreezeForm(KeyedForm):
    """The head's button; a revision says why."""

    reason = column(FrozenMonth, "reason", required=False, help_text=_("Apa yang menyusul atau diperbaiki."))

    def __init__(self, *args: Any, is_revision: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_revision = is_revision
        # What is posted twice arrives at a month that is frozen by now: the act itself asks for the reason.
        self.fields["reason"].required = is_revision and not self.is_bound
        if not is_revision:
            self.fields["reason"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any] | None:
        self.fields["reason"].required = self.is_revision
        return super().clean()
