"""Angkatan with a quota: set up by the head or the office, filled with accepted candidates by who decides."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from audit import trail
from cases import soundness
from cases.models import Case
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import candidates
from services.acts import allow, case_subject, lock_all, lock_institution, refuse
from services.candidates import CandidateState
from services.models import Batch, BatchPlace

KEEPING = (Role.HEAD, Role.ADMIN_OFFICE)
FILLING = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)
WORDS = ("name", "starts_on", "selection_until_on", "quota", "note")


def of(user: User) -> QuerySet[Batch]:
    return Batch.objects.filter(institution=user.institution) if user.institution else Batch.objects.none()


def taken(batches: Collection[Batch]) -> dict[int, int]:
    """How many places of each are taken."""
    rows = BatchPlace.objects.standing().filter(batch__in=batches).order_by()
    return dict(rows.values_list("batch").annotate(Count("case", distinct=True)))


def waiting(user: User) -> QuerySet[Any]:
    """The candidates in sight who are accepted and have no place yet."""
    seated = BatchPlace.objects.filter(left_at__isnull=True, case=OuterRef("pk"))
    rows = candidates.of(user, user.institution.today().year).filter(state=CandidateState.ACCEPTED)
    return rows.exclude(Exists(seated))


@transaction.atomic
def add(*, values: Mapping[str, Any], by: User, key: str = "") -> Batch:
    """Set up a batch."""
    allow(_why_not_keep(by))
    upt = lock_institution(by)
    if answer := keys.claim(key, by=by):
        return Batch.objects.get(pk=answer)
    row = Batch(institution=upt, **values)
    _keep(row)
    _told(row, by, "batch.added", [], {"quota": row.quota})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def change(*, batch: Batch, values: Mapping[str, Any], by: User, version: int, key: str = "") -> Batch:
    """Change a batch; its quota never falls below the places that are taken."""
    row = _lock(batch, by)
    if keys.claim(key, by=by):
        return row
    allow(_why_not_keep(by))
    if row.version != version:
        raise Stale(_("Angkatan ini sudah diubah sejak halaman Anda dibuka. Periksa keadaan terbarunya."))
    number = taken([row]).get(row.pk, 0)
    refuse([_("Kuota tidak boleh di bawah %d tempat yang sudah terisi.") % number] if values["quota"] < number else [])
    for name in WORDS:
        setattr(row, name, values[name])
    row.version += 1
    _keep(row)
    _told(row, by, "batch.changed", [], {"quota": row.quota})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def assign(*, batch: Batch, cases: Collection[Case], by: User, key: str = "") -> int:
    """Give accepted candidates places, all or none; the batch is locked, so that two never take the last one."""
    row = _lock(batch, by)
    locked = lock_all(cases, by=by)
    if answer := keys.claim(key, by=by):
        return int(answer)
    allow(why_not_fill(by))
    free = row.quota - taken([row]).get(row.pk, 0)
    reasons = [] if locked else [_("Pilih paling sedikit satu calon.")]
    if len(locked) > free:
        told = {"free": max(free, 0), "chosen": len(locked), "quota": row.quota}
        reasons.append(_("Tersisa %(free)d dari kuota %(quota)d tempat; Anda memilih %(chosen)d.") % told)
    ready = set(waiting(by).filter(pk__in=[case.pk for case in locked]).values_list("pk", flat=True))
    words = _("%s belum diterima, sudah ditempatkan, atau sudah punya tempat.")
    reasons += [words % case.number for case in locked if case.pk not in ready]
    refuse(reasons)
    BatchPlace.objects.bulk_create(BatchPlace(batch=row, case=case, by=by) for case in locked)
    _told(row, by, "batch.assigned", locked, {"number": len(locked)})
    keys.settle(key, len(locked))
    return len(locked)


@transaction.atomic
def release(*, place: BatchPlace, because: str, by: User, key: str = "") -> BatchPlace:
    """Give a place up, with the reason; the case stays as it is."""
    batch = _lock(place.batch, by)
    row = BatchPlace.objects.select_for_update(of=("self",)).select_related("case__client").get(pk=place.pk)
    if keys.claim(key, by=by):
        return row
    allow(why_not_fill(by))
    if row.left_at:
        raise Stale(_("Tempat ini sudah dilepas."), at=row.left_at)
    refuse([] if because.strip() else [_("Tulis mengapa tempatnya dilepas.")])
    row.left_because, row.left_by, row.left_at = because.strip(), by, clock.now()
    soundness.demand(row)
    row.save(update_fields=["left_because", "left_by", "left_at"])
    _told(batch, by, "batch.released", [row.case], {}, because)
    keys.settle(key, row.pk)
    return row


def why_not_fill(user: User) -> str:
    return "" if user.has_role(*FILLING) else _("Tempat angkatan dibagikan oleh supervisor dan Kepala UPT.")


def _why_not_keep(user: User) -> str:
    if user.institution and user.has_role(*KEEPING):
        return ""
    return _("Angkatan diatur oleh Kepala UPT dan tata usaha.")


def _lock(batch: Batch, by: User) -> Batch:
    rows = of(by).select_for_update(of=("self",), no_key=True).select_related("institution")
    found: Batch | None = rows.filter(pk=batch.pk).first()
    if found is None:
        raise Http404(_("Angkatan tidak ditemukan."))
    return found


def _keep(row: Batch) -> None:
    soundness.demand(row)
    if row.selection_until_on and row.selection_until_on > row.starts_on:
        raise Refused(_("Batas seleksi sesudah angkatan mulai."))
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        raise Refused(_("Sudah ada angkatan bernama %s.") % row.name) from twice


def _told(row: Batch, by: User, verb: str, cases: list[Case], data: dict[str, Any], reason: str = "") -> None:
    subjects = [trail.Subject("batch", row.pk, row.name), *map(case_subject, cases)]
    trail.append(institution_id=row.institution_id, by=by, verb=verb, subjects=subjects, data=data, reason=reason)
