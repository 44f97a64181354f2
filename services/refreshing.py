"""Next step and due date of many cases at once: the same answer as one by one, for a number of queries that stands.

An act for a whole house touches hundreds of cases. Few of them change by it (the first entry of the day book since a
stage began, the first service of a bimbingan), so whoever writes names those, and they are read together.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Case as When
from django.db.models import CharField, DateField, Exists, F, OuterRef, Q, Value
from django.db.models import When as If

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from services import arrears, gates
from services.models import Activity, ActivityCase, Arrear, Transition
from services.queue import InQueue, Together, by_case
from services.situation import Done
from services.workflow import WORKFLOW, codes_of

CODES = tuple({code for step in WORKFLOW.values() for code in (*codes_of(step.papers), *step.supervision_if)})


def first_of(*codes: str) -> Q:
    """Cases for which an activity under one of these codes is the first since the present stage began.

    For rows with a ``case``; only intervention asks for such activities.
    """
    done = ActivityCase.objects.filter(
        case=OuterRef("case"), activity__code__in=codes, activity__on__gte=OuterRef("case__stage_since_on")
    )
    return Q(case__stage=Stage.INTERVENTION) & ~Exists(done)


def refresh(pks: Iterable[int], *, by: User) -> None:
    """Lock those of these cases that are in intervention, in the order of their keys, and bring them up to date."""
    rows = Case.objects.filter(pk__in=set(pks), stage=Stage.INTERVENTION, closed_on__isnull=True)
    refresh_many(rows.select_for_update(of=("self",)).select_related("client", "institution").order_by("pk"), by=by)


def refresh_many(cases: Iterable[Case], *, by: User) -> None:
    """What lists show of these cases, which the caller has locked, brought up to date."""
    crowd = _Crowd(by, list(cases))
    changed = []
    for case in crowd.cases:
        before = _shown(case)
        now = _One(case, crowd)
        arrears.settle(now)
        case.next_step, case.next_due_on = gates.next_step(now)
        if _shown(case) != before:
            changed.append(case)
    _store(changed)


def _shown(case: Case) -> tuple[Any, ...]:
    return case.next_step, case.next_due_on, case.is_leaving, case.has_arrears


def _store(cases: list[Case]) -> None:
    """One statement for all: bulk_update would cut it into batches, the more the more cases there are."""
    if not cases:
        return
    keys = [case.pk for case in cases]
    rows = Case.objects.filter(pk__in=keys)
    steps, days, owing = _grouped(cases, "next_step"), _grouped(cases, "next_due_on"), _grouped(cases, "has_arrears")
    rows.update(
        next_step=_by_key(steps, CharField(), F("next_step")),
        next_due_on=_by_key(days, DateField(), F("next_due_on")),
        has_arrears=Q(pk__in=owing.get(True, [0])),
    )


def _grouped(cases: list[Case], name: str) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = defaultdict(list)
    for case in cases:
        found[getattr(case, name)].append(case.pk)
    return found


def _by_key(groups: dict[Any, list[int]], kind: Any, default: F) -> When:
    return When(
        *(If(pk__in=keys, then=Value(value, kind)) for value, keys in groups.items()),
        default=default,
        output_field=kind,
    )


class _Crowd(Together):
    """What the next steps of many cases depend on, each kind of thing read once."""

    @cached_property
    def activities(self) -> dict[int, list[Done]]:
        rows = Activity.objects.filter(code__in=CODES, links__case__in=self.pks).order_by("on", "pk")
        found: dict[int, list[Done]] = defaultdict(list)
        told = rows.values_list("links__case", "code", "on", "lines__bimbingan", "pk", "by__name", "record_kind")
        for case, code, on, bimbingan, pk, by, kind in told:
            found[case].append(Done(code, on, bimbingan or "", pk, by, kind))
        return found

    @cached_property
    def transitions(self) -> dict[int, list[Transition]]:
        return by_case(Transition.objects.filter(case__in=self.pks).order_by("version"))

    @cached_property
    def arrears(self) -> dict[int, list[Arrear]]:
        return by_case(Arrear.objects.filter(case__in=self.pks, settled_at__isnull=True))


class _One(InQueue):
    """One of many cases. Stays, which hardly any next step needs, it asks for by itself."""

    queue: _Crowd

    @cached_property
    def transitions(self) -> list[Transition]:
        return self.queue.transitions[self.case.pk]

    @cached_property
    def arrears(self) -> list[Arrear]:
        return self.queue.arrears[self.case.pk] if self.case.has_arrears else []
