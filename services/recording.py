"""The writes that do not move a case: stage records and activities. Same manners as ``transitions``."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from audit import trail
from cases import files, soundness
from cases.enums import Bimbingan, Stage, Status, StayEnd
from cases.files import Checked
from cases.models import Case, Stay
from rehsos import clock
from rehsos.doors import Stale
from services import beds, due_dates, editing, permissions, presence, worklog
from services.acts import allow, case_subject, finish, lock, lock_all, refresh, refuse
from services.catalogue import CATALOGUE, ActivityItem, Kind
from services.models import (
    Activity,
    ActivityBimbingan,
    ActivityCase,
    Handover,
    Placement,
    ProgressSheet,
    RecordPart,
    Referral,
    StageRecord,
)
from services.overtaken import take_back_offer
from services.situation import Situation
from services.workflow import stage_of_sign_off

Parts = Mapping[type[RecordPart], Sequence[Mapping[str, Any]]]


@transaction.atomic
def save_record(
    *,
    case: Case,
    kind: type[StageRecord],
    values: Mapping[str, Any],
    by: User,
    parts: Parts | None = None,
    record_id: int | None = None,
    version: int = 0,
    key: str = "",
) -> StageRecord:
    """Add a stage record, or change one that is still open; its parts are replaced, its activity is written."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        kept: StageRecord = kind._default_manager.get(pk=answer)
        return kept
    allow(permissions.why_not_record(by, case))
    now = Situation(case)
    refuse([reason] if (reason := editing.why_not(now, kind)) else [])
    record = _record_to_write(now, kind, record_id, version)
    for name, value in values.items():
        setattr(record, name, value)
    inside = {part: [part(**row, **{"record": record}) for row in rows] for part, rows in (parts or {}).items()}
    _expect_sound(now, record, [row for rows in inside.values() for row in rows])
    _sign_authorship(record, by)
    record.save()
    for part, rows in inside.items():
        manager: models.Manager[Any] = part._default_manager
        manager.filter(record=record).delete()
        manager.bulk_create(rows)
    worklog.of_record(record)
    _effects(case, record, by)
    finish(
        case,
        by=by,
        verb="record.saved",
        data={"record": kind._meta.model_name, "id": record.pk, "version": record.version},
    )
    keys.settle(key, record.pk)
    return record


def add_record(now: Situation, kind: type[StageRecord], values: Mapping[str, Any], by: User) -> StageRecord:
    """One more record in a case that the caller has locked. The caller asks who may, and tells of it afterwards."""
    refuse([reason] if (reason := editing.why_not(now, kind)) else [])
    record = _record_to_write(now, kind, None, 0)
    for name, value in values.items():
        setattr(record, name, value)
    _expect_sound(now, record, [])
    _sign_authorship(record, by)
    record.save()
    worklog.of_record(record)
    return record


def _record_to_write(now: Situation, kind: type[StageRecord], record_id: int | None, version: int) -> StageRecord:
    present = now.records_of(kind)
    if record_id is None:
        if kind.is_single and present:
            raise Stale(_("%s sudah diisi.") % kind.title, by=present[0].author.full_name, at=present[0].saved_at)
        edition = getattr(now.case, kind.edition_of) if kind.edition_of else 1
        return kind(case=now.case, stage=kind.home, round=now.case.round_of(kind.home), edition=edition, version=0)
    record: StageRecord | None = next((row for row in present if row.pk == record_id), None)
    if record is None or record.version != version:
        raise Stale(
            _("Catatan ini sudah diubah sejak Anda membukanya."),
            by=record.author.full_name if record else "",
            at=record.saved_at if record else None,
        )
    return record


def _sign_authorship(record: StageRecord, by: User) -> None:
    record.author = by
    record.author_ids = sorted({*record.author_ids, by.pk})
    record.version += 1
    record.saved_at = clock.now()


