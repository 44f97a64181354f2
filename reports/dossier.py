"""What is on record about one stage of a case, in the round that counts for the paper, each thing read once."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from accounts.models import User
from cases.enums import Bimbingan, Stage
from cases.models import Case, Stay
from services import records
from services.catalogue import CATALOGUE, for_stage
from services.enums import Act, ArrearKind, Move, State
from services.models import (
    Activity,
    Addendum,
    Arrear,
    Decision,
    Departure,
    Goal,
    Request,
    StageRecord,
    Supervision,
    Transition,
)
from services.reading import parts_of
from services.situation import Situation
from services.workflow import WORKFLOW, Way

BACK = (Move.SEND_BACK, Move.RETURN, Move.REVERSE)


class NotReached(LookupError):
    """The case has never been in this stage."""


def written_out(stage: Stage) -> str:
    """The name of a stage inside a sentence: ``evaluasi dan terminasi``."""
    return str(stage.label).lower().replace("&", "dan")


class Dossier:
    """Read-only view of one stage of one case; raises ``NotReached`` where there is nothing to report."""

    def __init__(self, case: Case, stage: Stage) -> None:
        self.case, self.stage, self.step = case, stage, WORKFLOW[stage]
        self.moves = list(
            Transition.objects.filter(case=case)
            .select_related("by", "request__requested_by")
            .prefetch_related("request__decisions__decided_by")
            .order_by("version")
        )
        entries = [move for move in self.moves if move.to_stage == stage and move.from_stage != stage]
        if not entries:
            raise NotReached(stage.label)
        self.entry: Transition = entries[-1]
        self.round = self.entry.round if stage.is_per_round else 1
        self.began_on: date = next(move.on for move in entries if self._is_here(move.round))

    @property
    def name(self) -> str:
        return written_out(self.stage)

    def _is_here(self, round_: int) -> bool:
        """A stage that is not asked anew has one round, whatever the round of its case."""
        return not self.stage.is_per_round or round_ == self.round

    @cached_property
    def end(self) -> Transition | None:
        """The move that ended the stage; being sent back from it does not, and a reversal undoes it."""
        end = None
        for move in self.moves:
            if move.version <= self.entry.version:
                continue
            if move.move in BACK:
                end = None
            elif move.from_stage == self.stage:
                end = move
        return end

    @property
    def dwelling(self) -> int:
        """The version of the case in which the sign-offs of this stage hold."""
        until = self.end.version if self.end else self.case.version + 1
        return max(m.version for m in self.moves if m.to_stage == self.stage and m.version < until)

    @property
    def is_current(self) -> bool:
        return self.case.at == self.stage and not self.case.is_closed

    @cached_property
    def now(self) -> Situation:
        return Situation(self.case, at_once=True)

    @cached_property
    def day(self) -> date:
        """The date of the paper: the day the stage ended, today while it runs."""
        return self.end.on if self.end else self.case.institution.today()

    @cached_property
    def records(self) -> Mapping[type[StageRecord], list[Any]]:
        """The records of this stage by kind, those that exist, in the order of the process."""
        found = {kind: self.records_of(kind) for kind in records.of_stage(self.stage)}
        return {kind: rows for kind, rows in found.items() if rows}

    def records_of(self, kind: type[StageRecord]) -> list[Any]:
        """Records of any stage in the round of this paper, with author and parts."""
        parts = parts_of(kind)
        round_ = self.entry.round if kind.home.is_per_round else 1
        rows = kind._default_manager.filter(case=self.case, stage=kind.home, round=round_)
        found = list(rows.select_related("author").prefetch_related(*parts).order_by("on", "pk"))
        return self._as_it_was(found) if kind.edition_of else found

    def edition_of(self, kind: type[StageRecord]) -> int:
        """Which version of a paper stood when this stage ended."""
        return max((row.edition for row in self.records_of(kind)), default=1)

    def _as_it_was(self, rows: list[Any]) -> list[Any]:
        """Of what was written anew during intervention, the version that stood when this stage ended."""
        before = [row.edition for row in rows if self.end is None or row.saved_at <= self.end.at]
        edition = max(before, default=min((row.edition for row in rows), default=1))
        return [row for row in rows if row.edition == edition]

    @cached_property
    def goals(self) -> list[Goal]:
        return self.records.get(Goal) or self.records_of(Goal)

    @property
    def planned(self) -> list[Bimbingan]:
        chosen = {goal.bimbingan for goal in self.goals}
        return [bimbingan for bimbingan in Bimbingan if bimbingan in chosen]

    @cached_property
    def activities(self) -> list[Activity]:
        """Work under the codes of this stage; in a case of several rounds, that of this round."""
        rows = (
            Activity.objects.filter(links__case=self.case, code__in=[item.code for item in for_stage(self.stage)])
            .select_related("by")
            .prefetch_related("lines")
            .order_by("on", "pk")
        )
        return [activity for activity in rows if self._is_of_this_round(activity)]

    def _is_of_this_round(self, activity: Activity) -> bool:
        if not self.stage.is_per_round or self.moves[-1].round == 1:
            return True
        written = {kind._meta.model_name: {row.pk for row in rows} for kind, rows in self.records.items()}
        if activity.record_kind in written:
            return activity.record_id in written[activity.record_kind]
        if activity.record_kind == "supervision":
            return activity.record_id in {sign_off.pk for sign_off in self.supervisions}
        first = next(move.on for move in self.moves if move.round == self.round)
        following = next((move.on for move in self.moves if move.round == self.round + 1), None)
        return first <= activity.on and (following is None or activity.on <= following)

    @cached_property
    def requests(self) -> list[Request]:
        rows = Request.objects.filter(case=self.case, stage=self.stage).select_related("requested_by")
        rows = rows.prefetch_related("decisions__decided_by").order_by("requested_at", "pk")
        return [request for request in rows if self._is_here(request.round)]

    @cached_property
    def supervisions(self) -> list[Supervision]:
        rounds = {move.version: move.round for move in self.moves}
        rows = Supervision.objects.filter(case=self.case, stage=self.stage).select_related("by").order_by("at", "pk")
        return [sign_off for sign_off in rows if self._is_here(rounds[sign_off.case_version])]

    @property
    def endorsed(self) -> list[Request]:
        """The decisions of this stage that the head endorsed."""
        kind = self.step.decision.kind if self.step.decision else ""
        return [request for request in self.requests if request.state == State.ENDORSED and request.kind == kind]

    @property
    def way(self) -> Way | None:
        """The answer that settled the decision of this stage."""
        ways = self.step.decision.ways if self.step.decision else {}
        settled = [ways[request.way] for request in self.endorsed if not ways[request.way].stays]
        return settled[-1] if settled else None

    @cached_property
    def departures(self) -> list[Departure]:
        """The exits that were recorded while the case was in this stage, those that were undone included."""
        until = self.end.at if self.end else None
        rows = Departure.objects.filter(case=self.case).select_related("recorded_by", "minutes__author")
        return [row for row in rows if self.entry.at <= row.recorded_at and (until is None or row.recorded_at <= until)]

    @cached_property
    def arrears(self) -> list[Arrear]:
        """The papers of this stage that were let follow, settled or not."""
        rows = Arrear.objects.filter(case=self.case).select_related("opened_by").order_by("opened_at", "pk")
        return [row for row in rows if self._asks_for(row)]

    def _asks_for(self, arrear: Arrear) -> bool:
        if arrear.kind == ArrearKind.EXIT:
            return any(arrear.opened_at >= departure.recorded_at for departure in self.departures)
        if CATALOGUE[arrear.code].stage != self.stage:
            return False
        return not self.stage.is_per_round or arrear.opened_at >= self.entry.at

    @cached_property
    def addenda(self) -> list[Addendum]:
        rows = Addendum.objects.filter(case=self.case, stage=self.stage)
        return list(rows.select_related("by").order_by("on", "pk"))

    @cached_property
    def stays(self) -> list[Stay]:
        return list(self.case.stays.all())

    @cached_property
    def workers(self) -> list[User]:
        """The social workers of the case while the stage ran, the first one first."""
        rows = self.case.assignments.select_related("worker").filter(since_on__lte=self.day)
        held = [row for row in rows if row.until_on is None or row.until_on > self.began_on]
        return list(dict.fromkeys(row.worker for row in held))

    @property
    def maker(self) -> User | None:
        """Who signs the report: who asked for the end of the stage, else the worker of today."""
        if self.end and self.end.request:
            return self.end.request.requested_by
        return self.workers[-1] if self.workers else None

    @property
    def endorsement(self) -> Decision | None:
        """The head's last word in this stage: on its decision, or on an exit."""
        given = [act for request in self.requests if request.state == State.ENDORSED for act in request.decisions.all()]
        return next((act for act in reversed(given) if act.act == Act.ENDORSE), None)

    @property
    def approval(self) -> Any | None:
        """The decision by which a supervisor let the stage end."""
        if not (self.end and self.end.request):
            return None
        return next((d for d in reversed(self.end.request.decisions.all()) if d.act == Act.APPROVE), None)
