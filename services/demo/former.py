"""What becomes of those who left: a plan, visits by the schedule, some in vain, aid for a business, and who is lost."""

from typing import Any

from cases.models import Case
from services import models
from services.aftercare import visiting
from services.aftercare.enums import Acceptance, Living, Pursuit, Standing
from services.aftercare.visiting import Condition, Found
from services.demo import walk
from services.demo.aftercare_words import PAPERS
from services.demo.plan import Life, Moment, Plan
from services.enums import Relapse

FIRST, LATER = (21, 31), (26, 38)  # days to the first visit, and to each later one
CAR = "Mobil dinas"


def aftercare(plan: Plan, time: Moment, case: Case) -> Life:
    """Whoever is still accompanied is visited as long as the year lasts; some are overdue by now."""
    yield time.after(2, 5)
    walk.paper(plan.team, case, models.AftercarePlan)
    is_going_on = plan.until == case.stage and plan.halts == "working" and not plan.fate
    turns = plan.chance.choice((1, 6, 6)) if is_going_on else 2
    aid = None
    for turn in range(turns):
        yield time.after(*(LATER if turn else FIRST))
        if not plan.fate and plan.chance.random() < 0.25:
            _visited(plan, case, Found(case, False, {**PAPERS[models.AftercareMiss](case)[0], "retry_days": 8}))
            yield time.after(7, 9)
        conditions = (Condition(aid.pk, "good", plan.chance.choice(("running", "growing"))),) if aid else ()
        _visited(plan, case, Found(case, True, _fares(plan, turn), None, conditions))
        if turn == 0 and not plan.fate and plan.chance.random() < 0.4:
            yield time.after(3, 6)
            aid = walk.paper(plan.team, case, models.BusinessAid)
        elif turn == 0:
            yield time.soon()
            walk.paper(plan.team, case, models.ResourceLink)


def _visited(plan: Plan, case: Case, found: Found) -> None:
    values = {"on": case.institution.today(), "travellers": plan.team.worker.full_name, "transport": CAR}
    visiting.record_trip(values=values, found=[found], by=plan.team.worker)


def _fares(plan: Plan, turn: int) -> dict[str, Any]:
    """In the words of the story; with most it goes well, with some it does not."""
    lives_with, family, occupation, community, next_plan = plan.story["visit"]
    goes_well = turn > 0 or plan.chance.random() < 0.7
    return {
        "way": "F.b" if turn else "F.c",
        "living": Living.RELATIVES if "Bibi" in lives_with or "Keponakan" in lives_with else Living.FAMILY,
        "lives_with": lives_with,
        "acceptance": Acceptance.ACCEPTED if goes_well else Acceptance.PARTLY,
        "family": family,
        "pursuit": _pursuit(occupation) if goes_well else Pursuit.SEEKING,
        "occupation": occupation if goes_well else "",
        "relapse": Relapse.NONE if goes_well else plan.chance.choice((Relapse.SUSPECTED, Relapse.YES)),
        "standing": Standing.TAKES_PART if goes_well else Standing.QUIET,
        "community": community,
        "obstacles": "" if goes_well else "Masih bergaul dengan teman lama.",
        "plan": next_plan,
    }


def _pursuit(occupation: str) -> Pursuit:
    if "sekolah" in occupation.lower():
        return Pursuit.SCHOOL
    return Pursuit.BUSINESS if "Usaha" in occupation or "Menjahit" in occupation else Pursuit.WORK
