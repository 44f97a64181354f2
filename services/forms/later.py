"""The forms of what comes outside its time: papers that follow, an emergency, later notes, new versions."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from services import gates
from services.forms.base import KeyedForm
from services.forms.columns import DayInput, prose
from services.forms.fields import day_field
from services.models import Addendum, Arrear
from services.revising import REVISABLE
from services.workflow import NAMED_PAPERS, WORKFLOW, Paper

DAYS_TO_FOLLOW = 14  # what is proposed; the head sets the date


def _papers() -> list[str]:
    """What every paper of the table is called."""
    steps = WORKFLOW.values()
    ways = [way for step in steps if step.decision for way in step.decision.ways.values()]
    papers = [paper for row in (*steps, *ways) for paper in row.papers if paper not in NAMED_PAPERS]
    return [gates.paper_key(paper) for paper in papers]


class WaiveForm(KeyedForm):
    """The head lets one paper follow."""

    code = forms.ChoiceField(label=_("Berkas"), choices=[(code, code) for code in dict.fromkeys(_papers())])
    due_on = day_field(label=_("Menyusul sampai dengan"))
    reason = prose(
        Arrear._meta.get_field("reason"),
        required=True,
        error_messages={"required": _("Isi alasan persetujuan menyusul.")},
    )

    def __init__(self, *args: Any, waivable: Sequence[tuple[Paper, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Any paper is read, so that a second click is answered like the first; only the missing ones are offered.
        self.fields["code"].widget.choices = [(gates.paper_key(paper), text) for paper, text in waivable]
        today = self.user.institution.today()
        self.fields["due_on"].widget.attrs["min"] = (today + timedelta(days=1)).isoformat()
        self.initial.setdefault("due_on", today + timedelta(days=DAYS_TO_FOLLOW))


class AdmitForm(KeyedForm):
    """The bed comes first."""

    reason = prose(
        Arrear._meta.get_field("reason"),
        label=_("Alasan penerimaan darurat"),
        required=True,
        error_messages={"required": _("Isi alasan penerimaan darurat.")},
    )


class AddendumForm(KeyedForm):
    """A dated note on a stage."""

    on = forms.DateField(label=_("Tanggal"), widget=DayInput)
    text = prose(Addendum._meta.get_field("text"), error_messages={"required": _("Isi catatan tambahan.")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = self.user.institution.today()
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.fields["text"].widget.attrs["rows"] = 4
        self.initial.setdefault("on", today)


class ReviseForm(KeyedForm):
    """A new version of assessment or plan."""

    what = forms.ChoiceField(
        label=_("Yang diperbarui"),
        choices=[(name, kind.home.label) for name, kind in REVISABLE.items()],
        widget=forms.RadioSelect,
        error_messages={"required": _("Pilih asesmen atau rencana.")},
    )
    reason = forms.CharField(
        label=_("Alasan versi baru"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Isi alasan versi baru.")},
    )
