"""What is on record about one stage of a case, in the round that counts for the paper, each thing read once."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from accounts.models import User
from cases.enums import Bimbingan, Stage
from cases.models import Case, Stay
from services import records
from services.catalogue import for_stage
from services.enums import Act, Move, State
from services.models import Activity, Goal, Request, StageRecord, Supervision, Transition
from services.situation import Situation
from services.workflow import PAIRS, WORKFLOW, Step, Way, codes_of


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
        """The move that ended the stage; a case that was sent back from it has not ended it."""
        leaving = next((m for m in self.moves if m.version > self.entry.version and m.from_stage == self.stage), None)
        return leaving if leaving and leaving.move != Move.SEND_BACK else None

    @property
    def is_current(self) -> bool:
        return self.case.at == self.stage and not self.case.is_closed

    @cached_property
    def now(self) -> Situation:
        return Situation(self.case)

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
        related = kind._meta.related_objects
        parts = [relation.get_accessor_name() for relation in related if relation.field.name == "record"]
        round_ = self.entry.round if kind.home.is_per_round else 1
        rows = kind._default_manager.filter(case=self.case, stage=kind.home, round=round_)
        return list(rows.select_related("author").prefetch_related(*parts).order_by("on", "pk"))

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
        """The decisions that the head endorsed."""
        return [request for request in self.requests if request.state == State.ENDORSED]

    @property
    def way(self) -> Way | None:
        """The answer that settled the decision of this stage."""
        ways = self.step.decision.ways if self.step.decision else {}
        settled = [ways[r.way] for r in self.endorsed if r.way in ways and not ways[r.way].stays]
        return settled[-1] if settled else None

    @property
    def must(self) -> set[str]:
        """The codes that must be on record before this stage ends, alternatives included."""
        step, codes = self.step, set(codes_of(self.step.papers)) | set(self.step.supervision)
        if step.decision:
            codes |= set(step.decision.needs)
        if self.way:
            codes |= set(codes_of(self.way.papers)) | set(self.way.supervision)
        done = {activity.code for activity in self.activities}
        codes |= {code for code, causes in step.supervision_if.items() if done & set(causes)}
        return (codes - _not_planned(step, self.planned)) | _signed_per_bimbingan(step, self.planned)

    @property
    def alternatives(self) -> set[str]:
        """Codes of which one is enough."""
        ways = self.step.decision.ways.values() if self.step.decision else ()
        papers = [*self.step.papers, *(paper for way in ways for paper in way.papers)]
        named = {"plan", "service"} & set(papers)
        return {code for paper in papers if isinstance(paper, tuple) for code in paper} | set(codes_of(tuple(named)))

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
    def approval(self) -> Any | None:
        """The decision by which a supervisor let the stage end."""
        if not (self.end and self.end.request):
            return None
        return next((d for d in reversed(self.end.request.decisions.all()) if d.act == Act.APPROVE), None)


def _not_planned(step: Step, planned: list[Bimbingan]) -> set[str]:
    """Codes of bimbingan that this client does not have."""
    pairs = {bimbingan: pair for bimbingan, pair in PAIRS.items()}
    wanted = {code for b in planned for code in (*pairs[b].service, pairs[b].plan)}
    if "service" not in step.papers and "plan" not in step.papers:
        return set()
    return {code for pair in pairs.values() for code in (*pair.service, pair.plan)} - wanted


def _signed_per_bimbingan(step: Step, planned: list[Bimbingan]) -> set[str]:
    return {PAIRS[bimbingan].supervision for bimbingan in planned} if step.per_bimbingan else set()
