"""The days of the law in a case: put in the calendar, held, postponed to another day, called off."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import soundness
from cases.models import Case
from rehsos import clock
from services import permissions, worklog
from services.acts import allow, finish, lock, refuse
from services.models import CourtDate
from services.note_enums import CourtState

AHEAD = timedelta(days=3 * 366)


@transaction.atomic
def plan(*, case: Case, values: Mapping[str, Any], by: User, key: str = "") -> CourtDate:
    """A day in the calendar of a case that is open."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return CourtDate.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    row = _planned(case, values, by)
    finish(case, by=by, verb="court.planned", data={"court": row.pk, "on": row.on.isoformat()})
    keys.settle(key, row.pk)
    return row


def _planned(case: Case, values: Mapping[str, Any], by: User) -> CourtDate:
    row = CourtDate(institution=case.institution, case=case, made_by=by, **values)
    reasons = [_("Kasus sudah ditutup.")] if case.is_closed else []
    if row.on < case.first_contact_on:
        reasons.append(_("Tanggal mendahului kontak pertama dengan klien."))
    if row.on > case.institution.today() + AHEAD:
        reasons.append(_("Periksa tanggalnya: lebih dari tiga tahun lagi."))
    refuse(reasons)
    soundness.demand(row)
    row.save(force_insert=True)
    return row


@transaction.atomic
def settle(
    *, court: CourtDate, state: str, result: str, by: User, next_on: date | None = None, key: str = ""
) -> CourtDate:
    """What came of it. Held it is an activity (D.o); postponed it brings the next day, if that is known."""
    case = lock(court.case, by=by)
    court = CourtDate.objects.select_related("institution").get(pk=court.pk)
    if keys.claim(key, by=by):
        return court
    allow(permissions.why_not_log(by, case))
    refuse(_reasons_not_to_settle(court, case, state, result, next_on))
    court.case = case
    if next_on:
        again = {name: getattr(court, name) for name in ("kind", "starts_at", "place", "agenda")}
        court.next = _planned(case, {**again, "on": next_on}, by)
    court.state, court.result, court.settled_by, court.settled_at = state, result, by, clock.now()
    soundness.demand(court)
    court.save(update_fields=["state", "result", "settled_by", "settled_at", "next"])
    if state == CourtState.HELD:
        worklog.of_court(court, by.pk, court.on)
    finish(case, by=by, verb="court.settled", data={"court": court.pk, "state": state})
    keys.settle(key, court.pk)
    return court


def _reasons_not_to_settle(court: CourtDate, case: Case, state: str, result: str, next_on: date | None) -> list[str]:
    reasons = [] if court.is_planned else [_("Hasilnya sudah dicatat.")]
    if state not in (CourtState.HELD, CourtState.POSTPONED, CourtState.CANCELLED):
        reasons.append(_("Pilih terlaksana, ditunda, atau batal."))
    if not result.strip():
        reasons.append(_("Isi hasil atau alasannya."))
    if state == CourtState.HELD and court.on > case.institution.today():
        reasons.append(_("Tanggalnya belum tiba."))
    if next_on and state == CourtState.CANCELLED:
        reasons.append(_("Yang batal tidak punya tanggal berikut."))
    if next_on and next_on <= court.on:
        reasons.append(_("Tanggal berikut harus sesudah tanggal ini."))
    return reasons
