"""What is noted of one resident: alerts, visits, the sick bay, which may send them to a hospital."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from cases import soundness
from cases.models import Assignment, Stay, in_force
from rehsos import clock
from rehsos.doors import Stale
from services import presence
from services.acts import allow, refuse, tell
from services.enums import PresenceKind
from services.models import Presence, ResidentAlert, SickNote, Visit
from services.presence import expect_on_duty, lock_stay

HEALTH = (Role.NURSE, Role.PSYCHOLOGIST)


def why_not_alert(user: User) -> str:
    """Alerts are kept by health staff and social workers."""
    if user.has_role(*HEALTH, Role.SOCIAL_WORKER):
        return ""
    return _("Peringatan diisi oleh tenaga kesehatan atau pekerja sosial.")


def sick_notes(user: User) -> Any:
    """Health staff and the head see the sick bay of the UPT, a worker that of their cases; nobody else sees any."""
    if not user.institution:
        return SickNote.objects.none()
    here = SickNote.objects.filter(stay__institution=user.institution)
    if user.has_role(*HEALTH, Role.HEAD):
        return here
    return here.filter(stay__in=_own_stays(user)) if user.has_role(Role.SOCIAL_WORKER) else here.none()


def why_not_nurse(user: User, stay: Stay) -> str:
    """The sick bay is kept by those who may read it."""
    if user.has_role(*HEALTH, Role.HEAD):
        return ""
    if user.has_role(Role.SOCIAL_WORKER) and _own_stays(user).filter(pk=stay.pk).exists():
        return ""
    return _("Ruang sakit diisi dan dibaca oleh tenaga kesehatan, pekerja sosial kasus, dan Kepala UPT.")


def nursed(user: User) -> Any:
    """The stays whose sick bay somebody keeps."""
    if user.has_role(*HEALTH, Role.HEAD):
        return presence.visible_stays(user)
    return _own_stays(user) if user.has_role(Role.SOCIAL_WORKER) else Stay.objects.none()


def _own_stays(user: User) -> Any:
    held = Assignment.objects.filter(in_force(user.institution.today()), worker=user)
    return Stay.objects.filter(institution=user.institution, case__in=held.values("case"))


@transaction.atomic
def add_alert(*, stay_id: int, kind: str, text: str, by: User, key: str = "") -> ResidentAlert:
    stay = lock_stay(stay_id, by=by)
    if answer := keys.claim(key, by=by):
        return ResidentAlert.objects.get(pk=answer)
    allow(why_not_alert(by))
    row = ResidentAlert(client=stay.case.client, kind=kind, text=text, by=by)
    return _kept(row, stay, by, "alert.added", {"kind": kind}, key)


@transaction.atomic
def end_alert(*, stay_id: int, alert_id: int, by: User, key: str = "") -> ResidentAlert:
    """It no longer holds; the row stays."""
    stay = lock_stay(stay_id, by=by)
    row = ResidentAlert.objects.filter(client=stay.case.client_id, pk=alert_id).first()
    if row is None:
        raise Http404(_("Peringatan tidak ditemukan."))
    if keys.claim(key, by=by):
        return row
    allow(why_not_alert(by))
    if row.ended_at:
        raise Stale(_("Peringatan ini sudah diakhiri."))
    row.ended_by, row.ended_at = by, clock.now()
    row.save(update_fields=["ended_by", "ended_at"])
    tell(stay.case, by=by, verb="alert.ended", data={"id": row.pk})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def note_visit(*, stay_id: int, values: Mapping[str, Any], by: User, key: str = "") -> Visit:
    stay = lock_stay(stay_id, by=by)
    if answer := keys.claim(key, by=by):
        return Visit.objects.get(pk=answer)
    expect_on_duty(by)
    row = Visit(stay=stay, by=by, **values)
    faults = _outside(stay, row.on)
    if row.left_at and row.left_at < row.came_at:
        faults.append(_("Jam pulang mendahului jam datang."))
    refuse(faults)
    return _kept(row, stay, by, "visit.noted", {"on": row.on.isoformat()}, key)


@transaction.atomic
def note_sickness(*, stay_id: int, values: Mapping[str, Any], by: User, key: str = "") -> SickNote:
    """A complaint and the care; who is referred is in hospital from that day."""
    stay = lock_stay(stay_id, by=by)
    if answer := keys.claim(key, by=by):
        return SickNote.objects.get(pk=answer)
    allow(why_not_nurse(by, stay))
    row = SickNote(stay=stay, by=by, **values)
    faults = _outside(stay, row.on)
    if row.is_referred and not row.hospital.strip():
        faults.append(_("Isi rumah sakit tujuan."))
    refuse(faults)
    open_now = Presence.objects.open().filter(stay=stay).first()
    if row.is_referred and (open_now is None or open_now.kind != PresenceKind.HOSPITAL):
        words = {"place": row.hospital}
        presence.go_out(stay_id=stay.pk, kind=PresenceKind.HOSPITAL, on=row.on, values=words, by=by)
    return _kept(row, stay, by, "sickness.noted", {"on": row.on.isoformat(), "referred": row.is_referred}, key)


def _outside(stay: Stay, on: Any) -> list[str]:
    if on > stay.institution.today():
        return [_("Tanggal tidak boleh di masa depan.")]
    if on < stay.placed_on or (stay.left_on and on > stay.left_on):
        return [_("Tanggal di luar masa tinggal klien.")]
    return []


def _kept(row: Any, stay: Stay, by: User, verb: str, data: dict[str, Any], key: str) -> Any:
    soundness.demand(row)
    row.save(force_insert=True)
    tell(stay.case, by=by, verb=verb, data={"id": row.pk, **data})
    keys.settle(key, row.pk)
    return row
