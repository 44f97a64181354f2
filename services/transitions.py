"""The only module that moves a case: open, submit, decide, withdraw, supervise, approve, give back, endorse, send back.

Every function is one act: lock the case, form key, who, whether, write, trail, commit. ``version`` is the case's
version as the page showed it; ``key`` the form's key (empty for imports and demo data).
"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys, numbering
from accounts.enums import Role
from accounts.models import User
from cases.enums import Outcome, Stage, Status
from cases.models import Assignment, Case, Client
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import gates, permissions, worklog
from services.acts import allow, expect_version, finish, lock, refuse
from services.enums import Act, Kind, Move, State, Verdict
from services.models import Decision, Request, Supervision, Transition
from services.situation import Situation
from services.workflow import Decision as DecisionRow
from services.workflow import Way, stage_of_sign_off

COMPLETED = (Outcome.COMPLETED, Outcome.PERIOD_OVER)


@transaction.atomic
def open(  # noqa: A001 - the field's own word, used as transitions.open
    *,
    client: Client,
    by: User,
    way_in: str,
    first_contact_on: date,
    sender: str = "",
    sender_letter: str = "",
    service_kind: str = "",
    key: str = "",
) -> Case:
    """Open an episode for a client. A social worker who opens it is its first worker."""
    if answer := keys.claim(key, by=by):
        return Case.objects.visible_to(by).get(pk=answer)
    client = Client.objects.select_for_update(of=("self",)).select_related("institution").get(pk=client.pk)
    allow(permissions.why_not_open(by))
    institution, today = client.institution, client.institution.today()
    earlier = list(client.cases.order_by("episode"))
    refuse(_reasons_not_to_open(earlier, first_contact_on, today))
    case = Case.objects.create(
        number=numbering.draw(institution, "case", institution.case_number_pattern),
        client=client,
        institution=institution,
        episode=len(earlier) + 1,
        service_kind=service_kind or institution.service_kind,
        way_in=way_in,
        sender=sender,
        sender_letter=sender_letter,
        first_contact_on=first_contact_on,
        opened_on=today,
        stage_since_on=today,
    )
    if by.has_role(Role.SOCIAL_WORKER):
        Assignment.objects.create(case=case, worker=by, since_on=today, assigned_by=by)
    _move(case, Move.OPEN, to=Stage.INTAKE, by=by)
    finish(case, by=by, verb="case.opened", data={"version": case.version, "client": client.number})
    keys.settle(key, case.pk)
    return case


def _reasons_not_to_open(earlier: list[Case], first_contact_on: date, today: date) -> list[str]:
    reasons = []
    if any(not case.is_closed for case in earlier):
        reasons.append(_("Klien ini masih mempunyai kasus yang terbuka."))
    if first_contact_on > today:
        reasons.append(_("Kontak pertama tidak boleh di masa depan."))
    return reasons


@transaction.atomic
def submit(
    *,
    case: Case,
    by: User,
    version: int,
    note: str = "",
    ending: str = "",
    event_on: date | None = None,
    key: str = "",
) -> Request:
    """The worker asks for the end of the stage. In aftercare ``ending`` says how the case ends, and when."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Request.objects.get(pk=answer)
    allow(permissions.why_not_record(by, case))
    expect_version(case, version)
    now = Situation(case)
    _expect_free(now)
    if now.pending != Kind.STAGE:
        raise Refused([_("Keputusan %s harus disahkan lebih dahulu.") % now.pending.label.lower()])
    refuse(_reasons_not_to_submit(now, ending, event_on, note))
    return _request(now, Kind.STAGE, by=by, way=ending, reason=note, event_on=event_on, key=key)


def _reasons_not_to_submit(now: Situation, ending: str, event_on: date | None, note: str) -> list[str]:
    if not now.step.endings:
        return [str(missing) for missing in gates.unmet_in(now)]
    way = now.step.endings.get(ending)
    if way is None:
        return [_("Pilih cara kasus ini berakhir.")]
    if not way.needs_date:
        return [str(missing) for missing in gates.unmet_in(now)]
    reasons = []
    if event_on is None or event_on > now.today:
        reasons.append(_("Isi tanggal peristiwa, paling lambat hari ini."))
    if event_on and event_on < now.case.stage_since_on:
        reasons.append(_("Tanggal peristiwa mendahului awal bimbingan lanjut."))
    if not note.strip():
        reasons.append(_("Isi alasan kasus diakhiri."))
    return reasons


