"""Bring what lists show of many cases up to date, reading each kind of thing once for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from services import arrears, gates
from services.models import Activity, Arrear, Transition
from services.queue import InQueue, Together
from services.situation import Done
from services.workflow import WORKFLOW, codes_of

CODES = tuple({code for step in WORKFLOW.values() for code in (*codes_of(step.papers), *step.supervision_if)})


class _Crowd(Together):
    """What the next step of a case in service depends on."""

    @cached_property
    def activities(self) -> dict[int, list[Done]]:
        rows = Activity.objects.filter(code__in=CODES, links__case__in=self.pks).order_by("on", "pk")
        found: dict[int, list[Done]] = defaultdict(list)
        told = rows.values_list("links__case", "code", "on", "lines__bimbingan", "pk", "by__name")
        for case, code, on, bimbingan, pk, by in told:
            found[case].append(Done(code, on, bimbingan or "", pk, by))
        return found

    @cached_property
    def transitions(self) -> dict[int, list[Transition]]:
        found: dict[int, list[Transition]] = defaultdict(list)
        for row in Transition.objects.filter(case__in=self.pks).order_by("version"):
            found[row.case_id].append(row)
        return found

    @cached_property
    def arrears(self) -> dict[int, list[Arrear]]:
        found: dict[int, list[Arrear]] = defaultdict(list)
        for row in Arrear.objects.filter(case__in=self.pks, settled_at__isnull=True):
            found[row.case_id].append(row)
        return found


class _One(InQueue):
    queue: _Crowd

    @cached_property
    def transitions(self) -> list[Transition]:
        return self.queue.transitions[self.case.pk]

    @cached_property
    def arrears(self) -> list[Arrear]:
        return self.queue.arrears[self.case.pk]


def refresh(pks: Iterable[int], *, by: User) -> None:
    """Lock those of these cases that are in service, in the order of their keys, and write their next step."""
    rows = Case.objects.filter(pk__in=set(pks), stage=Stage.INTERVENTION, closed_on__isnull=True)
    locked = rows.select_for_update(of=("self",)).select_related("client", "institution").prefetch_related("stays")
    crowd = _Crowd(by, list(locked.order_by("pk")))
    told: dict[tuple[str, date | None, bool], list[int]] = defaultdict(list)
    for case in crowd.cases:
        now = _One(case, crowd)
        before = (case.next_step, case.next_due_on, case.has_arrears)
        arrears.settle(now)
        after = (*gates.next_step(now), case.has_arrears)
        if after != before:
            told[after].append(case.pk)
    for (step, due, has_arrears), cases in told.items():
        Case.objects.filter(pk__in=cases).update(next_step=step, next_due_on=due, has_arrears=has_arrears)