def _expect_sound(now: Situation, record: StageRecord, inside: list[RecordPart]) -> None:
    """First what single fields demand, then the hard rules on dates, which need them filled."""
    refuse(list(dict.fromkeys(fault for row in (record, *inside) for fault in soundness.faults(row))))
    future = [fault for row in (record, *inside) for fault in _future_dates(now, row)]
    refuse(list(dict.fromkeys([*future, *_impossible_dates(now, record), *record.misfits()])))


def _future_dates(now: Situation, row: models.Model) -> list[str]:
    """Records tell what was: none of their dates lies ahead."""
    days = [field for field in row._meta.concrete_fields if type(field) is models.DateField]
    ahead = [field for field in days if (day := getattr(row, field.name)) and day > now.today]
    return [_("%s tidak boleh di masa depan.") % soundness.title(field) for field in ahead]


def _impossible_dates(now: Situation, record: StageRecord) -> list[str]:
    """Nothing before first contact, leaving not before placement, aftercare not before leaving, one sheet a period."""
    reasons = []
    if record.on < now.case.first_contact_on:
        reasons.append(_("Tanggal mendahului kontak pertama dengan klien."))
    stay = now.stays[-1] if now.stays else None
    left_on = record.on if isinstance(record, Handover) else getattr(record, "left_on", None)
    if left_on and stay and left_on < stay.placed_on:
        reasons.append(_("Tanggal keluar mendahului tanggal penempatan."))
    if record.home == Stage.AFTERCARE and stay and stay.left_on and record.on < stay.left_on:
        reasons.append(_("Bimbingan lanjut mendahului tanggal klien keluar."))
    if isinstance(record, ProgressSheet):
        reasons += _wrong_period(now, record)
    return reasons


def _wrong_period(now: Situation, record: ProgressSheet) -> list[str]:
    kept: list[ProgressSheet] = list(ProgressSheet.of(now.case).filter(period_on=record.period_on))
    if any(sheet.pk != record.pk for sheet in kept):
        return [_("Lembar perkembangan periode ini sudah diisi.")]
    if not kept and record.period_on not in {start for start, _end in due_dates.periods_of(now)}:
        return [_("Tanggal ini bukan awal sebuah periode lembar perkembangan.")]
    return []


def _effects(case: Case, record: StageRecord, by: User) -> None:
    """What a record does to the stay: placement starts it with a bed, handover or a referral taken over ends it."""
    if isinstance(record, Placement):
        stay = case.stays.filter(left_on__isnull=True).first() or Stay(case=case, institution=case.institution)
        stay.placed_on = record.on
        presence.fit(stay, by=by)
        stay.save()
        beds.of_placement(stay, record, by=by)
        case.status = Status.ACTIVE
        case.save(update_fields=["status"])
    elif isinstance(record, Handover):
        _end_stay(case, record.on, StayEnd.COMPLETED, by)
    elif isinstance(record, Referral) and not case.is_leaving:
        _end_stay(case, record.left_on, StayEnd.REFERRED, by)


def _end_stay(case: Case, left_on: date | None, end: StayEnd, by: User) -> None:
    """End the last stay. A date that is taken back lets it run on, if it was this way that it had ended."""
    stay = case.stays.order_by("-placed_on", "-pk").first()
    if stay and (left_on or stay.end == end):
        was, stay.left_on, stay.end = stay.left_on, left_on, end if left_on else ""
        presence.fit(stay, by=by)
        stay.save(update_fields=["left_on", "end"])
        beds.follow(stay, was=was)
        take_back_offer(case, by=by, reason=_("Ditarik karena klien keluar."))


