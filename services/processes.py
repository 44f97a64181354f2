"""Plans of a stage's work and evaluations of how it went, for one, many or no case."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from audit import trail
from cases import soundness
from cases.models import Case
from rehsos import clock
from rehsos.doors import Stale
from services import permissions, worklog
from services.acts import allow, case_subject, lock_all, refresh, refuse
from services.catalogue import CATALOGUE
from services.models import ProcessRecord, ProcessRecordCase

CODES = ("A.o", "A.r", "A.s", "A.z", "B.b", "B.i", "C.a", "C.o", "D.a", "D.dd")


@transaction.atomic
def save(
    *,
    code: str,
    values: Mapping[str, Any],
    by: User,
    cases: Iterable[Case] = (),
    record: ProcessRecord | None = None,
    version: int = 0,
    key: str = "",
) -> ProcessRecord:
    """Write one, or change one's own; its activity goes along with it."""
    locked = lock_all(cases, by=by)
    kept = _mine(record, by) if record else None
    if answer := keys.claim(key, by=by):
        return ProcessRecord.objects.get(pk=answer)
    for case in locked:
        allow(permissions.why_not_log(by, case))
    if kept and kept.version != version:
        raise Stale(_("Catatan proses ini sudah diubah sejak Anda membukanya."), by=kept.by.full_name, at=kept.saved_at)
    if by.institution is None:
        raise PermissionDenied(_("Anda belum terdaftar di sebuah UPT."))
    written = kept or ProcessRecord(institution=by.institution, by=by, version=0)
    for name, value in {**values, "code": code}.items():
        setattr(written, name, value)
    written.version, written.saved_at = written.version + 1, clock.now()
    refuse(_reasons_not_to_save(written, locked))
    soundness.demand(written)
    written.save()
    written.links.all().delete()
    ProcessRecordCase.objects.bulk_create(ProcessRecordCase(record=written, case=case) for case in locked)
    worklog.of_process(written, locked)
    _finish(written, locked, by)
    keys.settle(key, written.pk)
    return written


def _mine(record: ProcessRecord, by: User) -> ProcessRecord:
    rows = ProcessRecord.objects.visible_to(by).select_related("by").select_for_update(of=("self",))
    found = rows.filter(pk=record.pk).first()
    if found is None:
        raise Http404(_("Catatan proses tidak ditemukan."))
    allow("" if found.by_id == by.pk else _("Hanya penulisnya yang mengubah catatan proses."))
    return found


def _reasons_not_to_save(record: ProcessRecord, cases: list[Case]) -> list[str]:
    reasons = [] if record.code in CODES else [_("Butir ini bukan catatan proses.")]
    if record.on > record.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    reasons += [_("%s: kasus sudah ditutup.") % case.number for case in cases if case.is_closed]
    return reasons


def _finish(record: ProcessRecord, cases: list[Case], by: User) -> None:
    for case in cases:
        refresh(case)
    trail.append(
        institution_id=record.institution_id,
        by=by,
        verb="process.saved",
        subjects=[trail.Subject("process_record", record.pk, record.code), *map(case_subject, cases)],
        data={"code": record.code, "version": record.version, "title": CATALOGUE[record.code].display[:80]},
    )
