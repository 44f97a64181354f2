"""Two texts of one form beside each other: what somebody wrote, and what is stored by now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.forms.keyed import KeyedForm
from rehsos import doors, formatting


@dataclass(frozen=True)
class Difference:
    """One field in which the two are not the same, in words."""

    label: str
    mine: str
    stored: str


def differences(mine: KeyedForm, stored: KeyedForm) -> list[Difference]:
    """The fields that differ, in the order of the form; a row that only one of them has is empty in the other."""
    theirs = dict(_fields(stored))
    found = []
    for name, (label, ours) in _fields(mine):
        _label, other = theirs.get(name, ("", None))
        if _words(ours) != _words(other):
            found.append(Difference(label, _words(ours), _words(other)))
    return found


def renewed(posted: QueryDict, stored: KeyedForm) -> QueryDict:
    """What was posted, as if it had been typed into the form as it is now: sending it again is a decision."""
    fresh = posted.copy()
    fresh["draft"] = f"{posted.get('form_key', '')} {posted.get('draft', '')}"
    for name in ("form_key", "version"):
        fresh[name] = str(stored.initial[name])
    return fresh


def overtaken(mine: KeyedForm, stale: doors.Stale) -> None:
    """Say on a form whose text comes back beside another's what happened, and what to do."""
    mine.add_error(None, _("%s Bandingkan, lalu simpan lagi bila tulisan Anda yang benar.") % stale.message)


def _fields(form: KeyedForm) -> Iterator[tuple[str, tuple[str, forms.BoundField]]]:
    """Every field to be filled, by its name in the post; those in rows are told with what the row is about."""
    for field in form.visible_fields():
        yield field.html_name, (str(capfirst(field.label)), field)
    for part in getattr(form, "parts", ()):
        for field in part.visible_fields():
            yield field.html_name, (f"{part.row.label}, {str(field.label).lower()}", field)


def _words(bound: forms.BoundField | None) -> str:
    if bound is None:
        return ""
    value, field = bound.value(), bound.field
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Ya") if field.widget.check_test(value) else _("Tidak")
    if isinstance(field, forms.ChoiceField):
        return _chosen(field, value if isinstance(value, list | tuple) else [value])
    if isinstance(field, forms.DateField):
        return _day(field, value)
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _chosen(field: forms.ChoiceField, values: Iterable[Any]) -> str:
    wanted = {str(value) for value in values if value not in (None, "")}
    return ", ".join(str(label) for value, label in flatten_choices(field.choices) if str(value) in wanted)


def _day(field: forms.DateField, value: Any) -> str:
    try:
        day: date | None = field.to_python(value)
    except ValidationError:
        return str(value)
    return formatting.long_date(day) if day else ""
