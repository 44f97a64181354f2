"""What follows from a sign-off: its directions become a task for the workers of the case, closed by who gave them."""

from datetime import date

from accounts.models import User
from cases.models import Case
from services import tasks
from services.enums import TaskSource
from services.models import Supervision, Task


def workers_of(case: Case) -> list[User]:
    """The social workers assigned to a case today."""
    today = case.institution.today()
    rows = case.assignments.select_related("worker").order_by("worker")
    return [row.worker for row in rows if row.holds_on(today)]


def follow_up(sign_off: Supervision, *, due_on: date | None = None) -> list[Task]:
    """Inside the transaction of the sign-off; nothing where no direction was given."""
    if not sign_off.directions.strip():
        return []
    case = sign_off.case
    return tasks.give(
        for_users=workers_of(case),
        text=sign_off.directions,
        by=sign_off.by,
        institution=case.institution,
        case=case,
        due_on=due_on,
        source=TaskSource.SUPERVISION,
        source_id=sign_off.pk,
    )
