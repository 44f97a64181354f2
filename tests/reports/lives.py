"""A case that lives through its stages on known days."""

from typing import Any

from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from services import models
from services.demo import walk
from tests import factories
from tests.reports.papers import wib

# Each stage does its work and ends on one day of January 2026, at 9.00 and 15.30.
DAYS = {
    Stage.INTAKE: 5,
    Stage.ASSESSMENT: 8,
    Stage.PLANNING: 12,
    Stage.INTERVENTION: 20,
    Stage.CLOSING: 26,
    Stage.AFTERCARE: 30,
}


def spelled(stage: Stage) -> str:
    return f"{DAYS[stage]} Januari 2026"


def lived(people: walk.Team, until: Stage | None = None, **person: Any) -> Case:
    """A case opened on 2 January that stops at the beginning of ``until``, or completed."""
    with clock.at(wib(2026, 1, 2)):
        case = walk.open_case(people, factories.client(people, **person))
    for stage, day in DAYS.items():
        if stage == until:
            break
        with clock.at(wib(2026, 1, day)):
            if stage == Stage.INTERVENTION:
                walk.paper(people, case, models.ProgressSheet)
            walk.STEPS[stage](people, case)
        with clock.at(wib(2026, 1, day, 15, 30)):
            walk.end_stage(people, case, **({"ending": "completed"} if stage == Stage.AFTERCARE else {}))
    return case
