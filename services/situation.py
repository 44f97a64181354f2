"""What is on record for a case in its present stage, each thing read once and only when asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model, Prefetch, QuerySet

from cases.enums import Bimbingan, Stage, StayEnd
from cases.models import Case, Stay
from services import reading, records
from services.enums import Kind, State
from services.models import (
    Activity,
    Arrear,
    Decision,
    Departure,
    Goal,
    Minutes,
    OpeningEntry,
    ProgressSheet,
    Request,
    StageRecord,
    Supervision,
    Transition,
)
from services.models.record import digest
from services.workflow import WORKFLOW, Exit, Paper, Step, Way, codes_of, exit_row

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Done:
    """One activity of a case in one bimbingan (or none), and the kind of record that wrote it, if any."""

    code: str
    on: date
    bimbingan: str
    pk: int
    by: str
    kind: str = ""


class Situation:
    """Read-only view of one case for gates, pages and papers.

    A page shows a whole stage, so it reads one ``at_once``; a write asks for a few kinds, which is quicker one by one.
    """

    def __init__(self, case: Case, *, at_once: bool = False) -> None:
        self.case, self._at_once = case, at_once
        self.stage = Stage(case.stage)
        self.step: Step = WORKFLOW[self.stage]
        self.today = case.institution.today()
        self._records: dict[type[StageRecord], list[Any]] = {}

    def records_of(self, kind: type[StageRecord]) -> list[Any]:
        """The records of one kind that count in the present round, with their parts."""
        if kind not in self._records and self._at_once:
            self._records |= reading.of_stage(self.case, kind.home)
        elif kind not in self._records:
            rows = kind.of(self.case).prefetch_related(*reading.parts_of(kind))
            self._records[kind] = list(rows)
        return self._records[kind]

    def _named(self, rows: QuerySet[Row], *people: str) -> QuerySet[Row]:
        """With the people who acted, for pages; a write asks what was done, and asking is most of its time."""
        return rows.select_related(*people) if self._at_once else rows

    @cached_property
    def activities(self) -> list[Done]:
        rows = (
            Activity.objects.filter(links__case=self.case)
            .order_by("on", "pk")
            .values_list("code", "on", "lines__bimbingan", "pk", "by__name", "record_kind")
        )
        return [Done(code, on, bimbingan or "", pk, by, kind) for code, on, bimbingan, pk, by, kind in rows]

    @cached_property
    def transitions(self) -> list[Transition]:
        return list(self._named(Transition.objects.filter(case=self.case), "by").order_by("version"))

    @cached_property
    def requests(self) -> list[Request]:
        decisions = Prefetch("decisions", self._named(Decision.objects.all(), "decided_by"))
        rows = self._named(Request.objects.filter(case=self.case), "requested_by", "transfer__receiver")
        return list(rows.prefetch_related(decisions).order_by("requested_at", "pk"))

    @cached_property
    def supervisions(self) -> list[Supervision]:
        return list(self._named(Supervision.objects.filter(case=self.case), "by").order_by("at", "pk"))

    @cached_property
    def departures(self) -> list[Departure]:
        """Every exit that was recorded, the last one last."""
        rows = Departure.objects.filter(case=self.case).select_related("minutes__author", "recorded_by")
        return list(rows.order_by("recorded_at", "pk"))

    @cached_property
    def departure(self) -> Departure | None:
        """The exit that is recorded but not yet settled."""
        if not self.case.is_leaving:
            return None
        return next((row for row in self.departures if row.is_open), None)

    @property
    def minutes(self) -> Minutes | None:
        return getattr(self.departure, "minutes", None) if self.departure else None

    @property
    def exit(self) -> Exit | None:
        """The row of the table for the open departure."""
        if self.departure is None:
            return None
        return exit_row(StayEnd(self.departure.way), is_placed=self.departure.stay_id is not None)

    @cached_property
    def arrears(self) -> list[Arrear]:
        """The papers that may follow later and have not come yet."""
        if not self.case.has_arrears:
            return []
        return list(Arrear.objects.filter(case=self.case, settled_at__isnull=True))

    @cached_property
    def stays(self) -> list[Stay]:
        return list(self.case.stays.all())

    @cached_property
    def opening(self) -> OpeningEntry | None:
        """How the case was taken over from before the system; nothing for every other case."""
        if self.case.taken_over_on is None:
            return None
        rows = OpeningEntry.objects.select_related("opening_list", "imported_by").prefetch_related("stages")
        return rows.get(case=self.case)

    def is_before_system(self, stage: Stage) -> bool:
        """A stage that was over when the case was taken over, and that it has not gone back to since."""
        if self.opening is None or stage.position >= Stage(self.opening.stage).position:
            return False
        return stage.position < self.stage.position and not any(move.to_stage == stage for move in self.transitions)

    @property
    def waiting(self) -> Request | None:
        """The request that freezes the stage now."""
        return next((request for request in self.requests if request.is_waiting), None)

    @property
    def asked_on(self) -> date:
        """The day for which papers are due: while a request waits, the day it was made (nobody can add any since)."""
        if self.waiting is None:
            return self.today
        return self.waiting.requested_at.astimezone(ZoneInfo(self.case.institution.time_zone)).date()

    @property
    def endorsed(self) -> Request | None:
        """The last decision endorsed in this dwelling of the case."""
        kind = self.step.decision.kind if self.step.decision else None
        here = [
            request
            for request in self.requests
            if request.state == State.ENDORSED and request.case_version == self.case.version and request.kind == kind
        ]
        return here[-1] if here else None

    @property
    def endorsed_at(self) -> datetime:
        """When that decision was endorsed; ask only where there is one."""
        assert self.endorsed is not None
        return max(decision.decided_at for decision in self.endorsed.decisions.all())

    @property
    def way(self) -> Way | None:
        """The answer of the last endorsed decision, whatever follows from it."""
        if self.endorsed and self.step.decision:
            return self.step.decision.ways.get(self.endorsed.way)
        return None

    @property
    def settled_way(self) -> Way | None:
        """The answer that settles the decision of this stage; a waiting list or an extension settles nothing."""
        return self.way if self.way and not self.way.stays else None

    @property
    def pending(self) -> Kind:
        """What is to be asked for next: the decision of this stage, its end, an exit's endorsement, a reversal."""
        if self.waiting:
            return Kind(self.waiting.kind)
        if self.case.is_closed:
            return Kind.REVERSAL
        if self.departure:
            return Kind.EXIT
        if self.step.decision and not self.settled_way:
            return self.step.decision.kind
        return Kind.STAGE

    @property
    def is_revised(self) -> bool:
        """A newer version of assessment or plan was begun during intervention."""
        return self.stage == Stage.INTERVENTION and max(self.case.plan_edition, self.case.assessment_edition) > 1

    @property
    def planned(self) -> list[Bimbingan]:
        """The bimbingan in the client's plan, in the document's order."""
        chosen = {goal.bimbingan for goal in self.records_of(Goal)}
        if not chosen and self.opening and self.case.round == self.opening.round:
            chosen = set(self.opening.planned)  # the plan was made on paper
        return [bimbingan for bimbingan in Bimbingan if bimbingan in chosen]

    def began_on(self, stage: Stage) -> date | None:
        """The day the case first entered a stage in its present round."""
        wanted_round = self.case.round_of(stage)
        for move in self.transitions:
            if move.to_stage == stage and (move.round == wanted_round or not stage.is_per_round):
                return move.on
        return None

    def judged(self, papers: tuple[Paper, ...]) -> list[StageRecord]:
        """The records behind papers: what a request or a sign-off judges (activities do not count)."""
        kinds: Iterable[type[StageRecord]] = records.behind(codes_of(papers))
        if "progress" in papers:
            kinds = (*kinds, ProgressSheet)
        found = [record for kind in kinds if self._is_at_hand(kind) for record in self.records_of(kind)]
        return [self.minutes, *found] if "minutes" in papers and self.minutes else found

    def _is_at_hand(self, kind: type[StageRecord]) -> bool:
        """Its stage is the present one; an exit brings referral papers, a revision those of assessment and plan."""
        if self.pending == Kind.EXIT or kind.home == self.stage:
            return True
        return self.is_revised and bool(kind.edition_of)

    def digest_of(self, papers: tuple[Paper, ...]) -> str:
        return digest(self.judged(papers))

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers that the pending request judges."""
        return self.papers_for(self.pending)

    def papers_for(self, kind: Kind) -> tuple[Paper, ...]:
        """The papers that a request of one kind judges; a transfer or a reversal judges none."""
        if kind == Kind.EXIT:
            return self.exit.papers if self.exit else ()
        if kind in (Kind.TRANSFER, Kind.REVERSAL):
            return ()
        if kind != Kind.STAGE:
            return self.step.papers
        after = self.settled_way.papers if self.settled_way else ()
        agreed_anew: tuple[Paper, ...] = ("C.n",) if self.is_revised and self.case.plan_edition > 1 else ()
        return (*self.step.papers, *after, *agreed_anew)


class Untouched(Situation):
    """A case as it is being taken over: it has its stage and its plan, and nothing is on record yet."""

    activities, requests, supervisions, departures, arrears = [], [], [], [], []

    def __init__(self, case: Case, planned: Iterable[str], stay: Stay | None) -> None:
        super().__init__(case)
        self.opening = OpeningEntry(case=case, stage=case.stage, round=case.round, planned=list(planned))
        move = Transition(case=case, to_stage=case.stage, round=case.round, on=case.stage_since_on)
        self.transitions, self.stays, self.departure = [move], [stay] if stay else [], None

    def records_of(self, kind: type[StageRecord]) -> list[Any]:
        return []
