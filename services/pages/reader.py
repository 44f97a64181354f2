"""Who reads the pages of a case, and what they may do there: asked once per page."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import User
from cases.models import Assignment
from services import permissions
from services.situation import Situation


@dataclass(frozen=True)
class Reader:
    """One person before one case. The write functions ask again; this only decides what the page offers."""

    user: User
    workers: list[User]
    is_worker: bool
    may_log: bool
    may_supervise: bool
    may_assign: bool


def of(user: User, now: Situation) -> Reader:
    rows = Prefetch("assignments", Assignment.objects.select_related("worker"))
    prefetch_related_objects([now.case], rows)
    return Reader(
        user=user,
        workers=[row.worker for row in now.case.assignments.all() if row.holds_on(now.today)],
        is_worker=permissions.is_worker(user, now.case),
        may_log=not permissions.why_not_log(user, now.case),
        may_supervise=user.has_role(*permissions.SUPERVISING),
        may_assign=not permissions.why_not_assign(user),
    )
