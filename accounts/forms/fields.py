"""Fields that several forms share."""

from typing import Any

from django import forms


def day_field(**options: Any) -> forms.DateField:
    """A date, picked where the browser has a calendar; a typed ``3/7/2026`` is understood as well."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)
