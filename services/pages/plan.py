"""The plan of a case: its goals by bimbingan, what came of them, and the client's agreement."""

from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, Value

from cases.enums import Bimbingan
from services.enums import Achievement, GoalState
from services.models import Goal, GoalOutcome, GoalProgress, ProgressSheet
from services.situation import Situation

STATE_TONES = {GoalState.ACHIEVED: "ok", GoalState.STALLED: "stop", GoalState.RUNNING: "info", GoalState.NOT_BEGUN: ""}
TONES = {Achievement.ACHIEVED: "ok", Achievement.PARTLY: "wait", Achievement.NOT: "stop"}


@dataclass(frozen=True)
class PlannedGoal:
    """One goal with its outcome, if it has been evaluated."""

    goal: Goal
    outcome: GoalOutcome | None
    progress: GoalProgress | None = None  # of the last sheet that says where the goal stands

    @property
    def bimbingan(self) -> Any:
        return Bimbingan(self.goal.bimbingan).label

    @property
    def tone(self) -> str:
        return TONES[Achievement(self.outcome.achievement)] if self.outcome else ""

    @property
    def state_tone(self) -> str:
        return STATE_TONES[GoalState(self.progress.state)] if self.progress else ""


def goals(now: Situation) -> list[PlannedGoal]:
    """The goals of the present round in the document's order of bimbingan."""
    said = _said(now)
    found = [PlannedGoal(goal, said.outcomes.get(goal.pk), said.progress.get(goal.pk)) for goal in now.records_of(Goal)]
    return sorted(found, key=lambda planned: Bimbingan.values.index(planned.goal.bimbingan))


@dataclass(frozen=True)
class Said:
    """What evaluation and progress sheets say about goals, by the key of the goal."""

    outcomes: dict[int, GoalOutcome]
    progress: dict[int, GoalProgress]


def _said(now: Situation) -> Said:
    """Both in one query; of the sheets, the last one that mentions a goal counts."""
    here = {"record__case": now.case, "record__round": now.case.round}
    outcomes = GoalOutcome.objects.filter(**here).order_by().annotate(day=F("record__on"), what=Value("", CharField()))
    sheets = GoalProgress.objects.filter(**here).order_by()
    sheets = sheets.annotate(day=F("record__period_on"), what=Value("sheet", CharField()))
    rows = outcomes.values_list("what", "day", "key", "achievement", "evidence")
    said = Said({}, {})
    for what, day, key, answer, words in sorted(rows.union(sheets.values_list("what", "day", "key", "state", "note"))):
        if what:
            sheet = ProgressSheet(period_on=day)
            said.progress[int(key)] = GoalProgress(record=sheet, key=key, state=answer, note=words)
        else:
            said.outcomes[int(key)] = GoalOutcome(key=key, achievement=answer, evidence=words)
    return said
