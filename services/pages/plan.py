"""The plan of a case: its goals by bimbingan, what came of them, and the client's agreement."""

from dataclasses import dataclass
from typing import Any

from cases.enums import Bimbingan
from services.enums import Achievement
from services.models import Goal, GoalOutcome
from services.situation import Situation

TONES = {Achievement.ACHIEVED: "ok", Achievement.PARTLY: "wait", Achievement.NOT: "stop"}


@dataclass(frozen=True)
class PlannedGoal:
    """One goal with its outcome, if it has been evaluated."""

    goal: Goal
    outcome: GoalOutcome | None

    @property
    def bimbingan(self) -> Any:
        return Bimbingan(self.goal.bimbingan).label

    @property
    def tone(self) -> str:
        return TONES[Achievement(self.outcome.achievement)] if self.outcome else ""


def goals(now: Situation) -> list[PlannedGoal]:
    """The goals of the present round in the document's order of bimbingan."""
    rows = GoalOutcome.objects.filter(record__case=now.case, record__round=now.case.round)
    outcomes = {row.key: row for row in rows}
    found = [PlannedGoal(goal, outcomes.get(str(goal.pk))) for goal in now.records_of(Goal)]
    return sorted(found, key=lambda planned: Bimbingan.values.index(planned.goal.bimbingan))
