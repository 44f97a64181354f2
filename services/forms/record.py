"""The form behind every stage record: one ModelForm per kind, and the rows inside it.

The names in a post are the fields of the model, and ``<relation>-<key>-<field>`` for the rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from services.forms import layout
from services.forms.base import KeyedForm, put_in
from services.forms.columns import drawn
from services.forms.layout import Group, Layout, Line, Row, Rows, names
from services.models import RecordPart, StageRecord
from services.recording import Parts

OLDEST = date(1900, 1, 1)
COMING = ("period_on",)  # a period begins before it ends, so its first day is never in the future anyway


def lined(form: forms.BaseForm, lines: tuple[Line, ...]) -> list[list[forms.BoundField]]:
    """The fields of some lines, bound."""
    return [[form[name] for name in ((line,) if isinstance(line, str) else line)] for line in lines]


def refuse_odd_dates(form: forms.ModelForm, today: date) -> None:
    """Nothing that is put on record lies in the future, or before anybody now alive was born."""
    for name, value in list(form.cleaned_data.items()):
        if not isinstance(value, date) or name in COMING:
            continue
        if value > today:
            form.add_error(name, _("Tanggal tidak boleh di masa depan."))
        elif value < OLDEST:
            form.add_error(name, _("Periksa tahunnya."))


# --- The rows inside a record ---------------------------------------------------------------------------------------
class PartForm(forms.ModelForm):
    """One row. A free row that is left blank is no row."""

    group: ClassVar[Rows]

    def __init__(self, *args: Any, row: Row, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, empty_permitted=self.group.free, use_required_attribute=not self.group.free)
        self.row, self.title, self.today = row, row.label, today

    def has_changed(self) -> bool:
        """Whether anything stands in the row, whoever wrote it."""
        return any(self[name].data for name in self.fields)

    @property
    def is_open(self) -> bool:
        """Whether a free row deserves to be seen at once."""
        return bool(self.errors) or any(self[name].value() for name in self.fields)

    @property
    def drawn_lines(self) -> list[list[forms.BoundField]]:
        return lined(self, self.group.lines)

    def clean(self) -> None:
        refuse_odd_dates(self, self.today)

    def content(self) -> dict[str, Any]:
        label = self.cleaned_data["name"] if self.group.free else self.row.label
        return {"key": self.row.key, "label": label, **self.cleaned_data}


def part_form(group: Rows) -> type[PartForm]:
    base = type(f"{group.part.__name__}Form", (PartForm,), {"group": group})
    return forms.modelform_factory(group.part, base, fields=names(group.lines), formfield_callback=drawn)


@dataclass(frozen=True)
class DrawnGroup:
    """One heading of the form as the page draws it: lines of fields, or rows with lines of their own."""

    legend: Any
    hint: Any = ""
    lines: list[list[forms.BoundField]] | None = None
    forms: list[PartForm] | None = None
    is_free: bool = False

    @property
    def first_forms(self) -> list[PartForm]:
        """The rows to see at once: all, or of free ones a few and those in which something stands."""
        return [form for place, form in enumerate(self.forms or []) if not self.is_free or place < 3 or form.is_open]

    @property
    def more_forms(self) -> list[PartForm]:
        return [form for form in self.forms or [] if form not in self.first_forms]


# --- The record -----------------------------------------------------------------------------------------------------
class RecordForm(KeyedForm, forms.ModelForm):
    """The fields of a record, its rows, and what to hand to ``recording.save_record``."""

    layout: ClassVar[Layout]
    part_forms: ClassVar[dict[str, type[PartForm]]]

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case, self.today = case, case.institution.today()
        record = kwargs.get("instance")
        beforehand = {} if record else {"on": self.today, **self.layout.initial(case, kwargs["user"])}
        super().__init__(*args, initial={**beforehand, **kwargs.pop("initial", {})}, **kwargs)
        limits = {"min": case.first_contact_on.isoformat(), "max": self.today.isoformat()}
        self.fields["on"].widget.attrs.update(limits)
        self.row_forms = {group.relation: self._row_forms(group, record) for group in self.layout.rows}
        if self.typed_before:
            for form in self.parts:
                put_in(form, self.typed_before)

    @property
    def is_drafted(self) -> bool:
        """Marks and scores take as long as sentences."""
        return True

    def _row_forms(self, group: Rows, record: StageRecord | None) -> list[PartForm]:
        saved = list(getattr(record, group.relation).all()) if record and record.pk else []
        beforehand = {} if record and record.pk else self.initial.get(group.relation, {})
        return [
            self.part_forms[group.relation](
                self.data if self.is_bound else None,
                prefix=f"{group.relation}-{row.key}",
                instance=part,
                initial={} if part else {**group.initial, **beforehand.get(row.key, {})},
                row=row,
                today=self.today,
            )
            for row, part in placed(group, self.case, saved)
        ]

    @property
    def parts(self) -> Iterator[PartForm]:
        return (form for forms_ in self.row_forms.values() for form in forms_)

    def is_valid(self) -> bool:
        """Every row is looked at, so that all that is wrong is said at once."""
        return all([super().is_valid(), *[form.is_valid() for form in self.parts]])

    def clean(self) -> None:
        refuse_odd_dates(self, self.today)

    def content(self) -> tuple[dict[str, Any], Parts]:
        """The values and the rows for ``recording.save_record``."""
        values = {name: self.cleaned_data[name] for name in self.layout.fields}
        parts = {
            group.part: [form.content() for form in self.row_forms[group.relation] if form.cleaned_data]
            for group in self.layout.rows
        }
        return values, parts

    @property
    def groups(self) -> list[DrawnGroup]:
        """The form in the order of the paper."""
        return [
            DrawnGroup(group.legend, lines=lined(self, group.lines))
            if isinstance(group, Group)
            else DrawnGroup(group.legend, group.hint, forms=self.row_forms[group.relation], is_free=group.free)
            for group in self.layout.groups
        ]

    @property
    def problems(self) -> list[dict[str, str]]:
        """All that is wrong, in words, each with the id of the field to mend."""
        found = [{"id": "", "text": text} for text in self.non_field_errors()]
        for form in (self, *self.parts):
            about = f"{form.row.label}, " if isinstance(form, PartForm) else ""
            for field in form.visible_fields():
                label = f"{about}{str(field.label).lower()}" if about else field.label
                found += [{"id": field.auto_id, "text": f"{label}: {text}"} for text in field.errors]
        return found


def placed(group: Rows, case: Case, saved: list[RecordPart]) -> list[tuple[Row, RecordPart | None]]:
    """Every row with what is saved for it. What is saved and finds no row any more keeps a row of its own."""
    rows = group.keys(case)
    if group.free:
        rows += layout.participant_rows(len(rows) + 1, len(saved) + 1)
        return [(row, saved[place] if place < len(saved) else None) for place, row in enumerate(rows)]
    left = {getattr(part, group.kept_by): part for part in saved}
    found = [(row, left.pop(getattr(row, group.kept_by), None)) for row in rows]
    by_label = group.kept_by == "label"
    for number, part in enumerate(left.values(), len(rows) + 1):
        found.append((Row(str(number) if by_label else part.key, part.label), part))
    return found
