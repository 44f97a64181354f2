"""The log of a shift: D.p for every resident present, exceptions by name, handed over and confirmed, corrected."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys, shifts
from accounts.enums import Role
from accounts.models import Institution, User
from audit import trail
from cases import soundness
from cases.models import Stay
from rehsos import clock, rows
from rehsos.doors import Refused, Stale
from services import corrections, group_work
from services.acts import case_subject, refuse
from services.models import ShiftLog, ShiftLogLine, ShiftLogRevision
from services.presence import expect_on_duty

CODE = "D.p"
CORRECTING = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)
LINE_MAX = 1000


@transaction.atomic
def write(
    *,
    on: date,
    shift: str,
    house: str = "",
    remarks: str,
    handed_note: str = "",
    lines: Mapping[int, str],
    by: User,
    key: str = "",
) -> ShiftLog:
    """The log of one shift for one house, or with no house for the whole UPT; ``lines`` are exceptions by stay."""
    expect_on_duty(by)
    stays = group_work.lock_residents(code=CODE, by=by, day=on, house=house)
    if answer := keys.claim(key, by=by):
        return ShiftLog.objects.get(pk=answer)
    present = [stay for stay in stays if not stay.is_away]
    log = ShiftLog(
        institution=by.institution, on=on, shift=shift, house=house, remarks=remarks, handed_note=handed_note, by=by
    )
    refuse(_reasons_not_to_write(log, present, lines))
    soundness.demand(log)
    values = {"account": _account(log, len(present)), "place": house}
    log.activity = group_work.record(code=CODE, by=by, on=on, stays=present, values=values)
    _insert(log)
    _write_lines(log, lines, {stay.pk for stay in stays})
    _told(log, "shift_log.written", [stay for stay in present], by)
    keys.settle(key, log.pk)
    return log


def _reasons_not_to_write(log: ShiftLog, present: list[Stay], lines: Mapping[int, str]) -> list[str]:
    upt = log.institution
    reasons = []
    if log.on > upt.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    if log.shift not in names(upt):
        reasons.append(_("Pilih giliran jaga."))
    if not log.remarks.strip():
        reasons.append(_("Isi keadaan umum."))
    if not present:
        reasons.append(_("Tidak ada penghuni yang hadir pada hari itu."))
    return [*reasons, *_too_long(lines)]


def _too_long(lines: Mapping[int, str]) -> list[str]:
    if any(len(text) > LINE_MAX for text in lines.values()):
        return [_("Catatan seorang klien paling panjang %d huruf.") % LINE_MAX]
    return []


def names(upt: Institution) -> list[str]:
    return [shift.name for shift in shifts.shifts_of(upt.shifts)]


def _account(log: ShiftLog, number: int) -> str:
    where = log.house or _("seluruh UPT")
    told = {"shift": log.shift, "where": where, "number": number}
    return _("Buku jaga %(shift)s, %(where)s: %(number)d klien hadir.") % told


def _insert(log: ShiftLog) -> None:
    """One log a shift and house; of two that come at once the second is told."""
    try:
        log.save(force_insert=True)
    except IntegrityError as taken:
        raise Stale(_("Giliran ini sudah dicatat.")) from taken


def _write_lines(log: ShiftLog, lines: Mapping[int, str], known: set[int]) -> None:
    if not set(lines) <= known:
        raise Refused([_("Ada klien yang tidak tinggal di sini pada hari itu.")])
    said = [(log.pk, stay, text.strip()) for stay, text in lines.items() if text.strip()]
    rows.insert(ShiftLogLine, ("log", "stay", "text"), said)


@transaction.atomic
def change(
    *,
    log_id: int,
    remarks: str,
    handed_note: str = "",
    lines: Mapping[int, str],
    by: User,
    version: int,
    reason: str = "",
    key: str = "",
) -> ShiftLog:
    """Change a log: its author within a day and before it was confirmed; afterwards a correction with a reason."""
    log = lock(log_id, by=by)
    if keys.claim(key, by=by):
        return log
    is_correction = needs_reason(log, by)
    if why_not := why_not_change(log, by):
        raise PermissionDenied(why_not)
    if log.version != version:
        raise Stale(_("Buku jaga ini sudah diubah sejak Anda membukanya."))
    faults = [_("Isi alasan koreksi.")] if is_correction and not reason.strip() else []
    faults += [] if remarks.strip() else [_("Isi keadaan umum.")]
    refuse([*faults, *_too_long(lines)])
    if is_correction:
        ShiftLogRevision.objects.create(log=log, reason=reason, before=content(log), by=by)
    log.remarks, log.handed_note, log.version = remarks, handed_note, log.version + 1
    soundness.demand(log)
    log.save(update_fields=["remarks", "handed_note", "version"])
    known = set(Stay.objects.filter(case__activity_links__activity=log.activity_id).values_list("pk", flat=True))
    known |= set(log.lines.values_list("stay", flat=True))
    log.lines.all().delete()
    _write_lines(log, lines, known)
    _told(log, "shift_log.corrected" if is_correction else "shift_log.changed", [], by, reason)
    keys.settle(key, log.pk)
    return log


@transaction.atomic
def confirm(*, log_id: int, by: User, key: str = "") -> ShiftLog:
    """The officer of the next shift has read the log and takes over."""
    log = lock(log_id, by=by)
    if keys.claim(key, by=by):
        return log
    expect_on_duty(by)
    if log.by_id == by.pk:
        raise PermissionDenied(_("Serah terima dikonfirmasi oleh petugas giliran berikutnya."))
    if log.confirmed_at:
        raise Stale(_("Serah terima ini sudah dikonfirmasi."), by=log.confirmed_by.full_name, at=log.confirmed_at)
    log.confirmed_by, log.confirmed_at = by, clock.now()
    log.save(update_fields=["confirmed_by", "confirmed_at"])
    _told(log, "shift_log.confirmed", [], by)
    keys.settle(key, log.pk)
    return log


def content(log: ShiftLog) -> dict[str, Any]:
    """What a log says, as a correction keeps it."""
    lines = {str(line.stay_id): line.text for line in log.lines.all()}
    return {"remarks": log.remarks, "handed_note": log.handed_note, "lines": lines}


def needs_reason(log: ShiftLog, by: User) -> bool:
    is_free = log.by_id == by.pk and corrections.is_editable(log.saved_at) and log.confirmed_at is None
    return not (is_free and corrections.month_open(log.institution, log.on))


def why_not_change(log: ShiftLog, by: User) -> str:
    if log.by_id == by.pk or by.has_role(*CORRECTING):
        return ""
    return _("Buku jaga diubah oleh penulisnya, atau dikoreksi oleh supervisor dan Kepala UPT.")


def lock(log_id: int, *, by: User) -> ShiftLog:
    here = ShiftLog.objects.visible_to(by).select_for_update(of=("self",))
    found = here.select_related("institution", "by", "confirmed_by").filter(pk=log_id).first()
    if found is None:
        raise Http404(_("Buku jaga tidak ditemukan."))
    return found


def _told(log: ShiftLog, verb: str, stays: list[Stay], by: User, reason: str = "") -> None:
    subjects = [trail.Subject("shift_log", log.pk, f"{log.on.isoformat()} {log.shift}")]
    trail.append(
        institution_id=log.institution_id,
        by=by,
        verb=verb,
        subjects=[*subjects, *(case_subject(stay.case) for stay in stays)],
        data={"on": log.on.isoformat(), "shift": log.shift, "house": log.house, "version": log.version},
        reason=reason,
    )
