"""Kejadian: recorded by whoever is on duty, told to supervisor and head, followed up until somebody closes it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from audit import trail
from cases import soundness
from cases.models import Stay
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import presence, tasks
from services.acts import allow, case_subject, refuse
from services.enums import IncidentPart
from services.models import Incident, IncidentFollowUp, IncidentResident
from services.presence import expect_on_duty

CLOSING = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)


@transaction.atomic
def record(*, values: Mapping[str, Any], residents: Mapping[int, str], by: User, key: str = "") -> Incident:
    """Record what happened; ``residents`` are parts by stay. Nobody has to be in it (a fire, a theft by a stranger)."""
    expect_on_duty(by)
    stays = _lock_stays(residents, by)
    if answer := keys.claim(key, by=by):
        return Incident.objects.get(pk=answer)
    incident = Incident(institution=by.institution, by=by, **values)
    refuse(_reasons_not_to_record(incident, stays, residents))
    soundness.demand(incident)
    incident.save(force_insert=True)
    rows = [IncidentResident(incident=incident, stay=stay, part=residents[stay.pk]) for stay in stays]
    if rows:
        IncidentResident.objects.bulk_create(rows)
    told = {"kind": incident.get_kind_display().lower(), "severity": incident.get_severity_display().lower()}
    text = _("Kejadian baru: %(kind)s, %(severity)s.") % told
    tasks.tell(recipients(incident), text, reverse("services:incident", args=[incident.pk]))
    _told(incident, "incident.recorded", stays, by, {"kind": incident.kind, "severity": incident.severity})
    keys.settle(key, incident.pk)
    return incident


def _lock_stays(residents: Mapping[int, str], by: User) -> list[Stay]:
    if not residents:
        return []
    rows = presence.visible_stays(by).filter(pk__in=residents).select_related("case__client")
    stays = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    if len(stays) < len(residents):
        raise Http404(_("Penghuni tidak ditemukan."))
    return stays


def _reasons_not_to_record(incident: Incident, stays: list[Stay], residents: Mapping[int, str]) -> list[str]:
    reasons = []
    if incident.on > incident.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    if not set(residents.values()) <= set(IncidentPart.values):
        reasons.append(_("Pilih peran klien dalam kejadian."))
    for stay in stays:
        if incident.on < stay.placed_on or (stay.left_on and incident.on > stay.left_on):
            name = stay.case.client.shown_name
            reasons.append(_("%s tidak tinggal di sini pada tanggal kejadian.") % name)
    return reasons


@transaction.atomic
def follow_up(*, incident_id: int, text: str, closes: bool = False, by: User, key: str = "") -> IncidentFollowUp:
    """Add what was done; supervisor or head may close the incident with it."""
    incident = _lock(incident_id, by)
    if answer := keys.claim(key, by=by):
        return IncidentFollowUp.objects.get(pk=answer)
    expect_on_duty(by)
    allow(why_not_close(by) if closes else "")
    if incident.closed_at:
        raise Stale(_("Kejadian ini sudah ditutup."), by=incident.closed_by.full_name, at=incident.closed_at)
    if not text.strip():
        raise Refused([_("Isi tindak lanjut.")])
    row = IncidentFollowUp(incident=incident, text=text, by=by)
    soundness.demand(row)
    row.save(force_insert=True)
    if closes:
        incident.closed_by, incident.closed_at = by, clock.now()
        incident.save(update_fields=["closed_by", "closed_at"])
    stays = [line.stay for line in incident.residents.select_related("stay__case__client")]
    _told(incident, "incident.closed" if closes else "incident.followed_up", stays, by, {"follow_up": row.pk})
    keys.settle(key, row.pk)
    return row


def why_not_close(user: User) -> str:
    return "" if user.has_role(*CLOSING) else _("Kejadian ditutup oleh supervisor atau Kepala UPT.")


def _lock(incident_id: int, by: User) -> Incident:
    rows = Incident.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution", "closed_by")
    found: Incident | None = rows.filter(pk=incident_id).first()
    if found is None:
        raise Http404(_("Kejadian tidak ditemukan."))
    return found


def _told(incident: Incident, verb: str, stays: list[Stay], by: User, data: dict[str, Any]) -> None:
    trail.append(
        institution_id=incident.institution_id,
        by=by,
        verb=verb,
        subjects=[
            trail.Subject("incident", incident.pk, f"{incident.on.isoformat()} {incident.kind}"),
            *(case_subject(stay.case) for stay in stays),
        ],
        data={"on": incident.on.isoformat(), **data},
    )


def recipients(incident: Incident) -> list[User]:
    """Who is told of an incident: supervisors and the head of the UPT, but not its writer."""
    rows = incident.institution.memberships.filter(role__in=(Role.SUPERVISOR, Role.HEAD), user__is_active=True)
    today = incident.institution.today()
    found = {row.user_id: row.user for row in rows.select_related("user").order_by("pk") if row.holds_on(today)}
    return [user for pk, user in found.items() if pk != incident.by_id]
