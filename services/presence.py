"""Who of the residents is where: out of the house, back again, and what follows when a stay ends."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import Institution, User
from cases import soundness
from cases.models import Stay
from rehsos import clock
from rehsos.doors import Refused, Stale
from services.acts import refuse, tell
from services.enums import PresenceKind
from services.models import Presence
from services.models.daily import ON_DUTY


def on_day(institution: Institution, day: date) -> dict[int, PresenceKind]:
    """Stay id → where the resident was at the end of a day; only of those who were not in the house."""
    rows = Presence.objects.on(day).filter(stay__institution=institution)
    return {row.stay_id: row.seen_on(day) for row in rows}


def living_here(institution: Institution, day: date) -> QuerySet[Stay]:
    """The stays that ran at the end of a day: the residents, in the house or away."""
    runs = Q(left_on__isnull=True) | Q(left_on__gt=day)
    return Stay.objects.filter(runs, institution=institution, placed_on__lte=day)


def visible_stays(user: User) -> QuerySet[Stay]:
    """The roster is everybody's on duty in the UPT; nobody else sees it."""
    if not user.institution or not user.has_role(*ON_DUTY):
        return Stay.objects.none()
    return Stay.objects.filter(institution=user.institution)


def lock_stay(stay_id: int, *, by: User) -> Stay:
    """The stay, locked until the transaction ends and read anew; 404 where it is out of the actor's sight."""
    rows = visible_stays(by).select_for_update(of=("self",)).select_related("case__client", "institution")
    try:
        found: Stay = rows.get(pk=stay_id)
    except Stay.DoesNotExist as gone:
        raise Http404(_("Penghuni tidak ditemukan.")) from gone
    return found


@transaction.atomic
def go_out(*, stay_id: int, kind: str, on: date, values: Mapping[str, Any], by: User, key: str = "") -> Presence:
    """A resident leaves the house for a while, or changes from one absence to another on a day."""
    stay = lock_stay(stay_id, by=by)
    if answer := keys.claim(key, by=by):
        return Presence.objects.get(pk=answer)
    expect_on_duty(by)
    row = Presence(stay=stay, kind=kind, since_on=on, recorded_by=by, **values)
    present = Presence.objects.open().filter(stay=stay).first()
    refuse(_reasons_not_to_go(row, present, stay))
    soundness.demand(row)
    if present:
        _close(present, on, by)
    row.save(force_insert=True)
    tell(stay.case, by=by, verb="presence.out", data={"id": row.pk, "kind": kind, "on": on.isoformat()})
    keys.settle(key, row.pk)
    return row


def _reasons_not_to_go(row: Presence, present: Presence | None, stay: Stay) -> list[str]:
    if stay.left_on:
        return [_("Klien sudah keluar; masa tinggalnya berakhir.")]
    if row.kind not in PresenceKind.values or row.kind == PresenceKind.IN_HOUSE:
        return [_("Pilih keadaan klien.")]
    reasons = []
    if row.since_on > stay.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    if row.since_on < stay.placed_on:
        reasons.append(_("Tanggal mendahului penempatan klien."))
    if row.kind == PresenceKind.HOME_LEAVE and not (row.due_on and row.letter.strip()):
        reasons.append(_("Cuti pulang memerlukan nomor surat izin dan tanggal harus kembali."))
    if row.due_on and row.due_on < row.since_on:
        reasons.append(_("Tanggal harus kembali mendahului tanggal berangkat."))
    if present and present.kind == row.kind and not present.is_overdue(row.since_on):
        reasons.append(_("Klien sudah tercatat %s.") % PresenceKind(row.kind).label.lower())
    if present and row.since_on < present.since_on:
        reasons.append(_("Tanggal mendahului keadaan yang tercatat sekarang."))
    overlapping = Presence.objects.valid().filter(stay=stay, until_on__gt=row.since_on)
    if not reasons and overlapping.exists():
        reasons.append(_("Pada tanggal itu klien sudah tercatat di luar."))
    return reasons


@transaction.atomic
def come_in(*, stay_id: int, on: date, by: User, key: str = "") -> Presence:
    """Back in the house on a day."""
    stay = lock_stay(stay_id, by=by)
    if answer := keys.claim(key, by=by):
        return Presence.objects.get(pk=answer)
    expect_on_duty(by)
    row = Presence.objects.open().filter(stay=stay).first()
    if row is None:
        raise Stale(_("Klien sudah tercatat di asrama."))
    if not row.since_on <= on <= stay.institution.today():
        raise Refused([_("Tanggal kembali harus antara tanggal keluar dan hari ini.")])
    _close(row, on, by)
    tell(stay.case, by=by, verb="presence.in", data={"id": row.pk, "on": on.isoformat()})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def annul(*, presence_id: int, reason: str, by: User, key: str = "") -> Presence:
    """Take back what was entered by mistake; the row stays and says who did so, the trail says why."""
    row = Presence.objects.filter(pk=presence_id).first()
    if row is None:
        raise Http404(_("Catatan tidak ditemukan."))
    stay = lock_stay(row.stay_id, by=by)
    if keys.claim(key, by=by):
        return row
    expect_on_duty(by)
    row.refresh_from_db()
    refuse([_("Isi alasan.")] if not reason.strip() else [])
    if row.annulled_at:
        raise Stale(_("Catatan ini sudah dibatalkan."))
    _annul(row, by)
    tell(stay.case, by=by, verb="presence.annulled", data={"id": row.pk}, reason=reason)
    keys.settle(key, row.pk)
    return row


def fit(stay: Stay, *, by: User) -> None:
    """Bring absences inside a stay whose dates change; call it before the stay is saved, in the same transaction.

    Leaving ends the absence that ran; what was entered for days after it is taken back.
    """
    if stay.pk is None:
        return
    Stay.objects.select_for_update().get(pk=stay.pk)
    for row in Presence.objects.valid().filter(stay=stay):
        ends_late = stay.left_on and (row.until_on is None or row.until_on > stay.left_on)
        if row.since_on < stay.placed_on or (stay.left_on and row.since_on > stay.left_on):
            _annul(row, by)
        elif ends_late:
            _close(row, stay.left_on, by)


def expect_on_duty(by: User) -> None:
    if not by.institution or not by.has_role(*ON_DUTY):
        raise PermissionDenied(_("Hanya petugas UPT yang mengisi buku harian."))


def _close(row: Presence, on: date, by: User) -> None:
    row.until_on, row.closed_by, row.closed_at = on, by, clock.now()
    row.save(update_fields=["until_on", "closed_by", "closed_at"])


def _annul(row: Presence, by: User) -> None:
    row.annulled_by, row.annulled_at = by, clock.now()
    row.save(update_fields=["annulled_by", "annulled_at"])
