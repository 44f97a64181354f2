"""What every home begins with: the tasks of this person that wait for an answer, the nearest due date first."""

from accounts.models import User
from services.models import Task

SHOWN = 6


def waiting_for(user: User) -> list[Task]:
    rows = Task.objects.visible_to(user).open().filter(for_user=user)
    return list(rows.select_related("case__client", "given_by").defer("case__client__nik")[:SHOWN])
