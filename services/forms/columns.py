"""How the columns of our records become form fields: dates of a calendar, room to write, choices to tap."""

from typing import Any

from django import forms
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

RADIOS = 5  # up to so many choices lie open; more fold into a list
SCALE = (
    (1, _("1 sangat kurang")),
    (2, _("2 kurang")),
    (3, _("3 cukup")),
    (4, _("4 baik")),
    (5, _("5 sangat baik")),
)


class DayInput(forms.DateInput):
    """A calendar of the browser, which reads and writes dates in one form only."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class Prose(forms.CharField):
    """Text of several lines. A line end counts as one letter, as it does in the browser."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(**{"widget": forms.Textarea(attrs={"rows": rows}), **kwargs})

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n")


def drawn(column: models.Field, **kwargs: Any) -> forms.Field | None:
    """The form field of one column; ``formfield_callback`` of every form on records."""
    if column.choices:
        return _choice(column)
    if column.name == "score":
        return forms.TypedChoiceField(
            label=capfirst(column.verbose_name), choices=[("", _("Pilih…")), *SCALE], coerce=int, empty_value=None
        )
    if isinstance(column, models.DateField):
        return column.formfield(**{**kwargs, "widget": DayInput()})
    if isinstance(column, models.TextField):
        return prose(column)
    return column.formfield(**kwargs)


def prose(column: models.TextField, **options: Any) -> Prose:
    """Room for the text of a column, the more the longer it may be."""
    rows = 3 if column.max_length <= 2000 else 4 if column.max_length <= 4000 else 8
    return Prose(
        rows=rows,
        **{
            "label": capfirst(column.verbose_name),
            "max_length": column.max_length,
            "required": not column.blank,
            **options,
        },
    )


def _choice(column: models.Field) -> forms.Field:
    choices = list(column.choices)
    is_open = len(choices) <= RADIOS and not column.blank
    return forms.TypedChoiceField(
        label=capfirst(column.verbose_name),
        choices=choices if is_open else [("", _("Pilih…")), *choices],
        widget=forms.RadioSelect if is_open else forms.Select,
        required=not column.blank,
        empty_value="",
        initial=column.default if column.has_default() else None,
    )
