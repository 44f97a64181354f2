"""Money as people write it: rupiah without cents, with or without points between the thousands."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rehsos.formatting import number, rupiah

WRITTEN = re.compile(r"(?:rp\.?\s*)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,-|,00)?", re.IGNORECASE)


class RupiahField(forms.CharField):
    """``1250000``, ``1.250.000`` and ``Rp1.250.000`` are the same; empty is 0."""

    def __init__(self, *, most: int, **options: Any) -> None:
        self.most = most
        attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "0"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **options)

    def clean(self, value: Any) -> int:
        typed = super().clean(value)
        if not typed:
            return 0
        found = WRITTEN.fullmatch(typed)
        if found is None:
            raise ValidationError(_("Tulis rupiah bulat, misalnya 150.000."))
        amount = int(found[1].replace(".", ""))
        if amount > self.most:
            raise ValidationError(_("Paling banyak %s.") % rupiah(self.most))
        return amount

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) and value else value or ""
