"""What the pages of Sarana share."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


def tabs(current: str) -> list[dict[str, Any]]:
    words = {"sarana": _("Kamar")}
    return [
        {"url": reverse(f"services:{name}"), "label": label, "is_current": name == current}
        for name, label in words.items()
    ]
