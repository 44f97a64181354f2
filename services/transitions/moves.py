"""The one writer of a case's stage, round, version and end: each move leaves its transition row."""

from datetime import date

from accounts.models import User
from cases import soundness
from cases.enums import Outcome, Stage, Status
from cases.models import Case
from rehsos import clock
from services.enums import Move
from services.models import Request, Transition

MOVED = "version stage stage_since_on round status outcome closed_on plan_edition".split()
COMPLETED = (Outcome.COMPLETED, Outcome.PERIOD_OVER)


def move(case: Case, how: Move, *, to: Stage, by: User, request: Request | None = None, reason: str = "") -> Transition:
    """One transition row, and the case where it says."""
    from_stage = case.stage if how != Move.OPEN else ""
    today = case.institution.today()
    case.version += 1
    if to != from_stage:
        case.stage_since_on = today
    case.stage = to
    case.save(
        update_fields=["version", "stage", "stage_since_on", "round", "status", "outcome", "closed_on", "plan_edition"]
    )
    transition = Transition(
        case=case,
        version=case.version,
        move=how,
        from_stage=from_stage,
        to_stage=to,
        round=case.round,
        outcome=case.outcome,
        request=request,
        by=by,
        at=clock.now(),
        on=today,
        reason=reason,
    )
    soundness.demand(transition)
    transition.save(force_insert=True)
    return transition


def close(case: Case, outcome: Outcome, *, on: date, by: User, request: Request) -> None:
    case.outcome = outcome
    case.closed_on = on
    case.status = Status.COMPLETED if outcome in COMPLETED else Status.STOPPED
    move(case, Move.CLOSE, to=Stage(case.stage), by=by, request=request)
