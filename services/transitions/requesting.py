"""What the worker asks for: the end of a stage, a decision, or the request back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases.models import Case
from rehsos.doors import Refused
from services import gates, permissions
from services.acts import allow, expect_version, lock, refuse
from services.enums import Act, Kind, State
from services.models import Request
from services.situation import Situation
from services.transitions.requests import act, call_off, expect_free, finished, make, reasons_not_inside, waiting
from services.workflow import Decision as DecisionRow


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
    """The worker asks for the end of the stage. In aftercare ``ending`` says how the case ends, and when.

    Where the table asks for no ending or no date, what was sent for it is not kept.
    """
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Request.objects.get(pk=answer)
    allow(permissions.why_not_record(by, case))
    expect_version(case, version)
    now = Situation(case)
    expect_free(now)
    if now.pending != Kind.STAGE:
        raise Refused([_("Keputusan %s harus disahkan lebih dahulu.") % now.pending.label.lower()])
    refuse(_reasons_not_to_submit(now, ending, event_on, note))
    way = now.step.endings.get(ending)
    happened_on = event_on if way and way.needs_date else None
    return make(now, Kind.STAGE, by=by, way=ending if way else "", reason=note, event_on=happened_on, key=key)


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
    expect_free(now)
    decision = now.step.decision
    if decision is None or now.pending != decision.kind:
        raise Refused([_("Tidak ada keputusan yang dapat diajukan di tahap ini.")])
    refuse(_reasons_not_to_decide(now, decision, way, reason, until_on))
    until_on = until_on if decision.ways[way].needs_date else None
    return make(now, decision.kind, by=by, way=way, reason=reason, until_on=until_on, key=key)


def _reasons_not_to_decide(
    now: Situation, decision: DecisionRow, way: str, reason: str, until_on: date | None
) -> list[str]:
    chosen = decision.ways.get(way)
    if chosen is None:
        return [_("Pilih keputusan yang diusulkan.")]
    reasons = [str(missing) for missing in gates.unmet_in(now)]
    if chosen.back_to:
        reasons += reasons_not_inside(now)
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
    request = waiting(request, *State.waiting())
    act(request, Act.WITHDRAW, State.WITHDRAWN, by=by, note=note)
    call_off(request)
    return finished(case, request, by=by, verb="request.withdrawn", reason=note, key=key)
