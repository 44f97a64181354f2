"""A trip to former clients: who was met and how they fare, who was not met; recorded in one act for all of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from audit import trail
from cases import files, soundness
from cases.files import Checked
from cases.models import Case, StoredFile
from rehsos.doors import Refused
from services import permissions, recording
from services.acts import allow, case_subject, lock_all, refresh, refuse
from services.models import Activity, AftercareMiss, AftercareTrip, AftercareVisit, AidCheck
from services.situation import Situation

MOST = 15  # in one trip


@dataclass(frozen=True)
class Condition:
    """How an aid and its business stand."""

    aid: int
    asset: str
    business: str
    note: str = ""


@dataclass(frozen=True)
class Found:
    """What a trip found at one former client: a visit, or nobody."""

    case: Case
    is_met: bool
    values: Mapping[str, Any]
    photo: Checked | None = None
    conditions: tuple[Condition, ...] = ()


@transaction.atomic
def record_trip(*, values: Mapping[str, Any], found: Iterable[Found], by: User, key: str = "") -> AftercareTrip:
    """Keep a trip with a record for each former client; all of it or nothing."""
    told = {one.case.pk: one for one in found}
    cases = lock_all([one.case for one in told.values()], by=by)
    if answer := keys.claim(key, by=by):
        return AftercareTrip.objects.get(pk=answer)
    for case in cases:
        allow(permissions.why_not_record(by, case))
    refuse(_reasons(cases))
    trip = AftercareTrip(institution=cases[0].institution, by=by, **values)
    soundness.demand(trip)
    trip.save(force_insert=True)
    for case in cases:
        _kept(trip, case, told[case.pk], by)
        refresh(case)
    trail.append(
        institution_id=trip.institution_id,
        by=by,
        verb="aftercare.visited",
        subjects=[trail.Subject("aftercare_trip", trip.pk, trip.on.isoformat()), *map(case_subject, cases)],
        data={"on": trip.on.isoformat(), "met": sum(one.is_met for one in told.values()), "all": len(told)},
    )
    keys.settle(key, trip.pk)
    return trip


def _reasons(cases: list[Case]) -> list[str]:
    if not cases:
        return [_("Pilih paling sedikit satu eks klien.")]
    return [_("Paling banyak %s eks klien dalam satu perjalanan.") % MOST] if len(cases) > MOST else []


def _kept(trip: AftercareTrip, case: Case, one: Found, by: User) -> None:
    """The record of one former client; what is wrong with it names the case."""
    kind = AftercareVisit if one.is_met else AftercareMiss
    told = {name: value.strip() if isinstance(value, str) else value for name, value in one.values.items()}
    words = {**told, "on": trip.on, "trip": trip}
    if one.photo and one.is_met:
        words["photo"] = files.keep(one.photo, by=by, institution_id=trip.institution_id)
    try:
        record = recording.add_record(Situation(case), kind, words, by)
    except Refused as refusal:
        raise Refused([f"{case.number}: {reason}" for reason in refusal.reasons]) from refusal
    if photo := words.get("photo"):
        _show(record.pk, photo)
    if isinstance(record, AftercareVisit):
        _check_aids(record, one.conditions, by)


def _check_aids(visit: AftercareVisit, conditions: Iterable[Condition], by: User) -> None:
    """What became of aids that this former client was given before the visit."""
    own = set(visit.case.businessaid_set.filter(on__lte=visit.on).values_list("pk", flat=True)) if conditions else set()
    for told in conditions:
        if told.aid not in own:
            raise Http404(_("Bantuan tidak ditemukan."))
        row = AidCheck(
            aid_id=told.aid, visit=visit, on=visit.on, asset=told.asset, business=told.business, note=told.note, by=by
        )
        soundness.demand(row)
        row.save(force_insert=True)


def _show(visit: int, photo: StoredFile) -> None:
    """The picture is the evidence of the look at how they fare, so whoever reads that activity may open it."""
    rows = Activity.objects.filter(record_kind="aftercarevisit", record_id=visit, code="F.g")
    rows.update(evidence=photo)
