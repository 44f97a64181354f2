"""Exits: the event first, by whoever is on duty; berita acara, sign-off and endorsement follow. And coming back."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import soundness
from cases.enums import Stage, Status, StayEnd
from cases.models import Case, Stay
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import arrears, beds, gates, leftovers, permissions, presence
from services.acts import allow, expect_version, finish, lock, refuse
from services.enums import ArrearKind, Kind, Move
from services.models import Bed, Departure, Minutes, Request
from services.overtaken import take_back_offer
from services.situation import Situation
from services.transitions.moves import move
from services.transitions.requests import expect_free, make, withdraw_waiting
from services.workflow import Exit, exit_row


@transaction.atomic
def depart(
    *,
    case: Case,
    way: str,
    left_on: date,
    account: str,
    by: User,
    receiver: str = "",
    relation: str = "",
    returned: Mapping[int, str] | None = None,
    key: str = "",
) -> Departure:
    """Record that the client left (or, before placement, will not come): it counts from its date at once.

    A request that waits is withdrawn in the same act; the papers of the exit stand in Tunggakan. What was kept is
    given to the ``receiver``, and tools handed in are taken back (condition by loan); what is not stays listed.
    """
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Departure.objects.get(pk=answer)
    allow(permissions.why_not_depart(by, case))
    now = Situation(case)
    if now.departure:
        raise Stale(_("Klien sudah dicatat keluar."), by=now.departure.recorded_by.full_name)
    stay = next((stay for stay in reversed(now.stays) if stay.left_on is None), None)
    row = exit_row(StayEnd(way), is_placed=stay is not None) if way in StayEnd.values else None
    refuse(_reasons_not_to_depart(now, row, stay, left_on, account))
    assert row is not None
    departure = Departure(case=case, stay=stay, way=way, left_on=left_on, account=account, recorded_by=by)
    soundness.demand(departure)
    withdraw_waiting(now, by, _("Ditarik karena klien keluar."))
    take_back_offer(case, by=by, reason=_("Ditarik karena klien keluar."))
    if stay:
        stay.left_on, stay.end = left_on, StayEnd(way)
        presence.fit(stay, by=by)
        stay.save(update_fields=["left_on", "end"])
        beds.follow(stay, was=None)
        leftovers.settle(stay, receiver=receiver, relation=relation, returned=returned or {}, on=left_on, by=by)
    departure.save(force_insert=True)
    case.is_leaving = True
    arrears.open_for_exit(Situation(case), row.papers, by=by)
    finish(case, by=by, verb="case.departed", data={"way": way, "on": left_on.isoformat()}, reason=account)
    keys.settle(key, departure.pk)
    return departure


def _reasons_not_to_depart(
    now: Situation, row: Exit | None, stay: Stay | None, left_on: date, account: str
) -> list[str]:
    if now.case.is_closed:
        return [_("Kasus sudah ditutup.")]
    if row is None:
        return [_("Pilih cara keluar yang sesuai dengan keadaan klien.")]
    if stay is None and now.stage != Stage.INTAKE:
        return [_("Klien tidak sedang dalam masa tinggal.")]
    reasons = []
    if left_on > now.today:
        reasons.append(_("Tanggal keluar tidak boleh di masa depan."))
    if stay and left_on < stay.placed_on:
        reasons.append(_("Tanggal keluar mendahului tanggal penempatan."))
    if not stay and left_on < now.case.first_contact_on:
        reasons.append(_("Tanggal mendahului kontak pertama dengan klien."))
    if row.barred_by_court_order and now.case.order_until_on and now.case.order_until_on >= left_on:
        reasons.append(_("Penempatan ini atas penetapan yang masih berlaku; klien tidak dapat pulang atas kehendak."))
    if not account.strip():
        reasons.append(_("Isi uraian kejadian."))
    return reasons


@transaction.atomic
def write_minutes(*, case: Case, values: Mapping[str, Any], by: User, version: int = 0, key: str = "") -> Minutes:
    """Write or change the berita acara of the open departure; ``version`` is that of the minutes."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Minutes.objects.get(pk=answer)
    allow(permissions.why_not_record(by, case))
    now = Situation(case)
    if now.departure is None:
        raise Refused([_("Klien belum dicatat keluar.")])
    if now.waiting:
        raise Refused([_("Berita acara terkunci karena sedang diajukan.")])
    minutes = now.minutes or Minutes(departure=now.departure, author=by, version=0)
    if minutes.version != version:
        raise Stale(_("Berita acara ini sudah diubah sejak Anda membukanya."), by=minutes.author.full_name)
    for name, value in values.items():
        setattr(minutes, name, value)
    minutes.author, minutes.version, minutes.saved_at = by, minutes.version + 1, clock.now()
    minutes.author_ids = sorted({*minutes.author_ids, by.pk})
    soundness.demand(minutes)
    refuse(_impossible_minutes(now, minutes))
    minutes.save()
    finish(case, by=by, verb="minutes.saved", data={"id": minutes.pk, "version": minutes.version})
    keys.settle(key, minutes.pk)
    return minutes


