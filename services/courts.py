"""The days of the law in a case: put in the calendar, held, postponed to another day, called off."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import soundness
from cases.models import Case
from rehsos import clock
from rehsos.formatting import long_date
from services import directions, permissions, tasks, worklog
from services.acts import allow, finish, lock, refuse
from services.models import CourtDate
from services.models.casework import COURT_STEPS
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


@transaction.atomic
def remind() -> int:
    """Tell the workers of a case a week and a day before a day of the law, and once that it went by; how many days."""
    near = clock.now().date() + timedelta(days=COURT_STEPS[0] + 1)
    rows = CourtDate.objects.filter(state=CourtState.PLANNED, on__lte=near, case__closed_on__isnull=True)
    rows = rows.exclude(reminded_days=0).select_related("case__institution", "institution")
    found = [(row, step) for row in rows.select_for_update(of=("self",)).order_by("pk") if (step := _step(row))]
    for row, step in found:
        row.reminded_days = step.days
        row.save(update_fields=["reminded_days"])
        told = {"kind": row.get_kind_display(), "day": long_date(row.on)}
        tasks.tell(
            directions.workers_of(row.case), step.text % told, reverse("services:court", args=[row.pk]), row.case
        )
    return len(found)


class Step(NamedTuple):
    """A reminder that is due: ``days`` of ``COURT_STEPS`` and its words."""

    days: int
    text: str


def _step(row: CourtDate) -> Step | None:
    """What is to be told of a day now, unless that or a later step was told already."""
    left = (row.on - row.institution.today()).days
    if left < 0:
        step = Step(0, _("%(kind)s %(day)s sudah lewat; catat hasilnya."))
    elif left <= 1:
        step = Step(1, _("%(kind)s besok, %(day)s.") if left else _("%(kind)s hari ini, %(day)s."))
    elif left <= COURT_STEPS[0]:
        step = Step(COURT_STEPS[0], _("%(kind)s dalam sepekan: %(day)s."))
    else:
        return None
    return step if row.reminded_days is None or step.days < row.reminded_days else None
