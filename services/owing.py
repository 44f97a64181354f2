"""The cases of a stage that still wait for sign-offs, and which of these one reader may give; read for all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Max, Prefetch

from accounts.models import User
from cases.enums import Stage
from cases.models import Assignment, Case, CaseQuerySet
from services import gates, permissions
from services.models import Departure, Request
from services.queue import InQueue, Together
from services.situation import Done
from services.workflow import WORKFLOW

SHOWN = 60


@dataclass(frozen=True)
class Owing:
    """One case with the codes it owes; ``codes`` are those this reader may sign, ``why_not`` says why none."""

    case: Case
    codes: list[str]
    workers: str
    why_not: str


def of_stage(user: User, stage: Stage) -> list[Owing]:
    """Those longest in the stage first. What is leaving has its own sign-offs, on its own page."""
    cases = Case.objects.visible_to(user).open().filter(stage=stage, is_leaving=False)
    return [row for row in _rows(user, cases.order_by("stage_since_on", "pk")[:SHOWN]) if row.codes or row.why_not]


def of_cases(user: User, pks: Iterable[int]) -> list[Owing]:
    """These very cases, whatever has become of them since they were shown."""
    return _rows(user, Case.objects.visible_to(user).filter(pk__in=pks).order_by("stage_since_on", "pk"))


def _rows(user: User, cases: CaseQuerySet) -> list[Owing]:
    held = Prefetch("assignments", Assignment.objects.select_related("worker"))
    together = _Together(user, list(cases.select_related("client", "institution").prefetch_related(held)))
    return [_row(InOwing(case, together), together) for case in together.cases]


def _row(now: "InOwing", together: "_Together") -> Owing:
    found = {sign_off.code: _why_not(now, together, sign_off.code) for sign_off in gates.unsigned(now)}
    here = [row.worker.name for row in now.case.assignments.all() if row.holds_on(now.today)]
    codes = [code for code, why_not in found.items() if not why_not]
    return Owing(now.case, codes, ", ".join(here), "" if codes else next(iter(found.values()), ""))


def _why_not(now: "InOwing", together: "_Together", code: str) -> str:
    judged = gates.judged_records(now, code)
    return permissions.why_not_supervise(together.user, now.case, judged, now.waiting, together.staff)


class _Together(Together):
    @cached_property
    def requests(self) -> dict[int, list[Request]]:
        """Of decisions only the last moment is looked at, so it comes along."""
        rows = Request.objects.filter(case__in=self.pks).annotate(decided_at=Max("decisions__decided_at"))
        found: dict[int, list[Request]] = {pk: [] for pk in self.pks}
        for row in rows.order_by("requested_at", "pk"):
            found[row.case_id].append(row)
        return found


class InOwing(InQueue):
    """One of these cases. Exits and activities are read only where a sign-off can depend on them."""

    @cached_property
    def departure(self) -> Departure | None:
        return super().departure if self.case.is_leaving else None

    @cached_property
    def activities(self) -> list[Done]:
        return super().activities if WORKFLOW[self.stage].supervision_if else []

    @property
    def endorsed_at(self) -> datetime:
        assert self.endorsed is not None
        return self.endorsed.decided_at
