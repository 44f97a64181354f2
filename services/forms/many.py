"""The forms that act on many cases at once: shared words, and per row whether it takes part and a note of its own."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.forms.keyed import put_in
from cases.models import Case
from rehsos import doors
from rehsos.doors import Refused
from services.catalogue import CATALOGUE
from services.forms.acts import APPROVE, RETURN, Answer, AnswerField
from services.forms.base import KeyedForm
from services.forms.columns import prose
from services.forms.fields import day_field
from services.models import Decision, Request, Supervision
from services.owing import Owing
from services.transitions.deciding_many import Choice
from services.workflow import WORKFLOW, sign_offs_of

PICK, NOTE, VERSION, STATE, KEY = "pick", "note", "version", "state", "key"
ALL_CODES = tuple(dict.fromkeys(code for step in WORKFLOW.values() for code in sign_offs_of(step)))


class Row(NamedTuple):
    """The fields of one row as a page draws them."""

    pick: forms.BoundField
    note: forms.BoundField
    hidden: list[forms.BoundField]


def shown_in(posted: Any) -> list[int]:
    """The rows that a page showed, by what it posted."""
    keys = [name.partition("-")[2] for name in posted if name.startswith(f"{VERSION}-")]
    return [int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19]


class ManyForm(KeyedForm):
    """Rows as fields, with the key of the row in their names."""

    def add_row(self, pk: int, case: Case, note: models.TextField, hidden: dict[str, Any], *, is_chosen: bool) -> None:
        whose = f"{case.client.shown_name} ({case.number})"
        self.fields[f"{PICK}-{pk}"] = forms.BooleanField(required=False, label=whose, initial=is_chosen)
        own = prose(note, required=False, label=_("Catatan sendiri untuk %s") % whose)
        own.widget.attrs["rows"] = 1
        self.fields[f"{NOTE}-{pk}"] = own
        for name, value in hidden.items():
            field = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput, initial=value)
            self.fields[f"{name}-{pk}"] = field

    def take_draft_of_rows(self) -> None:
        """The rows came after the draft was asked for."""
        if self.typed_before is not None:
            put_in(self, self.typed_before)

    def row(self, pk: int) -> Row | None:
        if f"{PICK}-{pk}" not in self.fields:
            return None
        hidden = [self[f"{name}-{pk}"] for name in (VERSION, STATE, KEY) if f"{name}-{pk}" in self.fields]
        return Row(self[f"{PICK}-{pk}"], self[f"{NOTE}-{pk}"], hidden)

    def shared(self) -> list[forms.BoundField]:
        """The fields that are not of a row; where there is nothing to choose from, nothing is asked."""
        found = [field for field in self.visible_fields() if "-" not in field.name]
        return [field for field in found if field.name != "codes" or len(field.field.widget.choices) > 1]

    def chosen(self) -> list[int]:
        picked = ((name.partition("-"), value) for name, value in self.cleaned_data.items() if value)
        return [int(key) for (kind, dash, key), _value in picked if dash and kind == PICK]

    def of_row(self, kind: str, pk: int) -> str:
        return str(self.cleaned_data.get(f"{kind}-{pk}", "")).strip()

    def version_of(self, pk: int) -> int:
        """No version counts as an old one."""
        text = self.of_row(VERSION, pk)
        return int(text) if text.isascii() and text.isdecimal() else -1


class SuperviseManyForm(ManyForm):
    """One note for every case that takes part; a row may have a note of its own."""

    codes = forms.MultipleChoiceField(
        label=_("Butir supervisi"),
        required=False,
        choices=[(code, CATALOGUE[code].label) for code in ALL_CODES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tanpa pilihan: semua yang terutang pada tiap kasus."),
    )
    on = day_field(label=_("Tanggal"))
    note = prose(
        Supervision._meta.get_field("note"),
        label=_("Catatan supervisi bersama"),
        required=True,
        error_messages={"required": _("Isi catatan supervisi.")},
    )
    directions = prose(Supervision._meta.get_field("directions"), required=False)
    partly = forms.BooleanField(
        required=False, label=_("Bila ada kasus yang tidak dapat disupervisi, beri kepada yang lain saja")
    )

    def __init__(self, *args: Any, rows: Iterable[Owing], all_chosen: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(rows)
        shown = {code for row in rows for code in row.codes}
        # Any code is read, so that a second click is answered like the first; only those owed here are offered.
        self.fields["codes"].widget.choices = [(code, CATALOGUE[code].label) for code in ALL_CODES if code in shown]
        self.initial.setdefault("on", self.user.institution.today())
        note = Supervision._meta.get_field("note")
        for row in rows:
            if self.is_bound or row.codes:
                self.add_row(row.case.pk, row.case, note, {VERSION: row.case.version}, is_chosen=all_chosen)
        self.take_draft_of_rows()

    def own_notes(self) -> dict[int, str]:
        found = {pk: self.of_row(NOTE, pk) for pk in self.chosen()}
        return {pk: note for pk, note in found.items() if note}

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.chosen():
            self.add_error(None, _("Pilih paling sedikit satu kasus."))
        return data


class DecideManyForm(ManyForm):
    """One answer for every request that takes part; each row is an act with a key of its own."""

    choice = AnswerField(
        {
            APPROVE: Answer(_("Setujui atau sahkan"), _("Masing-masing berlaku seketika.")),
            RETURN: Answer(_("Kembalikan"), _("Catatan dibaca pekerja sosial sebagai alasannya.")),
        },
        label=_("Keputusan"),
        error_messages={"required": _("Pilih setujui atau kembalikan.")},
    )
    note = prose(
        Decision._meta.get_field("note"),
        required=False,
        label=_("Catatan bersama"),
        help_text=_("Wajib bila supervisi masih terutang atau bila dikembalikan."),
    )

    def __init__(self, *args: Any, requests: Iterable[Request], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.requests = {asked.pk: asked for asked in requests}
        note = Decision._meta.get_field("note")
        for pk, asked in self.requests.items():
            key = doors.form_key(self.user, self.act, asked)
            hidden = {VERSION: asked.case.version, STATE: asked.state, KEY: key}
            self.add_row(pk, asked.case, note, hidden, is_chosen=False)
        self.take_draft_of_rows()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.chosen():
            self.add_error(None, _("Pilih paling sedikit satu pengajuan."))
        try:
            for pk in self.chosen():
                doors.check_key(self.of_row(KEY, pk), self.user, self.act, self.requests[pk])
        except Refused as refusal:
            self.add_error(None, refusal.reasons)
        return data

    def choices(self) -> list[Choice]:
        """What was chosen, in the order of the page."""
        is_return = self.cleaned_data["choice"] == RETURN
        return [
            Choice(
                request=self.requests[pk],
                state=self.of_row(STATE, pk),
                is_return=is_return,
                note=self.of_row(NOTE, pk) or self.cleaned_data["note"],
                version=self.version_of(pk),
                key=self.of_row(KEY, pk),
            )
            for pk in self.chosen()
        ]