@transaction.atomic
def log_activity(
    *,
    code: str,
    by: User,
    on: date,
    cases: Iterable[Case] = (),
    bimbingan: Iterable[str] = (),
    values: Mapping[str, Any] | None = None,
    evidence: Checked | None = None,
    key: str = "",
) -> Activity:
    """Record one activity of the catalogue for one, many or no case."""
    locked = lock_all(cases, by=by)
    if answer := keys.claim(key, by=by):
        return Activity.objects.get(pk=answer)
    for case in locked:
        allow(permissions.why_not_log(by, case))
    item = CATALOGUE.get(code)
    chosen = _bimbingan_of(item, bimbingan)
    refuse(_reasons_not_to_log(item, locked, by, on, chosen))
    assert by.institution is not None
    activity = Activity(institution=by.institution, code=code, on=on, by=by, **(values or {}))
    soundness.demand(activity)
    activity.evidence = files.keep(evidence, by=by, institution_id=by.institution.pk) if evidence else None
    activity.save(force_insert=True)
    ActivityCase.objects.bulk_create(ActivityCase(activity=activity, case=case) for case in locked)
    ActivityBimbingan.objects.bulk_create(ActivityBimbingan(activity=activity, bimbingan=b) for b in chosen)
    _finish_activity(activity, locked, by)
    keys.settle(key, activity.pk)
    return activity


def _finish_activity(activity: Activity, cases: list[Case], by: User) -> None:
    """One trail entry for the act, whatever the number of its cases."""
    for case in cases:
        refresh(case)
    trail.append(
        institution_id=activity.institution_id,
        by=by,
        verb="activity.logged",
        subjects=[trail.Subject("activity", activity.pk, activity.code), *(case_subject(case) for case in cases)],
        data={"code": activity.code, "on": activity.on.isoformat()},
    )


def _bimbingan_of(item: ActivityItem | None, chosen: Iterable[str]) -> list[str]:
    """A code that names one bimbingan brings it along; one that covers several leaves the choice to the writer."""
    if item and len(item.bimbingan) == 1:
        return [str(item.bimbingan[0])]
    return [value for value in Bimbingan.values if value in set(chosen)]


def _reasons_not_to_log(
    item: ActivityItem | None, cases: list[Case], by: User, on: date, bimbingan: list[str]
) -> list[str]:
    if item is None:
        return [_("Kode kegiatan tidak dikenal.")]
    if by.institution is None:
        return [_("Anda belum terdaftar di sebuah UPT.")]
    reasons = []
    if item.kind == Kind.SUPERVISE and not by.has_role(*permissions.SUPERVISING, Role.HEAD):
        reasons.append(_("Kegiatan supervisi dicatat oleh supervisor."))
    if item.kind == Kind.SUPERVISE and (cases or stage_of_sign_off(item.code)):
        reasons.append(_("Supervisi sebuah kasus diberikan dari halaman tahapnya."))
    if len(item.bimbingan) > 1 and not set(bimbingan) <= set(item.bimbingan):
        reasons.append(_("%s tidak mencakup bimbingan yang dipilih.") % item.code)
    if len(item.bimbingan) > 1 and not bimbingan:
        reasons.append(_("Pilih bimbingan: %s mencakup beberapa bimbingan.") % item.code)
    if on > by.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    for case in cases:
        reasons += [f"{case.number}: {reason}" for reason in reasons_for_case(item, case, on)]
    return list(dict.fromkeys(reasons))


def reasons_for_case(item: ActivityItem, case: Case, on: date) -> list[str]:
    """Why an activity cannot have been done for a case on a day."""
    if case.is_closed:
        return [_("kasus sudah ditutup.")]
    reasons = []
    if on < case.first_contact_on:
        reasons.append(_("tanggal mendahului kontak pertama dengan klien."))
    stays = list(case.stays.all())
    if item.code in ON_STAY and not any(s.placed_on <= on and (not s.left_on or on <= s.left_on) for s in stays):
        reasons.append(_("tanggal di luar masa tinggal klien."))
    if item.code in AFTER_LEAVING and not any(s.left_on and s.left_on <= on for s in stays):
        reasons.append(_("klien belum keluar pada tanggal itu."))
    return reasons


ON_STAY = frozenset(
    item.code
    for item in CATALOGUE.values()
    if item.stage == Stage.INTERVENTION
    and item.scope == "case"
    and item.kind in (Kind.CONDUCT, Kind.MOTIVATE, Kind.ACCOMPANY, Kind.OTHER)
)
AFTER_LEAVING = frozenset(
    item.code
    for item in CATALOGUE.values()
    if item.stage == Stage.AFTERCARE and item.kind not in (Kind.PREPARE, Kind.SUPERVISE)
)
