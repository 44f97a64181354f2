"""A request between its acts: free to be made, still waiting, unchanged since, acted on, finished."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import soundness
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import tasks
from services.acts import finish
from services.enums import Act, Kind, State, TransferState
from services.models import Decision, Request, Transfer
from services.situation import Situation


def expect_free(now: Situation) -> None:
    if now.case.is_closed:
        raise Refused([_("Kasus sudah ditutup.")])
    if now.waiting:
        raise Stale(_("Masih ada pengajuan yang menunggu pada kasus ini."))


def reasons_not_inside(now: Situation) -> list[str]:
    """Earlier stages are for who is still in care: a case whose client has left does not go back to them."""
    left = [stay.left_on for stay in now.stays if stay.left_on]
    if not left or len(left) < len(now.stays):
        return []
    told = _("Klien sudah keluar pada %s. Betulkan dahulu tanggal keluarnya, atau selesaikan tahap ini.")
    return [told % clock.spelled(max(left))]


def make(
    now: Situation,
    kind: Kind,
    *,
    by: User,
    way: str,
    reason: str,
    key: str,
    event_on: date | None = None,
    until_on: date | None = None,
    opens_aftercare: bool = False,
) -> Request:
    """A new request on what is pending, with the digest of what it judges; its act, its trail."""
    request = Request(
        case=now.case,
        kind=kind,
        stage=now.stage,
        round=now.case.round,
        case_version=now.case.version,
        way=way,
        reason=reason,
        event_on=event_on,
        until_on=until_on,
        opens_aftercare=opens_aftercare,
        digest=now.digest_of(now.papers_for(kind)),
        requested_by=by,
    )
    soundness.demand(request)
    request.save(force_insert=True)
    act(request, Act.SUBMIT, State.SUBMITTED, by=by, note=reason)
    finish(
        now.case,
        by=by,
        verb="request.submitted",
        data={"request": request.pk, "kind": kind, "way": way, "digest": request.digest},
        reason=reason,
    )
    keys.settle(key, request.pk)
    return request


def waiting(request: Request, *states: State) -> Request:
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


def withdraw_waiting(now: Situation, by: User, note: str) -> None:
    """What waits is overtaken by an event: it goes back in the same act, and so does what it offered."""
    if request := now.waiting:
        act(request, Act.WITHDRAW, State.WITHDRAWN, by=by, note=note)
        call_off(request)


def call_off(request: Request) -> None:
    """The request was withdrawn or returned before the head endorsed it: no transfer is offered."""
    Transfer.objects.filter(request=request, state=TransferState.PROPOSED).update(state=TransferState.REVOKED)


def expect_unchanged(now: Situation, request: Request) -> None:
    if request.case_version != now.case.version or now.digest_of(now.papers) != request.digest:
        raise Stale(_("Isi tahap berubah sejak diajukan; kembalikan pengajuan supaya diajukan ulang."))


def act(
    request: Request,
    act: Act,
    state: State,
    *,
    by: User,
    note: str,
    is_escalated: bool = False,
    capacity: str = "",
) -> None:
    decision = Decision(
        request=request,
        act=act,
        requested_by_id=request.requested_by_id,
        decided_by=by,
        note=note,
        is_escalated=is_escalated,
        capacity=capacity,
    )
    soundness.demand(decision)
    decision.save(force_insert=True)
    request.state = state
    request.save(update_fields=["state"])


def tell_requester(request: Request, words: str, *, by: User) -> None:
    """News to whom asked, on the page of the stage."""
    case = request.case
    here = reverse("services:stage", args=[case.number, Stage(request.stage).slug])
    told = words % {"what": request.get_kind_display().lower()}
    tasks.tell([] if request.requested_by_id == by.pk else [request.requested_by], told, here, case)


def finished(
    case: Case, request: Request, *, by: User, verb: str, reason: str, key: str, data: dict[str, object] | None = None
) -> Request:
    finish(case, by=by, verb=verb, data={"request": request.pk, "version": case.version, **(data or {})}, reason=reason)
    keys.settle(key, request.pk)
    return request
