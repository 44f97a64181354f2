"""Events of outreach: what took place (A.a, A.b, A.f–A.h, A.l, A.m), and who came."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from audit import trail
from cases import files, soundness
from cases.files import Checked
from cases.models import Client
from rehsos import clock
from rehsos.doors import Stale
from services.acts import allow, refuse
from services.models import Activity, OutreachEvent, OutreachParticipant, OutreachProgramme
from services.outreach import faults_of_day, kind_of, lock_upt, log, tell, why_not_outreach
from services.outreach_enums import OutreachKind, OutreachPaperKind

MOST_AT_ONCE = 40


@transaction.atomic
def record(*, values: Mapping[str, Any], evidence: Checked | None = None, by: User, key: str = "") -> OutreachEvent:
    """Record what took place; nobody need have come."""
    upt = lock_upt(by)
    if answer := keys.claim(key, by=by):
        return OutreachEvent.objects.get(pk=answer)
    row = OutreachEvent(institution=upt, by=by, **values)
    refuse(_reasons_not_to_record(row, by))
    soundness.demand(row)
    row.evidence = files.keep(evidence, by=by, institution_id=upt.pk) if evidence else None
    row.save(force_insert=True)
    words = {name: getattr(row, name) for name in ("starts_at", "minutes", "place", "account", "result", "obstacle")}
    log(row, code=row.code, institution=upt, by=by, on=row.on, evidence=row.evidence, **words)
    data = {"code": row.code, "on": row.on.isoformat(), "number": row.number}
    tell(upt, by, "outreach.recorded", [subject(row)], data)
    keys.settle(key, row.pk)
    return row


def _reasons_not_to_record(row: OutreachEvent, by: User) -> list[str]:
    reasons = faults_of_day(row.institution, row.on)
    if row.code not in OutreachKind.values:
        reasons.append(_("Pilih jenis kegiatan."))
    if row.programme and not OutreachProgramme.objects.visible_to(by).filter(pk=row.programme.pk).exists():
        reasons.append(_("Program tidak ditemukan."))
    return reasons


@transaction.atomic
def add_participants(
    *, event: OutreachEvent, people: Sequence[Mapping[str, Any]], by: User, key: str = ""
) -> list[OutreachParticipant]:
    """Write down who came. At an event that tells of the service, that is an activity of its own (A.e), once."""
    found = lock(event.pk, by)
    if answer := keys.claim(key, by=by):
        return list(OutreachParticipant.objects.filter(pk__in=answer.split(",")))
    allow(why_not_outreach(by))
    reasons = [] if people else [_("Tulis paling sedikit satu nama.")]
    if len(people) > MOST_AT_ONCE:
        reasons.append(_("Paling banyak %d nama sekaligus.") % MOST_AT_ONCE)
    refuse(reasons)
    rows = [OutreachParticipant(event=found, by=by, **words) for words in people]
    for row in rows:
        soundness.demand(row)
        row.save(force_insert=True)
    if found.kind in OutreachKind.told():
        _log_data(found, by)
    data = {"number": len(rows), "prospects": sum(row.is_prospect for row in rows)}
    tell(found.institution, by, "outreach.participants_added", [subject(found), *map(person, rows)], data)
    keys.settle(key, ",".join(str(row.pk) for row in rows))
    return rows


def _log_data(event: OutreachEvent, by: User) -> None:
    code, kind = OutreachPaperKind.PARTICIPANTS.value, kind_of(event)
    if not Activity.objects.filter(record_kind=kind, record_id=event.pk, code=code).exists():
        today = event.institution.today()
        log(event, code=code, institution=event.institution, by=by, on=today, place=event.place)


@transaction.atomic
def strike(*, participant: OutreachParticipant, because: str, by: User, key: str = "") -> OutreachParticipant:
    """Take back a name that was wrong, with the reason; the row stays. Not of somebody who is a client since."""
    rows = OutreachParticipant.objects.visible_to(by).select_for_update(of=("self",)).select_related("event")
    row: OutreachParticipant | None = rows.filter(pk=participant.pk).first()
    if row is None:
        raise Http404(_("Peserta tidak ditemukan."))
    if keys.claim(key, by=by):
        return row
    if row.struck_at:
        raise Stale(_("Nama ini sudah dicoret."), at=row.struck_at)
    refuse([_("Peserta ini sudah menjadi calon klien.")] if row.client_id else [])
    refuse([] if because.strip() else [_("Tulis mengapa nama ini dicoret.")])
    row.struck_because, row.struck_by, row.struck_at = because.strip(), by, clock.now()
    soundness.demand(row)
    row.save(update_fields=["struck_because", "struck_by", "struck_at"])
    tell(row.event.institution, by, "outreach.participant_struck", [subject(row.event), person(row)], {}, because)
    keys.settle(key, row.pk)
    return row


def lock(event_id: int, by: User) -> OutreachEvent:
    rows = OutreachEvent.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution")
    found: OutreachEvent | None = rows.filter(pk=event_id).first()
    if found is None:
        raise Http404(_("Kegiatan tidak ditemukan."))
    return found


def subject(row: OutreachEvent) -> trail.Subject:
    return trail.Subject("outreach_event", row.pk, f"{row.on.isoformat()} {row.code}")


def client_subject(client: Client) -> trail.Subject:
    return trail.Subject("client", client.pk, client.number)


def person(row: OutreachParticipant) -> trail.Subject:
    """Without the name: the trail tells of acts, not of people outside."""
    return trail.Subject("participant", row.pk, str(row.pk))
