"""What supervisor and head do with a request: approve, give back, endorse."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from cases.enums import Stage, Status
from cases.models import Case
from rehsos.doors import Refused
from services import gates, permissions
from services.acts import allow, expect_version, lock, refuse
from services.enums import Act, Kind, Move, State
from services.models import Request
from services.situation import Situation
from services.transitions import exiting, reversing, transferring
from services.transitions.moves import close, move
from services.transitions.requests import act, call_off, expect_unchanged, finished, tell_requester, waiting
from services.transitions.supervising import sign
from services.workflow import Way


@transaction.atomic
def approve(*, request: Request, by: User, version: int, note: str = "", key: str = "") -> Request:
    """The supervisor signs what is unsigned and approves: the stage ends, or the decision goes to the head."""
    case = lock(request.case, by=by)
    if keys.claim(key, by=by):
        return Request.objects.get(pk=request.pk)
    now = Situation(case)
    allow(permissions.why_not_supervise(by, case, gates.judged_work(now), request))
    request = waiting(request, State.SUBMITTED)
    expect_version(case, version)
    expect_unchanged(now, request)
    owed = gates.unsigned(now)
    if owed and not note.strip():
        raise Refused([_("Isi catatan supervisi: %s belum diberikan.") % ", ".join(s.code for s in owed)])
    for sign_off in owed:
        sign(now, sign_off.code, by=by, on=now.today, note=note, request=request)
    escalated = permissions.is_escalated(by, request)
    state = State.APPROVED if request.kind == Kind.STAGE else State.AWAITING_HEAD
    capacity = permissions.capacity(by, request)
    act(request, Act.APPROVE, state, by=by, note=note, is_escalated=escalated, capacity=capacity)
    data = {
        "request": request.pk,
        "kind": request.kind,
        "signed": [s.code for s in owed],
        "escalated": escalated,
        "capacity": capacity,
    }
    if request.kind == Kind.STAGE:
        end_stage(now, request, by=by)
    elif escalated:
        _endorse(case, now, request, by=by, note=note, is_escalated=True)
    tell_requester(request, _("Disetujui: %(what)s."), by=by)
    return finished(case, request, by=by, verb="request.approved", reason=note, key=key, data=data)


@transaction.atomic
def give_back(*, request: Request, by: User, version: int, reason: str, key: str = "") -> Request:
    """Supervisor (or, when it waits for endorsement, the head) returns a request with a reason."""
    case = lock(request.case, by=by)
    if keys.claim(key, by=by):
        return Request.objects.get(pk=request.pk)
    now = Situation(case)
    request = Request.objects.get(pk=request.pk)
    if request.state == State.AWAITING_HEAD:
        allow(permissions.why_not_endorse(by, case, gates.judged_work(now), request))
        capacity = by.capacity(Role.HEAD)
    else:
        allow(permissions.why_not_supervise(by, case, gates.judged_work(now), request))
        capacity = permissions.capacity(by, request)
    request = waiting(request, *State.waiting())
    expect_version(case, version)
    if not reason.strip():
        raise Refused([_("Isi alasan pengembalian, supaya pekerja sosial tahu apa yang diperbaiki.")])
    act(request, Act.RETURN, State.RETURNED, by=by, note=reason, capacity=capacity)
    call_off(request)
    tell_requester(request, _("Dikembalikan untuk diperbaiki: %(what)s."), by=by)
    return finished(case, request, by=by, verb="request.returned", reason=reason, key=key, data={"capacity": capacity})


@transaction.atomic
def endorse(*, request: Request, by: User, version: int, note: str = "", key: str = "") -> Request:
    """The head endorses a decision; what follows from it begins at once."""
    case = lock(request.case, by=by)
    if keys.claim(key, by=by):
        return Request.objects.get(pk=request.pk)
    now = Situation(case)
    allow(permissions.why_not_endorse(by, case, gates.judged_work(now), request))
    request = waiting(request, State.AWAITING_HEAD)
    expect_version(case, version)
    expect_unchanged(now, request)
    if owed := gates.unsigned(now):
        raise Refused([_("Supervisi %s harus diberikan lagi.") % sign_off.code for sign_off in owed])
    _endorse(case, now, request, by=by, note=note)
    tell_requester(request, _("Disahkan: %(what)s."), by=by)
    data: dict[str, object] = {"way": request.way, "capacity": by.capacity(Role.HEAD)}
    return finished(case, request, by=by, verb="request.endorsed", reason=note, key=key, data=data)


def _endorse(case: Case, now: Situation, request: Request, *, by: User, note: str, is_escalated: bool = False) -> None:
    capacity = by.capacity(Role.HEAD)
    act(request, Act.ENDORSE, State.ENDORSED, by=by, note=note, is_escalated=is_escalated, capacity=capacity)
    if request.kind == Kind.EXIT:
        exiting.settle_exit(now, request, by=by)
        return
    if request.kind == Kind.REVERSAL:
        reversing.settle_reversal(now, request, by=by)
        return
    if request.kind == Kind.TRANSFER:
        transferring.send(request)
        return
    assert now.step.decision is not None
    way = now.step.decision.ways[request.way]
    if way.back_to:
        case.round, case.plan_edition = case.round + 1, 1
        move(case, Move.CONTINUE, to=way.back_to, by=by, request=request, reason=request.reason)
    elif now.stage == Stage.INTAKE:
        case.status = Status.WAITING if way.stays else Status.CANDIDATE
        case.save(update_fields=["status"])


def end_stage(now: Situation, request: Request, *, by: User) -> None:
    refuse([] if _is_ending_without_papers(now, request) else [str(m) for m in gates.unmet_in(now)])
    way = _way_of(now, request)
    if way and way.ends:
        close(now.case, way.ends, on=request.event_on or now.today, by=by, request=request)
        return
    assert now.step.then is not None
    if now.step.then == Stage.AFTERCARE:
        now.case.status = Status.AFTERCARE
    move(now.case, Move.FORWARD, to=now.step.then, by=by, request=request)


def _is_ending_without_papers(now: Situation, request: Request) -> bool:
    ending = now.step.endings.get(request.way)
    return bool(ending and ending.needs_date)


def _way_of(now: Situation, request: Request) -> Way | None:
    return now.step.endings.get(request.way) or now.settled_way
