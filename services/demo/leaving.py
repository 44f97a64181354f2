"""How some clients of the demo leave: every kind of exit, back again, undone, moved to another UPT, returned later."""

from dataclasses import replace
from typing import Any

from cases.enums import Stage, StayEnd, WayIn
from cases.models import Case
from services import addenda, models, transitions
from services.demo import rooms, walk
from services.demo.lives import carry, go_on
from services.demo.plan import Life, Moment, Plan
from services.models import Request, Transfer

# How far the papers of an exit have come by now, in this order.
WAITING, RETURNED, AWAITING_HEAD, SETTLED = "waiting", "returned", "awaiting_head", "settled"


def leave(plan: Plan, time: Moment, case: Case) -> Life:
    """The event at once, berita acara and endorsement after it, as far as the fate says."""
    told = plan.fate
    yield time.after(1, 2)
    walk_out(plan, time, case)
    if told["until"] == "back":
        yield time.after(4, 6)
        _come_back(plan, time, case)
    if told["until"] in (WAITING, RETURNED, AWAITING_HEAD, SETTLED):
        yield from _papers(plan, time, case)
        yield from _endorsement(plan, time, case)
    if text := told.get("addendum"):
        yield time.after(2, 4)
        addenda.add(case=case, stage=Stage.INTAKE, text=text, on=time.now.date(), by=plan.team.worker)


def walk_out(plan: Plan, time: Moment, case: Case) -> None:
    transitions.depart(
        case=case, way=plan.fate["way"], left_on=time.now.date(), account=plan.fate["account"], by=plan.team.worker
    )


def _come_back(plan: Plan, time: Moment, case: Case) -> None:
    words = rooms.choose(plan.house.houses, case, plan.chance)
    bed = rooms.bed_of(case, words)
    transitions.come_back(case=case, on=time.now.date(), by=plan.team.worker, bed=bed)


def _papers(plan: Plan, time: Moment, case: Case) -> Life:
    told, client = plan.fate, case.client
    yield time.after(1, 2)
    receiver = told["way"] not in (StayEnd.LEFT_WITHOUT_LEAVE, StayEnd.WITHDREW)
    values = {
        "on": time.now.date(),
        "place": "Kantor UPT",
        "receiver_name": (client.guardian_name or "Sulastri") if receiver else "",
        "receiver_relation": told.get("receiver_relation", client.guardian_relation or "Keluarga") if receiver else "",
        "receiver_address": "Sidoarjo" if receiver else "",
        "belongings": "Pakaian dan perlengkapan pribadi diserahkan lengkap." if receiver else "",
        "conference": told.get("conference", ""),
        "conclusion": told["conclusion"],
        "witness_1": "Petugas asrama",
    }
    transitions.write_minutes(case=case, values=values, by=plan.team.worker)
    if told["way"] == StayEnd.REFERRED:
        yield time.soon()
        walk.fill(plan.team, case, models.Referral, models.ReferralReport)


def _endorsement(plan: Plan, time: Moment, case: Case) -> Life:
    told, team = plan.fate, plan.team
    yield time.after(1, 1)
    case.refresh_from_db()
    request = transitions.propose_exit(
        case=case,
        reason="Sesuai kejadian dan berita acara.",
        by=team.worker,
        version=case.version,
        opens_aftercare=told.get("opens_aftercare", False),
    )
    if told["until"] == SETTLED:
        yield from carry(plan, time, case, request)
    elif told["until"] != WAITING:
        yield time.after(1, 1)
        _judge(plan, case, request)


def _judge(plan: Plan, case: Case, request: Request) -> None:
    by, version = plan.team.supervisor, request.case_version
    if plan.fate["until"] == RETURNED:
        reason = "Sebutkan saksi kedua dan barang yang dikembalikan."
        transitions.give_back(request=request, by=by, version=version, reason=reason)
    else:
        transitions.approve(request=request, by=by, version=version, note="Sesuai berita acara.")


def undo(plan: Plan, time: Moment, case: Case) -> Life:
    """An exit that was written down for the wrong client, and is taken back by an opposite record."""
    yield from leave(plan, time, case)
    yield time.after(1, 2)
    case.refresh_from_db()
    request = transitions.propose_reversal(
        case=case, reason=plan.fate["reason"], by=plan.team.worker, version=case.version
    )
    yield from carry(plan, time, case, request)


def readmit(plan: Plan, time: Moment, case: Case) -> Life:
    """Left for good, and back months later as a new episode."""
    yield from leave(plan, time, case)
    yield time.after(95, 110)
    again = walk.open_case(plan.team, case.client, way_in=WayIn.OWN_WISH, sender="Keluarga")
    yield from go_on(replace(plan, until=Stage.PLANNING, halts="working", stop=None), time, again)


# --- To another UPT ---------------------------------------------------------------------------------------------------
def transfer(plan: Plan, time: Moment, case: Case) -> Life:
    """Proposed, offered, and answered as the fate says; who is taken over begins anew with the receiver."""
    told, receiver = plan.fate, plan.other
    assert receiver is not None
    yield time.after(1, 2)
    case.refresh_from_db()
    request = transitions.propose_transfer(
        case=case,
        receiver=receiver.institution,
        reason=told["reason"],
        by=plan.team.worker,
        version=case.version,
    )
    if told["until"] == "proposed":
        return
    yield from carry(plan, time, case, request)
    if told["until"] == "sent":
        return
    yield time.after(2, 4)
    offer = Transfer.objects.get(request=request)
    if told["until"] == "accepted":
        new = _accept(plan, time, offer)
        taken = replace(plan, house=receiver, team=receiver.teams[0], until=Stage.ASSESSMENT, stop=None)
        yield from go_on(taken, time, new)
    else:
        _decline(plan, offer)


def _accept(plan: Plan, time: Moment, offer: Transfer) -> Case:
    assert plan.other is not None
    team: Any = plan.other.teams[0]
    return transitions.accept(
        transfer=offer, worker=team.worker, by=team.supervisor, on=time.now.date(), note=plan.fate["answer"]
    )


def _decline(plan: Plan, offer: Transfer) -> None:
    assert plan.other is not None
    answer = plan.fate["answer"]
    if plan.fate["until"] == "refused":
        transitions.refuse_transfer(transfer=offer, reason=answer, by=plan.other.teams[0].supervisor)
    else:
        transitions.revoke(transfer=offer, reason=answer, by=plan.team.supervisor)
