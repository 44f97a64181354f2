"""What every home begins with: tasks that wait for an answer, and the days of the law in one's own cases."""

from datetime import timedelta

from accounts.enums import Role
from accounts.models import User
from cases.models import Case
from services.models import CourtDate, Task
from services.note_enums import CourtState

SHOWN = 6
AHEAD = timedelta(days=14)


def waiting_for(user: User) -> list[Task]:
    rows = Task.objects.visible_to(user).open().filter(for_user=user)
    return list(rows.select_related("case__client", "given_by").defer("case__client__nik")[:SHOWN])


def courts(user: User) -> list[CourtDate]:
    """What is due within two weeks, and what has passed without a result; for social workers."""
    if not user.has_role(Role.SOCIAL_WORKER) or not user.institution:
        return []
    mine = Case.objects.visible_to(user).assigned_to(user).open()
    until = user.institution.today() + AHEAD
    rows = CourtDate.objects.filter(state=CourtState.PLANNED, on__lte=until, case__in=mine)
    return list(rows.select_related("case__client").defer("case__client__nik")[:SHOWN])
