"""The queue: every request that waits in a UPT, what it still needs, and who may decide it, read for all at once."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from accounts.enums import Role
from accounts.models import User
from cases.models import Case
from services import gates, permissions, reading
from services.enums import State
from services.gates import SignOff
from services.models import Activity, Decision, Departure, OpeningEntry, Request, StageRecord, Supervision
from services.situation import Done, Situation
from services.workflow import WORKFLOW

READ = 40
# The only activities that a sign-off depends on; a case may have hundreds of others.
CAUSES = sorted({code for step in WORKFLOW.values() for causes in step.supervision_if.values() for code in causes})


@dataclass(frozen=True)
class Waiting:
    """One request of the queue as this reader finds it. ``why_not`` is empty where they may decide."""

    request: Request
    case: Case
    judged: list[StageRecord]
    owed: list[SignOff]
    why_not: str


class Together:
    """Many cases of one UPT as one reader finds them, each thing about all of them read once."""

    def __init__(self, user: User, cases: list[Case]) -> None:
        self.user, self.cases = user, cases
        self.pks = [case.pk for case in cases]

    @cached_property
    def staff(self) -> list[Any]:
        """Only a head asks whether a supervisor could decide."""
        return permissions.supervising_staff(self.user.institution) if self.user.has_role(Role.HEAD) else []

    @cached_property
    def requests(self) -> dict[int, list[Request]]:
        decisions = Prefetch("decisions", Decision.objects.select_related("decided_by"))
        rows = Request.objects.filter(case__in=self.pks).select_related("requested_by", "transfer__receiver")
        return by_case(rows.prefetch_related(decisions).order_by("requested_at", "pk"))

    @cached_property
    def supervisions(self) -> dict[int, list[Supervision]]:
        return by_case(Supervision.objects.filter(case__in=self.pks).select_related("by").order_by("at", "pk"))

    @cached_property
    def activities(self) -> dict[int, list[Done]]:
        rows = Activity.objects.filter(code__in=CAUSES, links__case__in=self.pks).order_by("on", "pk")
        found: dict[int, list[Done]] = defaultdict(list)
        for case, code, on, pk, by in rows.values_list("links__case", "code", "on", "pk", "by__name"):
            found[case].append(Done(code, on, "", pk, by))
        return found

    @cached_property
    def departures(self) -> dict[int, list[Departure]]:
        """The exits that are recorded but not yet settled."""
        rows = Departure.objects.filter(case__in=self.pks, settled_at__isnull=True, undone_at__isnull=True)
        return by_case(rows.select_related("minutes", "recorded_by"))

    @cached_property
    def openings(self) -> dict[int, OpeningEntry]:
        """How those were taken over that began before the system."""
        taken = [case.pk for case in self.cases if case.taken_over_on]
        rows = OpeningEntry.objects.filter(case__in=taken).select_related("opening_list", "imported_by")
        return {row.case_id: row for row in rows.prefetch_related("stages")} if taken else {}

    @cached_property
    def records(self) -> dict[int, dict[type[StageRecord], list[Any]]]:
        return reading.of_cases(self.cases)


class Queue(Together):
    """The oldest waiting requests of the UPT."""

    def __init__(self, user: User) -> None:
        cases = Case.objects.visible_to(user)
        asked = Request.objects.filter(state__in=State.waiting(), case__in=cases)
        rows = asked.select_related("case__client", "case__institution", "requested_by")
        self.asked = list(rows.order_by("requested_at", "pk")[:READ])
        super().__init__(user, [request.case for request in self.asked])

    def waiting(self) -> list[Waiting]:
        """The longest waiting first."""
        prefetch_related_objects(self.cases, "assignments")
        situations = [InQueue(request.case, self) for request in self.asked]
        # Whatever was decided between two of our questions waits no longer.
        return [self._waiting(now, now.waiting) for now in situations if now.waiting]

    def _waiting(self, now: "InQueue", request: Request) -> Waiting:
        judged = gates.judged_work(now)
        return Waiting(request, now.case, judged, gates.unsigned(now), self._why_not(now, request, judged))

    def _why_not(self, now: Situation, request: Request, judged: list[StageRecord]) -> str:
        if request.state == State.AWAITING_HEAD:
            return permissions.why_not_endorse(self.user, now.case, judged, request)
        return permissions.why_not_supervise(self.user, now.case, judged, request, self.staff)


class InQueue(Situation):
    """One of many cases: what it asks for is read for all of them together. Of activities, only ``CAUSES``."""

    def __init__(self, case: Case, queue: Together) -> None:
        super().__init__(case)
        self.queue = queue

    def records_of(self, kind: type[StageRecord]) -> list[Any]:
        here = self.queue.records[self.case.pk]
        return here[kind] if kind in here else super().records_of(kind)

    @cached_property
    def opening(self) -> OpeningEntry | None:
        return self.queue.openings.get(self.case.pk)

    @cached_property
    def requests(self) -> list[Request]:
        return self.queue.requests[self.case.pk]

    @cached_property
    def supervisions(self) -> list[Supervision]:
        return self.queue.supervisions[self.case.pk]

    @cached_property
    def departure(self) -> Departure | None:
        return next(iter(self.queue.departures[self.case.pk]), None)

    @cached_property
    def activities(self) -> list[Done]:
        return self.queue.activities[self.case.pk]


def by_case(rows: Any) -> dict[int, list[Any]]:
    """Rows by the case they are about."""
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found
