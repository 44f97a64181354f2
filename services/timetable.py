"""The writes on the weekly pattern: its lines, the days on which a line or the whole UPT pauses."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import Institution, User
from audit import trail
from cases import soundness
from cases.models import Case
from rehsos.doors import Stale
from services import arranging, clashes, meeting, session_permissions
from services.acts import allow, refuse
from services.models import Holiday, Session, Slot, SlotCase, SlotException
from services.programme import lock
from services.session_enums import Audience, SessionState

FIELDS = (
    "activity", "weekday", "starts_at", "ends_at", "room", "leader", "leader_name", "audience", "house",
    "since_on", "until_on",
)  # fmt: skip


@transaction.atomic
def add_slot(
    *,
    institution: Institution,
    values: Mapping[str, Any],
    cases: Iterable[Case] = (),
    by: User,
    despite: bool = False,
    key: str = "",
) -> Slot:
    """One more line of the pattern; its sessions of the coming weeks are made at once."""
    institution = lock(institution, by=by)
    if answer := keys.claim(key, by=by):
        return Slot.objects.get(pk=answer)
    allow(session_permissions.why_not_plan(by))
    slot = Slot(institution=institution, **{name: values[name] for name in FIELDS if name in values})
    _keep(slot, list(cases), despite)
    arranging.fill(institution, by=by, slots=[slot])
    _told(institution, by, "slot.added", [slot])
    keys.settle(key, slot.pk)
    return slot


@transaction.atomic
def change_slot(
    *,
    slot: Slot,
    values: Mapping[str, Any],
    cases: Iterable[Case] = (),
    by: User,
    version: int,
    despite: bool = False,
    key: str = "",
) -> Slot:
    """Change a line. What was held or marked stays; sessions to come that nobody has touched are made anew."""
    institution, slot = _locked(slot, by)
    if keys.claim(key, by=by):
        return slot
    allow(session_permissions.why_not_plan(by))
    _expect_version(slot, version)
    for name in FIELDS:
        if name in values:
            setattr(slot, name, values[name])
    slot.version += 1
    _keep(slot, list(cases), despite)
    _clear([slot], institution.today())
    arranging.fill(institution, by=by, slots=[slot])
    _told(institution, by, "slot.changed", [slot])
    keys.settle(key, slot.pk)
    return slot


@transaction.atomic
def end_slot(*, slot: Slot, until_on: date, by: User, version: int, key: str = "") -> Slot:
    """The last day on which a line holds; untouched sessions after it are gone."""
    institution, slot = _locked(slot, by)
    if keys.claim(key, by=by):
        return slot
    allow(session_permissions.why_not_plan(by))
    _expect_version(slot, version)
    refuse([_("Tanggal akhir mendahului tanggal berlakunya.")] if until_on < slot.since_on else [])
    slot.until_on, slot.version = until_on, slot.version + 1
    slot.save(update_fields=["until_on", "version"])
    _clear([slot], until_on + timedelta(days=1))
    _told(institution, by, "slot.ended", [slot], until=until_on.isoformat())
    keys.settle(key, slot.pk)
    return slot


@transaction.atomic
def skip(*, slot: Slot, on: date, reason: str, by: User, key: str = "") -> SlotException:
    """A day on which a line does not take place, known before."""
    institution, slot = _locked(slot, by)
    if answer := keys.claim(key, by=by):
        return SlotException.objects.get(pk=answer)
    allow(session_permissions.why_not_plan(by))
    refuse(_reasons_not_to_skip(slot, on, reason))
    row, _new = SlotException.objects.get_or_create(slot=slot, on=on, defaults={"reason": reason.strip(), "by": by})
    _clear([slot], on, on)
    _told(institution, by, "slot.skipped", [slot], on=on.isoformat())
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def add_holiday(*, institution: Institution, on: date, name: str, by: User, key: str = "") -> Holiday:
    """A day without sessions; untouched ones on it are gone."""
    institution = lock(institution, by=by)
    if answer := keys.claim(key, by=by):
        return Holiday.objects.get(pk=answer)
    allow(session_permissions.why_not_plan(by))
    row = Holiday(institution=institution, on=on, name=name.strip())
    soundness.demand(row)
    refuse([_("Hari itu sudah tercatat libur.")] if institution.holidays.filter(on=on).exists() else [])
    row.save()
    _clear(Slot.objects.filter(institution=institution), on, on)
    _told(institution, by, "holiday.added", [], on=on.isoformat(), name=row.name)
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def remove_holiday(*, holiday: Holiday, by: User, key: str = "") -> None:
    """A day is no holiday after all; its sessions are made again."""
    institution = lock(holiday.institution, by=by)
    if keys.claim(key, by=by, answer=holiday.pk) is not None:
        return
    allow(session_permissions.why_not_plan(by))
    on = holiday.on
    Holiday.objects.filter(pk=holiday.pk).delete()
    arranging.fill(institution, by=by)
    _told(institution, by, "holiday.removed", [], on=on.isoformat())


def _reasons_not_to_skip(slot: Slot, on: date, reason: str) -> list[str]:
    reasons = []
    if on.weekday() != slot.weekday:
        reasons.append(_("Tanggal itu bukan hari %s.") % slot.get_weekday_display())
    if not reason.strip():
        reasons.append(_("Isi alasan."))
    touched = Session.objects.filter(slot=slot, on=on).exclude(state=SessionState.PLANNED, first_saved_at__isnull=True)
    if touched.exists():
        reasons.append(_("Sesi tanggal itu sudah dicatat; batalkan atau koreksi sesinya."))
    return reasons


def _keep(slot: Slot, cases: list[Case], despite: bool) -> None:
    soundness.demand(slot)
    refuse(_faults(slot, cases))
    clashes.refuse_unread(clashes.of_slot(slot, [case.pk for case in cases]), despite)
    slot.save()
    SlotCase.objects.filter(slot=slot).delete()
    if slot.audience == Audience.CHOSEN:
        SlotCase.objects.bulk_create(SlotCase(slot=slot, case=case) for case in cases)


def _faults(slot: Slot, cases: list[Case]) -> list[str]:
    reasons = meeting.faults(slot)
    if slot.until_on and slot.until_on < slot.since_on:
        reasons.append(_("Tanggal akhir mendahului tanggal berlakunya."))
    if slot.audience == Audience.CHOSEN and not cases:
        reasons.append(_("Pilih paling sedikit satu klien."))
    if any(case.institution_id != slot.institution_id for case in cases):
        reasons.append(_("Ada klien dari UPT lain."))
    return reasons


def _clear(slots: Any, first: date, last: date | None = None) -> None:
    """Sessions nobody has touched are plans, not facts: they go with the pattern that made them."""
    rows = Session.objects.filter(slot__in=slots, state=SessionState.PLANNED, first_saved_at__isnull=True)
    rows = rows.filter(on__gte=first)
    (rows.filter(on__lte=last) if last else rows).delete()


def _locked(slot: Slot, by: User) -> tuple[Institution, Slot]:
    institution = lock(slot.institution, by=by)
    found = Slot.objects.select_related("activity", "institution", "leader").filter(pk=slot.pk).first()
    if found is None:
        raise Http404(_("Jadwal tidak ditemukan."))
    return institution, found


def _expect_version(slot: Slot, version: int) -> None:
    if slot.version != version:
        raise Stale(_("Jadwal ini sudah diubah sejak halaman Anda dibuka. Periksa keadaan terbarunya."))


def _told(institution: Institution, by: User, verb: str, slots: list[Slot], **data: Any) -> None:
    subjects = [trail.Subject("slot", slot.pk, str(slot)) for slot in slots]
    subjects = subjects or [trail.Subject("institution", institution.pk, institution.name)]
    trail.append(institution_id=institution.pk, by=by, verb=verb, subjects=subjects, data=data)