@transaction.atomic
def decide(
    *, case: Case, way: str, reason: str, by: User, version: int, until_on: date | None = None, key: str = ""
) -> Request:
    """The worker proposes the decision of a stage (selection, closing); supervisor and head follow."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Request.objects.get(pk=answer)
    allow(permissions.why_not_record(by, case))
    expect_version(case, version)
    now = Situation(case)
    _expect_free(now)
    decision = now.step.decision
    if decision is None or now.pending == Kind.STAGE:
        raise Refused([_("Tidak ada keputusan yang dapat diajukan di tahap ini.")])
    refuse(_reasons_not_to_decide(now, decision, way, reason, until_on))
    return _request(now, decision.kind, by=by, way=way, reason=reason, until_on=until_on, key=key)


def _reasons_not_to_decide(
    now: Situation, decision: DecisionRow, way: str, reason: str, until_on: date | None
) -> list[str]:
    chosen = decision.ways.get(way)
    if chosen is None:
        return [_("Pilih keputusan yang diusulkan.")]
    reasons = [str(missing) for missing in gates.unmet_in(now)]
    if not reason.strip():
        reasons.append(_("Isi alasan keputusan."))
    if chosen.needs_date and (until_on is None or until_on <= now.today):
        reasons.append(_("Isi tanggal akhir perpanjangan, sesudah hari ini."))
    return reasons


@transaction.atomic
def withdraw(*, request: Request, by: User, note: str = "", key: str = "") -> Request:
    """The worker takes a waiting request back; the stage opens again."""
    case = lock(request.case, by=by)
    if keys.claim(key, by=by):
        return Request.objects.get(pk=request.pk)
    allow(permissions.why_not_record(by, case))
    request = _waiting(request, *State.waiting())
    _act(request, Act.WITHDRAW, State.WITHDRAWN, by=by, note=note)
    return _finished(case, request, by=by, verb="request.withdrawn", reason=note, key=key)


@transaction.atomic
def supervise(
    *,
    case: Case,
    code: str,
    note: str,
    by: User,
    on: date,
    version: int,
    verdict: str = Verdict.APPROVED,
    directions: str = "",
    key: str = "",
) -> Supervision:
    """A supervisor's sign-off (or return) under one supervision code of the present stage."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Supervision.objects.get(pk=answer)
    now = Situation(case)
    allow(permissions.why_not_supervise(by, case, _judged_work(now, code), now.waiting))
    expect_version(case, version)
    refuse(_reasons_not_to_supervise(now, code, note, on))
    sign_off = _sign(now, code, by=by, on=on, note=note, verdict=verdict, directions=directions)
    finish(case, by=by, verb="supervision.given", data={"code": code, "verdict": verdict, "id": sign_off.pk})
    keys.settle(key, sign_off.pk)
    return sign_off


def _reasons_not_to_supervise(now: Situation, code: str, note: str, on: date) -> list[str]:
    reasons = []
    if now.case.is_closed:
        reasons.append(_("Kasus sudah ditutup."))
    if stage_of_sign_off(code) != now.stage:
        reasons.append(_("%s bukan supervisi tahap ini.") % code)
    if not note.strip():
        reasons.append(_("Isi catatan supervisi."))
    if on > now.today:
        reasons.append(_("Tanggal supervisi tidak boleh di masa depan."))
    if on < now.case.first_contact_on:
        reasons.append(_("Tanggal supervisi mendahului kontak pertama."))
    return reasons


@transaction.atomic
def approve(*, request: Request, by: User, version: int, note: str = "", key: str = "") -> Request:
    """The supervisor signs what is unsigned and approves: the stage ends, or the decision goes to the head."""
    case = lock(request.case, by=by)
    if keys.claim(key, by=by):
        return Request.objects.get(pk=request.pk)
    now = Situation(case)
    allow(permissions.why_not_supervise(by, case, _judged_work(now), request))
    request = _waiting(request, State.SUBMITTED)
    expect_version(case, version)
    _expect_unchanged(now, request)
    owed = gates.unsigned(now)
    if owed and not note.strip():
        raise Refused([_("Isi catatan supervisi: %s belum diberikan.") % ", ".join(s.code for s in owed)])
    for sign_off in owed:
        _sign(now, sign_off.code, by=by, on=now.today, note=note, request=request)
    escalated = permissions.is_escalated(by)
    state = State.APPROVED if request.kind == Kind.STAGE else State.AWAITING_HEAD
    _act(request, Act.APPROVE, state, by=by, note=note, is_escalated=escalated)
    data = {"request": request.pk, "kind": request.kind, "signed": [s.code for s in owed], "escalated": escalated}
    if request.kind == Kind.STAGE:
        _end_stage(now, request, by=by)
    elif escalated:
        _endorse(case, now, request, by=by, note=note, is_escalated=True)
    return _finished(case, request, by=by, verb="request.approved", reason=note, key=key, data=data)


