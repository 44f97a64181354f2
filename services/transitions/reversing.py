"""A wrong exit or closing is undone by a new, opposite record with a reason: worker, supervisor, head."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases.enums import Stage, Status
from cases.models import Case
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import beds, permissions
from services.acts import allow, expect_version, lock
from services.enums import Kind, Move
from services.models import Departure, Request, Transition
from services.situation import Situation
from services.transitions.moves import move
from services.transitions.requests import make

REVERSIBLE = (Move.CLOSE, Move.EXIT)


@transaction.atomic
def propose_reversal(*, case: Case, reason: str, by: User, version: int, key: str = "") -> Request:
    """Ask that the last exit or closing be undone."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Request.objects.get(pk=answer)
    allow(permissions.why_not_record(by, case))
    expect_version(case, version)
    now = Situation(case)
    if now.waiting:
        raise Stale(_("Masih ada pengajuan yang menunggu pada kasus ini."))
    if why_not := why_not_reverse(now):
        raise Refused([why_not])
    _refuse_second_case(case)
    if not reason.strip():
        raise Refused([_("Isi alasan pembatalan.")])
    return make(now, Kind.REVERSAL, by=by, way="", reason=reason, key=key)


def why_not_reverse(now: Situation) -> str:
    """Only the last end is undone, and no transfer that was accepted: the client is in another UPT's care."""
    last = now.transitions[-1]
    if last.move not in REVERSIBLE:
        return _("Hanya keluar atau penutupan yang terakhir yang dapat dibatalkan.")
    if any(request.pk == last.request_id and request.kind == Kind.TRANSFER for request in now.requests):
        return _("Klien sudah diterima UPT lain; ia kembali hanya dengan mutasi dari UPT itu.")
    return ""


def _refuse_second_case(case: Case) -> None:
    if case.client.cases.filter(closed_on__isnull=True).exclude(pk=case.pk).exists():
        raise Refused([_("Klien ini sudah mempunyai kasus lain yang terbuka.")])


def settle_reversal(now: Situation, request: Request, *, by: User) -> None:
    """The head endorsed: the case stands where it stood, and so does the stay that the exit had ended."""
    case, last = now.case, now.transitions[-1]
    if last.move not in REVERSIBLE or last.version != request.case_version:
        raise Stale(_("Kasus ini sudah berpindah sejak pembatalan diajukan."))
    _refuse_second_case(case)
    if last.move == Move.EXIT:
        _undo_departure(case)
    back = Stage(last.from_stage)
    case.outcome, case.closed_on, case.status = "", None, _status(case, back)
    move(case, Move.REVERSE, to=back, by=by, request=request, reason=request.reason)


def _undo_departure(case: Case) -> None:
    departure = Departure.objects.filter(case=case, undone_at__isnull=True).order_by("-left_on", "-pk").first()
    if departure is None:
        return
    departure.undone_at = clock.now()
    departure.save(update_fields=["undone_at"])
    if departure.stay:
        was, departure.stay.left_on, departure.stay.end = departure.stay.left_on, None, ""
        departure.stay.save(update_fields=["left_on", "end"])
        beds.follow(departure.stay, was=was)


def _status(case: Case, stage: Stage) -> Status:
    if stage == Stage.AFTERCARE:
        return Status.AFTERCARE
    was_placed = Transition.objects.filter(case=case).exclude(to_stage=Stage.INTAKE).exists()
    return Status.ACTIVE if was_placed or case.stays.filter(left_on__isnull=True).exists() else Status.CANDIDATE
