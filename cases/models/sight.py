"""Who sees a whole UPT, and which assignments hold today."""

from datetime import date

from django.db.models import Q

from accounts.enums import Role

WHOLE_UPT = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE)


def in_force(today: date) -> Q:
    """Assignments that hold today; on the day one ends it holds no longer."""
    return Q(since_on__lte=today) & (Q(until_on__isnull=True) | Q(until_on__gt=today))
