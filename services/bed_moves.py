"""Moves between beds: one client to a free bed, or two who change places. Beds only; the case goes on as it was."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases.models import Case, Stay
from rehsos import clock
from rehsos.doors import Refused
from services import beds, permissions
from services.acts import allow, finish, lock, lock_all, refuse
from services.models import Bed, BedUse


@transaction.atomic
def move(*, case: Case, bed: Bed, on: date, reason: str, by: User, exception: str = "", key: str = "") -> BedUse:
    """Give a client another bed from a day on, or a first one."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return BedUse.objects.get(pk=answer)
    allow(permissions.why_not_house(by, case))
    stay, reasons = _running(case), []
    now = beds.current(stay)
    if now and now.bed_id == bed.pk:
        reasons.append(_("Klien sudah di tempat tidur itu."))
    refuse([*reasons, *_reasons_not_to_move(stay, now, on, reason)])
    use = beds.lie_in(stay, bed, since_on=on, by=by, reason=reason, exception=exception)
    finish(case, by=by, verb="bed.moved", data=_told(use), reason=reason)
    keys.settle(key, use.pk)
    return use


@transaction.atomic
def swap(*, case: Case, other: Case, on: date, reason: str, by: User, exception: str = "", key: str = "") -> BedUse:
    """Two clients change places in one act: both have each other's bed from a day on."""
    locked = {found.pk: found for found in lock_all([case, other], by=by)}
    case, other = locked[case.pk], locked[other.pk]
    if answer := keys.claim(key, by=by):
        return BedUse.objects.get(pk=answer)
    for found in (case, other):
        allow(permissions.why_not_house(by, found))
    if case == other:
        raise Refused(_("Pilih klien lain untuk bertukar."))
    stays = [_running(found) for found in (case, other)]
    uses = [_held(stay) for stay in stays]
    refuse(
        [fault for stay, use in zip(stays, uses, strict=True) for fault in _reasons_not_to_move(stay, use, on, reason)]
    )
    list(Bed.objects.select_for_update(no_key=True).filter(pk__in=[use.bed_id for use in uses]).order_by("pk"))
    BedUse.objects.filter(pk__in=[use.pk for use in uses]).update(until_on=on)
    made = [
        beds.lie_in(stay, use.bed, since_on=on, by=by, reason=reason, exception=exception)
        for stay, use in zip(stays, reversed(uses), strict=True)
    ]
    for found, use in sorted(zip((case, other), made, strict=True), key=lambda pair: pair[0].pk):
        finish(found, by=by, verb="bed.swapped", data=_told(use), reason=reason)
    keys.settle(key, made[0].pk)
    return made[0]


def _running(case: Case) -> Stay:
    stay = case.stays.select_related("case__client", "institution").filter(left_on__isnull=True).first()
    if stay is None:
        raise Refused(_("Klien tidak sedang dalam masa tinggal."))
    return stay


def _held(stay: Stay) -> BedUse:
    use = beds.current(stay)
    if use is None:
        raise Refused(_("%s belum mempunyai tempat tidur.") % stay.case.client.shown_name)
    return use


def _reasons_not_to_move(stay: Stay, now: BedUse | None, on: date, reason: str) -> list[str]:
    reasons = []
    since_on = now.since_on if now else stay.placed_on
    if on > stay.institution.today():
        reasons.append(_("Tanggal pindah tidak boleh di masa depan."))
    if on < since_on:
        reasons.append(_("Tanggal pindah mendahului %s, awal tempat tidur yang sekarang.") % clock.spelled(since_on))
    if not reason.strip():
        reasons.append(_("Isi alasan pindah."))
    return list(dict.fromkeys(reasons))


def _told(use: BedUse) -> dict[str, object]:
    return {"bed": use.bed_id, "place": beds.place_words(use.bed), "on": use.since_on.isoformat()}
