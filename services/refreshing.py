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

from cases.enums import Stage
from cases.models import Case
from services import arrears, gates, reading
from services.models import Activity, ActivityCase, Arrear, Departure, Request, StageRecord, Transition
from services.situation import Done, Situation
from services.workflow import WORKFLOW, codes_of

SERVED = codes_of(WORKFLOW[Stage.INTERVENTION].papers)


def first_of(*codes: str) -> Q:
    """Cases for which an activity under one of these codes is the first since the present stage began.

    For rows with a ``case``; only intervention asks for such activities.
    """
    done = ActivityCase.objects.filter(
        case=OuterRef("case"), activity__code__in=codes, activity__on__gte=OuterRef("case__stage_since_on")
    )
    return Q(case__stage=Stage.INTERVENTION) & ~Exists(done)


def refresh_many(cases: Iterable[Case]) -> None:
    """What lists show of these cases, brought up to date."""
    together = _Together(list(cases))
    changed = []
    for case in together.cases:
        before = _shown(case)
        now = _InMany(case, together)
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


class _Together:
    """What is on record for many cases, each kind of thing read once."""

    def __init__(self, cases: list[Case]) -> None:
        self.cases, self.pks = cases, [case.pk for case in cases]

    @cached_property
    def records(self) -> dict[int, dict[type[StageRecord], list[Any]]]:
        return reading.of_cases(self.cases)

    @cached_property
    def activities(self) -> dict[int, list[Done]]:
        rows = Activity.objects.filter(code__in=SERVED, links__case__in=self.pks).order_by("on", "pk")
        found: dict[int, list[Done]] = defaultdict(list)
        told = rows.values_list("links__case", "code", "on", "lines__bimbingan", "pk", "by__name")
        for case, code, on, bimbingan, pk, by in told:
            found[case].append(Done(code, on, bimbingan or "", pk, by))
        return found

    @cached_property
    def transitions(self) -> dict[int, list[Transition]]:
        return _by_case(Transition.objects.filter(case__in=self.pks).order_by("version"))

    @cached_property
    def requests(self) -> dict[int, list[Request]]:
        return _by_case(Request.objects.filter(case__in=self.pks).order_by("requested_at", "pk"))

    @cached_property
    def departures(self) -> dict[int, list[Departure]]:
        rows = Departure.objects.filter(case__in=self.pks).select_related("minutes", "recorded_by")
        return _by_case(rows.order_by("recorded_at", "pk"))

    @cached_property
    def arrears(self) -> dict[int, list[Arrear]]:
        return _by_case(Arrear.objects.filter(case__in=self.pks, settled_at__isnull=True))


class _InMany(Situation):
    """One of many cases. What no next step needs (stays, sign-offs, decisions) it would ask for one by one."""

    def __init__(self, case: Case, together: _Together) -> None:
        super().__init__(case)
        self.together = together

    def records_of(self, kind: type[StageRecord]) -> list[Any]:
        here = self.together.records[self.case.pk]
        return here[kind] if kind in here else super().records_of(kind)

    @cached_property
    def activities(self) -> list[Done]:
        return self.together.activities[self.case.pk]

    @cached_property
    def transitions(self) -> list[Transition]:
        return self.together.transitions[self.case.pk]

    @cached_property
    def requests(self) -> list[Request]:
        return self.together.requests[self.case.pk]

    @cached_property
    def departures(self) -> list[Departure]:
        return self.together.departures[self.case.pk]

    @cached_property
    def arrears(self) -> list[Arrear]:
        return self.together.arrears[self.case.pk] if self.case.has_arrears else []


def _by_case(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found
