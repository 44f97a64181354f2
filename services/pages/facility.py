"""What the pages of Sarana share."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from cases.models import WHOLE_UPT
from services import tools


def tabs(current: str, user: User) -> list[dict[str, Any]]:
    """The parts of Sarana that a person may open."""
    parts = (
        ("sarana", _("Kamar"), (Role.SOCIAL_WORKER, *WHOLE_UPT)),
        ("tools", _("Alat"), tools.READERS),
    )
    return [
        {"url": reverse(f"services:{name}"), "label": label, "is_current": name == current}
        for name, label, roles in parts
        if user.has_role(*roles)
    ]
