"""Cases go from one worker to another, and the running tasks about them go along."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from accounts.models import User
from cases import registry
from cases.models import Assignment, Case, in_force
from services import tasks
from services.models import Task


@transaction.atomic
def assign(*, case: Case, worker: User, by: User, only: bool = False, key: str = "") -> Assignment:
    """``registry.assign``; what the workers who end had to do about the case is the new one's."""
    row = registry.assign(case=case, worker=worker, by=by, only=only, key=key)
    if only:
        _pass_on(Task.objects.filter(case=case), worker, by)
    return row


@transaction.atomic
def hand_over(*, from_worker: User, to_worker: User, by: User, until_on: date | None = None, key: str = "") -> int:
    """``registry.hand_over``; for good, the tasks go along; a substitute sees them on the case."""
    count = registry.hand_over(from_worker=from_worker, to_worker=to_worker, by=by, until_on=until_on, key=key)
    if until_on is None:
        _pass_on(Task.objects.filter(for_user=from_worker), to_worker, by)
    return count


def _pass_on(rows: Iterable[Task], worker: User, by: User) -> None:
    """Those whose case the asked worker has lost and this one holds; a second time there are none left."""
    assert by.institution is not None
    held = Assignment.objects.filter(in_force(by.institution.today()))
    theirs = held.filter(worker=worker).values("case")
    found = Task.objects.running().filter(pk__in=rows, case__in=theirs, case__closed_on__isnull=True)
    lost = found.exclude(for_user=worker).filter(for_user__assignments__case__in=theirs).distinct()
    for task in lost.select_related("case").order_by("pk"):
        if not held.filter(case=task.case, worker=task.for_user_id).exists():
            tasks.pass_on(task, worker, by)