@transaction.atomic
def give_back(*, request: Request, by: User, version: int, reason: str, key: str = "") -> Request:
    """Supervisor (or, when it waits for endorsement, the head) returns a request with a reason."""
    case = lock(request.case, by=by)
    if keys.claim(key, by=by):
        return Request.objects.get(pk=request.pk)
    now = Situation(case)
    request = Request.objects.get(pk=request.pk)
    if request.state == State.AWAITING_HEAD:
        allow(permissions.why_not_endorse(by, case, _judged_work(now), request))
    else:
        allow(permissions.why_not_supervise(by, case, _judged_work(now), request))
    request = _waiting(request, *State.waiting())
    expect_version(case, version)
    if not reason.strip():
        raise Refused([_("Isi alasan pengembalian, supaya pekerja sosial tahu apa yang diperbaiki.")])
    _act(request, Act.RETURN, State.RETURNED, by=by, note=reason)
    return _finished(case, request, by=by, verb="request.returned", reason=reason, key=key)


@transaction.atomic
def endorse(*, request: Request, by: User, version: int, note: str = "", key: str = "") -> Request:
    """The head endorses a decision; what follows from it begins at once."""
    case = lock(request.case, by=by)
    if keys.claim(key, by=by):
        return Request.objects.get(pk=request.pk)
    now = Situation(case)
    allow(permissions.why_not_endorse(by, case, _judged_work(now), request))
    request = _waiting(request, State.AWAITING_HEAD)
    expect_version(case, version)
    _expect_unchanged(now, request)
    if owed := gates.unsigned(now):
        raise Refused([_("Supervisi %s harus diberikan lagi.") % sign_off.code for sign_off in owed])
    _endorse(case, now, request, by=by, note=note)
    return _finished(case, request, by=by, verb="request.endorsed", reason=note, key=key, data={"way": request.way})


@transaction.atomic
def send_back(*, case: Case, to: str, reason: str, by: User, version: int, key: str = "") -> Case:
    """A supervisor moves the case to an earlier stage: papers keep counting, sign-offs are asked again."""
    case = lock(case, by=by)
    if keys.claim(key, by=by):
        return Case.objects.get(pk=case.pk)
    now = Situation(case)
    allow(permissions.why_not_supervise(by, case, _judged_work(now), now.waiting))
    expect_version(case, version)
    _expect_free(now)
    if to not in now.step.back_to:
        raise Refused([_("Dari tahap %s kasus tidak dapat mundur ke tahap itu.") % now.stage.label])
    if not reason.strip():
        raise Refused([_("Isi alasan mundur tahap.")])
    _move(case, Move.SEND_BACK, to=Stage(to), by=by, reason=reason)
    finish(case, by=by, verb="case.sent_back", data={"to": to, "version": case.version}, reason=reason)
    keys.settle(key, case.pk)
    return case


def _request(
    now: Situation,
    kind: Kind,
    *,
    by: User,
    way: str,
    reason: str,
    key: str,
    event_on: date | None = None,
    until_on: date | None = None,
) -> Request:
    request = Request.objects.create(
        case=now.case,
        kind=kind,
        stage=now.stage,
        round=now.case.round,
        case_version=now.case.version,
        way=way,
        reason=reason,
        event_on=event_on,
        until_on=until_on,
        digest=now.digest_of(now.papers),
        requested_by=by,
    )
    Decision.objects.create(request=request, act=Act.SUBMIT, requested_by=by, decided_by=by, note=reason)
    finish(
        now.case,
        by=by,
        verb="request.submitted",
        data={"request": request.pk, "kind": kind, "way": way, "digest": request.digest},
        reason=reason,
    )
    keys.settle(key, request.pk)
    return request


def _finished(
    case: Case, request: Request, *, by: User, verb: str, reason: str, key: str, data: dict[str, object] | None = None
) -> Request:
    finish(case, by=by, verb=verb, data={"request": request.pk, "version": case.version, **(data or {})}, reason=reason)
    keys.settle(key, request.pk)
    return request