def _impossible_minutes(now: Situation, minutes: Minutes) -> list[str]:
    assert now.departure is not None
    if minutes.on > now.today:
        return [_("Tanggal tidak boleh di masa depan.")]
    if minutes.on < now.departure.left_on:
        return [_("Tanggal berita acara mendahului tanggal klien keluar.")]
    return []


@transaction.atomic
def propose_exit(
    *, case: Case, reason: str, by: User, version: int, opens_aftercare: bool = False, key: str = ""
) -> Request:
    """The worker asks for an exit's endorsement, once its papers are there."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Request.objects.get(pk=answer)
    allow(permissions.why_not_record(by, case))
    expect_version(case, version)
    now = Situation(case)
    expect_free(now)
    if now.departure is None or now.exit is None:
        raise Refused([_("Klien belum dicatat keluar.")])
    reasons = [str(missing) for missing in gates.unmet_in(now)]
    if opens_aftercare and not now.exit.opens_aftercare:
        reasons.append(_("Cara keluar ini tidak dilanjutkan dengan bimbingan lanjut."))
    if not reason.strip():
        reasons.append(_("Isi alasan keputusan."))
    refuse(reasons)
    return make(
        now,
        Kind.EXIT,
        by=by,
        way=now.departure.way,
        reason=reason,
        event_on=now.departure.left_on,
        opens_aftercare=opens_aftercare,
        key=key,
    )


def settle_exit(now: Situation, request: Request, *, by: User) -> None:
    """The head endorsed: the case ends, or goes on to aftercare."""
    departure, row = now.departure, now.exit
    assert departure is not None and row is not None
    departure.settled_at = clock.now()
    departure.save(update_fields=["settled_at"])
    case = now.case
    case.is_leaving = False
    if request.opens_aftercare:
        case.status = Status.AFTERCARE
        move(case, Move.EXIT, to=Stage.AFTERCARE, by=by, request=request, reason=request.reason)
        return
    case.outcome, case.closed_on, case.status = row.outcome, departure.left_on, Status.STOPPED
    move(case, Move.EXIT, to=Stage(case.stage), by=by, request=request, reason=request.reason)


@transaction.atomic
def come_back(
    *,
    case: Case,
    on: date,
    by: User,
    house: str = "",
    room: str = "",
    bed: Bed | None = None,
    exception: str = "",
    key: str = "",
) -> Stay:
    """Left without leave and back: before the exit is endorsed or within the UPT's days, the same case goes on.

    Where the UPT has entered its beds, ``bed`` says which one; without it the stay goes on and asks for one.
    """
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Stay.objects.get(pk=answer)
    allow(permissions.why_not_depart(by, case))
    now = Situation(case)
    departure = Departure.objects.filter(case=case, undone_at__isnull=True).order_by("-left_on", "-pk").first()
    refuse(_reasons_not_to_come_back(now, departure, on))
    assert departure is not None
    withdraw_waiting(now, by, _("Ditarik karena klien kembali."))
    departure.returned_on, departure.undone_at = on, clock.now()
    departure.save(update_fields=["returned_on", "undone_at"])
    arrears.drop(now, ArrearKind.EXIT)
    case.is_leaving = False
    stay = Stay.objects.create(case=case, institution=case.institution, placed_on=on, house=house, room=room)
    if bed:
        beds.lie_in(stay, bed, since_on=on, by=by, exception=exception)
    if departure.settled_at:
        left_from = next(t.from_stage for t in reversed(now.transitions) if t.move == Move.EXIT)
        case.outcome, case.closed_on, case.status = "", None, Status.ACTIVE
        move(case, Move.RETURN, to=Stage(left_from), by=by)
    finish(case, by=by, verb="case.came_back", data={"on": on.isoformat(), "version": case.version})
    keys.settle(key, stay.pk)
    return stay


def _reasons_not_to_come_back(now: Situation, departure: Departure | None, on: date) -> list[str]:
    row = exit_row(StayEnd(departure.way), is_placed=departure.stay_id is not None) if departure else None
    if departure is None or row is None or not row.may_come_back:
        return [_("Hanya klien yang meninggalkan UPT tanpa izin yang dapat dicatat kembali pada kasus yang sama.")]
    reasons = []
    if on > now.today or on < departure.left_on:
        reasons.append(_("Tanggal kembali harus antara tanggal keluar dan hari ini."))
    limit = departure.left_on + timedelta(days=now.case.institution.return_days)
    if departure.settled_at and on > limit:
        reasons.append(_("Sudah lewat batas kembali; buka kasus baru (episode berikutnya)."))
    if now.case.client.cases.filter(closed_on__isnull=True).exclude(pk=now.case.pk).exists():
        reasons.append(_("Klien ini sudah mempunyai kasus lain yang terbuka."))
    return reasons
