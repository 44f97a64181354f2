"""The form of a progress sheet: it opens with what the period says, as suggestions."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from rehsos import clock
from services import due_dates, suggesting
from services.forms.record import RecordForm
from services.situation import Situation
from services.suggesting import Suggestion

LEAST_ROWS, MOST_ROWS, LETTERS = 3, 10, 34
MARK = _("Saran dari catatan periode ini; periksa dan ubah.")


class ProgressSheetForm(RecordForm):
    """The period is one of those since the service began: the due ones first to be seen, the others still there."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        case, initial = kwargs["case"], kwargs.pop("initial", {})
        is_posted = bool(args) and args[0] is not None
        is_new = not is_posted and kwargs.get("instance") is None
        asked = initial.get("period_on")
        self.suggestion = suggesting.of(case, kwargs["user"], asked) if is_new else Suggestion()
        super().__init__(*args, initial={**initial, **self._beforehand()}, **kwargs)
        now = Situation(self.case)
        open_now = {start for start, _end in due_dates.open_periods(now)}
        own = self.instance.period_on
        self.open_periods = sorted(open_now)
        shown = [
            (start.isoformat(), f"{clock.spelled(start)} – {clock.spelled(end)}")
            for start, end in due_dates.periods_of(now)
            if self.is_bound or start in open_now or start == own
        ]
        self.fields["period_on"] = forms.TypedChoiceField(
            label=_("Periode"), choices=shown, coerce=date.fromisoformat, widget=forms.Select
        )
        self._mark_suggestions()

    def _beforehand(self) -> dict[str, Any]:
        told = self.suggestion
        words = {"aspects": told.aspects, "goals": told.goals, "obstacles": told.obstacles}
        return {"period_on": told.period, **words} if told.period else {}

    def _mark_suggestions(self) -> None:
        """What still stands as it was suggested says so; a draft that was taken up is its writer's own."""
        stood = self.suggestion.obstacles
        if stood and self.initial.get("obstacles") == stood:
            self.fields["obstacles"].help_text = MARK
        for form in self.row_forms["aspects"]:
            for name, text in self.suggestion.aspects.get(form.row.key, {}).items():
                if form.initial.get(name) == text:
                    form.fields[name].help_text = MARK
                    form.fields[name].widget.attrs["rows"] = _rows_for(text)


def _rows_for(text: str) -> int:
    """Room to read a suggestion at once, within limits."""
    return min(MOST_ROWS, max(LEAST_ROWS, sum(1 + len(line) // LETTERS for line in text.split("\n"))))
