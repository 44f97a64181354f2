"""The form that gives a filter a name."""

from typing import Any

from django import forms

from accounts.saved_filters import SavedFilter
from services.forms.base import KeyedForm


class SavedFilterForm(KeyedForm):
    """A name; the filter itself stands in the address of the page."""

    name = SavedFilter._meta.get_field("name").formfield()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget = forms.TextInput(attrs={"maxlength": 60, "autocomplete": "off"})
