"""Two texts of one form beside each other: what somebody wrote, and what is stored by now."""

from collections.abc import Callable, Iterable, Iterator
from datetime import time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.choices import flatten_choices
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.forms.keyed import Difference, KeyedForm, Result, tried
from rehsos import doors, formatting

Draw = Callable[[QueryDict | None], KeyedForm]


def tried_beside(
    form: KeyedForm, draw: Draw, act: Callable[..., Result], **kwargs: Any
) -> tuple[Result | None, KeyedForm]:
    """``tried``, and the form to show if nothing came of it: where somebody was faster, one that knows of theirs.

    ``draw`` makes the form anew, from the database as it is then and from what was posted, if anything.
    """
    try:
        return tried(form, act, **kwargs), form
    except doors.Stale as stale:
        return None, beside(form, draw, stale)


def beside(form: KeyedForm, draw: Draw, stale: doors.Stale) -> KeyedForm:
    """What was posted, in a form that can be sent again, with what is stored by now beside it."""
    stored = draw(None)
    mine = draw(renewed(form.data, stored))
    overtaken(mine, stale)
    mine.differences, mine.faster = differences(mine, stored), _faster(stale)
    return mine


def _faster(stale: doors.Stale) -> str:
    if not stale.by:
        return ""
    told = {"name": stale.by, "when": formatting.moment(stale.at) if stale.at else ""}
    return _("disimpan %(name)s, %(when)s") % told if stale.at else _("disimpan %(name)s") % told


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
    """Every field to be filled, by its name in the post; those in rows with the title of their row."""
    for field in form.visible_fields():
        if field.name in form.aside or field.field.widget.attrs.get("type") == "search":
            continue  # an answer to the page, not a part of what is stored
        yield field.html_name, (str(capfirst(field.label)), field)
    for part in getattr(form, "parts", ()):
        for field in part.visible_fields():
            yield field.html_name, (f"{part.title}, {str(field.label).lower()}", field)


def _words(bound: forms.BoundField | None) -> str:
    if bound is None:
        return ""
    value, field = bound.value(), bound.field
    if isinstance(field, forms.FileField):
        value = bound.data
        return _("%s (pilih berkasnya lagi)") % value.name if value else ""
    if isinstance(field.widget, forms.CheckboxInput):
        return _("Ya") if field.widget.check_test(value) else _("Tidak")
    if isinstance(field, forms.ChoiceField):
        return _chosen(field, value if isinstance(value, list | tuple) else [value])
    return _spelled(field, value)


def _chosen(field: forms.ChoiceField, values: Iterable[Any]) -> str:
    wanted = {str(value) for value in values if value not in (None, "")}
    return ", ".join(str(label) for value, label in flatten_choices(field.choices) if str(value) in wanted)


def _spelled(field: forms.Field, value: Any) -> str:
    """A day, a time or a number as the field understands it, so that two spellings of one thing are the same."""
    if isinstance(field, forms.DateField | forms.TimeField | forms.DecimalField | forms.IntegerField):
        try:
            value = field.to_python(value)
        except ValidationError:
            return str(value)
    if isinstance(field, forms.DateField):
        return formatting.long_date(value) if value else ""
    if isinstance(value, time):
        return f"{value:%H.%M}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value).replace("\r\n", "\n").strip()