def _expect_free(now: Situation) -> None:
    if now.case.is_closed:
        raise Refused([_("Kasus sudah ditutup.")])
    if now.waiting:
        raise Stale(_("Masih ada pengajuan yang menunggu pada kasus ini."))


def _waiting(request: Request, *states: State) -> Request:
    """The request read anew under the lock, or 409 with who was faster."""
    request = Request.objects.select_related("case", "requested_by").get(pk=request.pk)
    if request.state not in states:
        last = request.decisions.select_related("decided_by").last()
        raise Stale(
            _("Pengajuan ini sudah diputus: %s.") % request.get_state_display().lower(),
            by=last.decided_by.full_name if last else "",
            at=last.decided_at if last else None,
        )
    return request


def _expect_unchanged(now: Situation, request: Request) -> None:
    if now.digest_of(now.papers) != request.digest:
        raise Stale(_("Isi tahap berubah sejak diajukan; kembalikan pengajuan supaya diajukan ulang."))


def _judged_work(now: Situation, code: str = "") -> list:
    return gates.judged_records(now, code) if code else now.judged(now.papers)


def _act(request: Request, act: Act, state: State, *, by: User, note: str, is_escalated: bool = False) -> None:
    Decision.objects.create(
        request=request,
        act=act,
        requested_by_id=request.requested_by_id,
        decided_by=by,
        note=note,
        is_escalated=is_escalated,
    )
    request.state = state
    request.save(update_fields=["state"])


def _sign(
    now: Situation,
    code: str,
    *,
    by: User,
    on: date,
    note: str,
    verdict: str = Verdict.APPROVED,
    directions: str = "",
    request: Request | None = None,
) -> Supervision:
    bimbingan = next((s.bimbingan for s in gates.sign_offs(now) if s.code == code), "")
    sign_off = Supervision.objects.create(
        case=now.case,
        code=code,
        bimbingan=bimbingan,
        stage=now.stage,
        case_version=now.case.version,
        verdict=verdict,
        note=note,
        directions=directions,
        digest=gates.judged_digest(now, code),
        request=request,
        by=by,
        on=on,
    )
    worklog.of_supervision(sign_off)
    return sign_off


def _endorse(case: Case, now: Situation, request: Request, *, by: User, note: str, is_escalated: bool = False) -> None:
    assert now.step.decision is not None
    way = now.step.decision.ways[request.way]
    _act(request, Act.ENDORSE, State.ENDORSED, by=by, note=note, is_escalated=is_escalated)
    if way.back_to:
        case.round += 1
        _move(case, Move.CONTINUE, to=way.back_to, by=by, request=request, reason=request.reason)
    elif now.stage == Stage.INTAKE:
        case.status = Status.WAITING if way.stays else Status.CANDIDATE
        case.save(update_fields=["status"])


def _end_stage(now: Situation, request: Request, *, by: User) -> None:
    refuse([] if _is_ending_without_papers(now, request) else [str(m) for m in gates.unmet_in(now)])
    way = _way_of(now, request)
    if way and way.ends:
        _close(now.case, way.ends, on=request.event_on or now.today, by=by, request=request)
        return
    assert now.step.then is not None
    if now.step.then == Stage.AFTERCARE:
        now.case.status = Status.AFTERCARE
    _move(now.case, Move.FORWARD, to=now.step.then, by=by, request=request)


def _is_ending_without_papers(now: Situation, request: Request) -> bool:
    ending = now.step.endings.get(request.way)
    return bool(ending and ending.needs_date)


def _way_of(now: Situation, request: Request) -> Way | None:
    return now.step.endings.get(request.way) or now.settled_way


def _close(case: Case, outcome: Outcome, *, on: date, by: User, request: Request) -> None:
    case.outcome = outcome
    case.closed_on = on
    case.status = Status.COMPLETED if outcome in COMPLETED else Status.STOPPED
    _move(case, Move.CLOSE, to=Stage(case.stage), by=by, request=request)


def _move(
    case: Case, move: Move, *, to: Stage, by: User, request: Request | None = None, reason: str = ""
) -> Transition:
    """One transition row, and the case where it says."""
    from_stage = case.stage if move != Move.OPEN else ""
    today = case.institution.today()
    case.version += 1
    if to != from_stage:
        case.stage_since_on = today
    case.stage = to
    case.save(update_fields=["version", "stage", "stage_since_on", "round", "status", "outcome", "closed_on"])
    return Transition.objects.create(
        case=case,
        version=case.version,
        move=move,
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
