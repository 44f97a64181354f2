"""Transfer to another UPT: proposed, endorsed, offered; the receiver accepts, refuses, or the offer is revoked."""

from datetime import date

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, User
from audit import trail
from cases.enums import Stage, Status, StayEnd
from cases.models import Assignment, Case
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import beds, permissions, presence
from services.acts import allow, case_subject, expect_version, finish, lock
from services.enums import Kind, Move, TransferState
from services.models import Request, Transfer
from services.situation import Situation
from services.transitions import adopting
from services.transitions.moves import move
from services.transitions.requests import expect_free, make, withdraw_waiting
from services.workflow import TRANSFER

OPEN = (TransferState.PROPOSED, TransferState.SENT)
RECEIVING = (Role.HEAD, Role.SUPERVISOR)


@transaction.atomic
def propose_transfer(
    *, case: Case, receiver: Institution, reason: str, by: User, version: int, key: str = ""
) -> Request:
    """The worker proposes that another UPT takes the case over; supervisor and head follow."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Request.objects.get(pk=answer)
    allow(permissions.why_not_record(by, case))
    expect_version(case, version)
    now = Situation(case)
    expect_free(now)
    if reasons := _reasons_not_to_transfer(now, receiver, reason):
        raise Refused(reasons)
    request = make(now, Kind.TRANSFER, by=by, way=StayEnd.MOVED_UPT, reason=reason, key=key)
    Transfer.objects.create(case=case, request=request, receiver=receiver, reason=reason, sent_by=by)
    return request


def _reasons_not_to_transfer(now: Situation, receiver: Institution, reason: str) -> list[str]:
    reasons = []
    if now.departure or not any(stay.left_on is None for stay in now.stays):
        reasons.append(_("Hanya klien yang sedang dalam masa tinggal yang dapat dimutasi."))
    if receiver == now.case.institution or receiver.kind != InstitutionKind.UPT:
        reasons.append(_("Pilih UPT lain sebagai penerima."))
    if (
        Transfer.objects.filter(case=now.case, state__in=OPEN)
        .exclude(request__state__in=("withdrawn", "returned"))
        .exists()
    ):
        reasons.append(_("Kasus ini sedang ditawarkan ke UPT lain."))
    if not reason.strip():
        reasons.append(_("Isi alasan mutasi."))
    return reasons


def send(request: Request) -> None:
    """The head endorsed: the receiver may read the package now."""
    Transfer.objects.filter(request=request).update(state=TransferState.SENT, sent_at=clock.now())


@transaction.atomic
def revoke(*, transfer: Transfer, reason: str, by: User, key: str = "") -> Transfer:
    """The sender takes the offer back; the receiver reads nothing any more."""
    case = lock(transfer.case, by=by)
    if keys.claim(key, by=by):
        return Transfer.objects.get(pk=transfer.pk)
    allow(permissions.why_not_assign(by))
    transfer = _offered(transfer)
    if not reason.strip():
        raise Refused([_("Isi alasan pembatalan.")])
    _answer(transfer, TransferState.REVOKED, reason, by)
    finish(case, by=by, verb="transfer.revoked", data={"transfer": transfer.pk}, reason=reason)
    keys.settle(key, transfer.pk)
    return transfer


@transaction.atomic
def refuse_transfer(*, transfer: Transfer, reason: str, by: User, key: str = "") -> Transfer:
    """The receiver says no, with a reason; the case stays where it is."""
    case = _lock_for_receiver(transfer, by)
    if keys.claim(key, by=by):
        return Transfer.objects.get(pk=transfer.pk)
    transfer = _offered(transfer)
    if not reason.strip():
        raise Refused([_("Isi alasan penolakan.")])
    _answer(transfer, TransferState.REFUSED, reason, by)
    _tell([case], transfer, by, "transfer.refused", reason)
    keys.settle(key, transfer.pk)
    return transfer


@transaction.atomic
def accept(*, transfer: Transfer, worker: User, by: User, on: date, note: str = "", key: str = "") -> Case:
    """The receiver takes over on a day: the sender's case ends (mutasi), a linked one opens with a copied identity."""
    case = _lock_for_receiver(transfer, by)
    if answer := keys.claim(key, by=by):
        return Case.objects.get(pk=answer)
    transfer = _offered(transfer)
    stay = case.stays.filter(left_on__isnull=True).first()
    if stay is None or not stay.placed_on <= on <= case.institution.today():
        raise Refused([_("Tanggal terima harus antara tanggal penempatan dan hari ini.")])
    _refuse_other_than_workers(worker, transfer.receiver)
    withdraw_waiting(Situation(case), by, _("Ditarik karena klien pindah ke UPT lain."))
    stay.left_on, stay.end = on, StayEnd.MOVED_UPT
    presence.fit(stay, by=by)
    stay.save(update_fields=["left_on", "end"])
    beds.follow(stay, was=None)
    case.outcome, case.closed_on, case.status = TRANSFER.outcome, on, Status.STOPPED
    case.next_step, case.next_due_on = "", None
    case.save(update_fields=["next_step", "next_due_on"])
    move(case, Move.EXIT, to=Stage(case.stage), by=by, request=transfer.request, reason=transfer.reason)
    new = adopting.adopt(case, transfer.receiver, by=by, on=on)
    Assignment.objects.create(case=new, worker=worker, since_on=new.opened_on, assigned_by=by)
    transfer.new_case = new
    _answer(transfer, TransferState.ACCEPTED, note, by)
    _tell([case, new], transfer, by, "transfer.accepted", note)
    keys.settle(key, new.pk)
    return new


def _refuse_other_than_workers(worker: User, receiver: Institution) -> None:
    rows = receiver.memberships.filter(user=worker, role=Role.SOCIAL_WORKER, user__is_active=True)
    if not any(row.holds_on(receiver.today()) for row in rows):
        raise Refused([_("%s bukan pekerja sosial UPT ini.") % worker.full_name])


def _lock_for_receiver(transfer: Transfer, by: User) -> Case:
    """The sender's case, locked; only head and supervisors of the receiving UPT come here, for others it is not."""
    if by.institution != transfer.receiver or not by.has_role(*RECEIVING):
        raise Http404(_("Mutasi tidak ditemukan."))
    rows = Case.objects.select_for_update(of=("self",)).select_related("client", "institution")
    return rows.get(pk=transfer.case_id)


def _offered(transfer: Transfer) -> Transfer:
    transfer = Transfer.objects.select_related("case", "receiver", "request").get(pk=transfer.pk)
    if transfer.state != TransferState.SENT:
        raise Stale(_("Mutasi ini sudah tidak ditawarkan: %s.") % transfer.get_state_display().lower())
    return transfer


def _answer(transfer: Transfer, state: TransferState, words: str, by: User) -> None:
    transfer.state, transfer.answer, transfer.answered_by, transfer.answered_at = state, words, by, clock.now()
    transfer.save(update_fields=["state", "answer", "answered_by", "answered_at", "new_case"])


def _tell(cases: list[Case], transfer: Transfer, by: User, verb: str, reason: str) -> None:
    """Each UPT's chain tells of its own case, in the order of the institutions."""
    for case in sorted(cases, key=lambda case: case.institution_id):
        trail.append(
            institution_id=case.institution_id,
            by=by,
            verb=verb,
            subjects=[case_subject(case), trail.Subject("client", case.client_id, case.client.number)],
            data={"transfer": transfer.pk, "version": case.version},
            reason=reason,
        )
