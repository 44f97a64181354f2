"""The writes of supporting work: begin one, change it, end it, record a step under its code, strike one out."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import Institution, User
from audit import trail
from cases import files, soundness
from cases.files import Checked
from rehsos import clock
from rehsos.doors import Stale
from services.acts import allow, lock_institution, refuse
from services.models import Activity, SupportingMember, SupportingShare, SupportingStep, SupportingWork
from services.models.supporting import LEADING, SUPPORTING
from services.supporting.enums import Part, WorkState

KIND = "supportingstep"
PLAN = ("title", "level", "aim", "partners", "starts_on", "due_on")
BOOK = ("authors", "publisher", "source", "year", "identifier", "pages", "url")
WORDS = (*PLAN, *BOOK)


@transaction.atomic
def begin(*, kind: str, values: Mapping[str, Any], team: Mapping[str, Any], by: User, key: str = "") -> SupportingWork:
    """Write down a new piece of work with its team: ``lead``, ``members``, and names from ``outside``."""
    upt = _lock_upt(by)
    if answer := keys.claim(key, by=by):
        return SupportingWork.objects.get(pk=answer)
    work = SupportingWork(institution=upt, kind=kind, by=by, **values)
    refuse(_faults(work) + _faults_of_team(upt, team))
    soundness.demand(work)
    work.save(force_insert=True)
    _put_team(work, team)
    _tell(work, by, "supporting.begun", {"kind": kind})
    keys.settle(key, work.pk)
    return work


@transaction.atomic
def change(
    *, work: SupportingWork, values: Mapping[str, Any], team: Mapping[str, Any], by: User, version: int, key: str = ""
) -> SupportingWork:
    """Change plan, bibliographic data, or team. Its kind stays, for its steps are of it."""
    found = _lock(work, by)
    if keys.claim(key, by=by):
        return found
    allow(why_not_write(by, found))
    _expect(found, version)
    changed = [name for name in WORDS if name in values and values[name] != getattr(found, name)]
    for name in changed:
        setattr(found, name, values[name])
    refuse(_faults(found) + _faults_of_team(found.institution, team, found))
    soundness.demand(found)
    _save(found)
    found.members.all().delete()
    _put_team(found, team)
    _tell(found, by, "supporting.changed", {"changed": changed})
    keys.settle(key, found.pk)
    return found


@transaction.atomic
def end(
    *, work: SupportingWork, state: str, ended_on: Any, result: str, by: User, version: int, key: str = ""
) -> SupportingWork:
    """Say that it is done, with what came of it, or that it was stopped and why; or take it up again."""
    found = _lock(work, by)
    if keys.claim(key, by=by):
        return found
    allow(why_not_write(by, found))
    _expect(found, version)
    is_running = state == WorkState.RUNNING
    found.state, found.ended_on, found.result = state, None if is_running else ended_on, "" if is_running else result
    refuse(_faults_of_end(found))
    soundness.demand(found)
    _save(found)
    _tell(found, by, "supporting.ended", {"state": state})
    keys.settle(key, found.pk)
    return found


@transaction.atomic
def add_step(
    *,
    work: SupportingWork,
    code: str,
    values: Mapping[str, Any],
    with_users: Iterable[User] = (),
    file: Checked | None = None,
    by: User,
    key: str = "",
) -> SupportingStep:
    """Record what was done: one activity of whoever writes, shared with the colleagues who took part."""
    found = _lock(work, by)
    if answer := keys.claim(key, by=by):
        return SupportingStep.objects.get(pk=answer)
    allow(why_not_write(by, found))
    step = SupportingStep(work=found, code=code, by=by, **values)
    others = [user for user in with_users if user.pk != by.pk]
    refuse(_faults_of_step(step, others))
    soundness.demand(step)
    step.file = files.keep(file, by=by, institution_id=found.institution_id) if file else None
    step.save(force_insert=True)
    SupportingShare.objects.bulk_create(SupportingShare(step=step, user=user) for user in others)
    _log(step)
    _tell(found, by, "supporting.step_added", {"code": code, "id": step.pk})
    keys.settle(key, step.pk)
    return step


@transaction.atomic
def strike(*, step: SupportingStep, because: str, by: User, key: str = "") -> SupportingStep:
    """Take back a step that was written wrongly: its words stay, its activity no longer counts."""
    work = _lock(step.work, by)
    row = SupportingStep.objects.select_for_update().get(pk=step.pk, work=work)
    if keys.claim(key, by=by):
        return row
    allow(why_not_strike(by, row))
    reasons = [] if because.strip() else [_("Tulis alasannya.")]
    reasons += [_("Langkah ini sudah dicoret.")] if row.struck_at else []
    if work.state == WorkState.DONE and not _standing(work).exclude(pk=row.pk).exists():
        reasons.append(_("Kegiatan yang selesai punya sedikitnya satu langkah; buka lagi kegiatannya dahulu."))
    refuse(reasons)
    row.struck_because, row.struck_by, row.struck_at = because.strip(), by, clock.now()
    soundness.demand(row)
    row.save(update_fields=["struck_because", "struck_by", "struck_at"])
    Activity.objects.filter(record_kind=KIND, record_id=row.pk).delete()
    _tell(work, by, "supporting.step_struck", {"code": row.code, "id": row.pk}, reason=row.struck_because)
    keys.settle(key, row.pk)
    return row


# --- Who --------------------------------------------------------------------------------------------------------------
def why_not_begin(user: User) -> str:
    return "" if user.has_role(*SUPPORTING) else _("Kegiatan penunjang dicatat oleh pekerja sosial dan atasannya.")


def why_not_write(user: User, work: SupportingWork) -> str:
    """Its team, whoever began it, and who leads the UPT."""
    if user.has_role(*LEADING) or work.by_id == user.pk or work.members.filter(user=user).exists():
        return ""
    return _("Kegiatan ini ditulis oleh timnya atau supervisor.")


def allow_writing(user: User, work: SupportingWork) -> None:
    """403 with the reason for who may only read."""
    allow(why_not_write(user, work))


def why_not_strike(user: User, step: SupportingStep) -> str:
    return "" if user.pk == step.by_id or user.has_role(*LEADING) else _("Langkah dicoret oleh penulisnya.")


def colleagues(upt: Institution, work: SupportingWork | None = None) -> Any:
    """Who can be in a team: everybody of the UPT who does such work, and who is in it already."""
    can = Q(memberships__institution=upt, memberships__role__in=SUPPORTING, is_active=True)
    already = Q(supporting_parts__work=work) if work else Q(pk__in=[])
    return User.objects.filter(can | already).distinct().order_by("name", "pk")


# --- Whether ----------------------------------------------------------------------------------------------------------
def _faults(work: SupportingWork) -> list[str]:
    reasons = []
    if work.due_on and work.due_on < work.starts_on:
        reasons.append(_("Target selesai mendahului tanggal mulai."))
    if work.ended_on and work.ended_on < work.starts_on:
        reasons.append(_("Tanggal mulai sesudah kegiatan ini selesai."))
    if work.level and work.work_kind.is_professional:
        reasons.append(_("Tingkatan mikro atau makro hanya untuk kegiatan II.A."))
    return reasons


def _faults_of_team(upt: Institution, team: Mapping[str, Any], work: SupportingWork | None = None) -> list[str]:
    chosen = {user.pk for user in (team["lead"], *team["members"])}
    known = set(colleagues(upt, work).values_list("pk", flat=True))
    reasons = [] if chosen <= known else [_("Tim hanya dari pegawai UPT ini; yang lain ditulis namanya.")]
    reasons += [_("Nama terlalu panjang: %s…") % name[:40] for name in team["outside"] if len(name) > 120]
    return reasons


def _faults_of_end(work: SupportingWork) -> list[str]:
    if work.state == WorkState.RUNNING:
        return []
    reasons = [] if work.result.strip() else [_("Tulis hasilnya, atau alasan berhenti.")]
    if not work.ended_on or work.ended_on > work.institution.today():
        reasons.append(_("Tanggal selesai belum lewat."))
    elif work.ended_on < work.starts_on:
        reasons.append(_("Selesai sebelum mulai."))
    if work.state == WorkState.DONE and not _standing(work).exists():
        reasons.append(_("Catat sedikitnya satu langkah sebelum menyatakan selesai."))
    if work.state == WorkState.DONE and work.work_kind.is_professional and not (work.year and work.publisher):
        reasons.append(_("Lengkapi tahun dan penerbit atau penyelenggaranya."))
    return reasons


def _faults_of_step(step: SupportingStep, others: Sequence[User]) -> list[str]:
    work = step.work
    reasons = [] if step.code in work.work_kind.codes else [_("Butir ini bukan bagian dari jenis kegiatannya.")]
    if step.on > work.institution.today():
        reasons.append(_("Tanggal tidak boleh di masa depan."))
    if work.state != WorkState.RUNNING:
        reasons.append(_("Kegiatan ini sudah berakhir; buka lagi untuk menambah langkah."))
    team = set(work.members.values_list("user", flat=True))
    reasons += [_("%s tidak ada di dalam tim.") % user.full_name for user in others if user.pk not in team]
    return reasons


def _standing(work: SupportingWork) -> Any:
    return work.steps.filter(struck_at__isnull=True)


def _expect(work: SupportingWork, version: int) -> None:
    if work.version != version:
        raise Stale(_("Kegiatan ini sudah diubah sejak halaman Anda dibuka. Periksa keadaan terbarunya."))


# --- What the writes share --------------------------------------------------------------------------------------------
def _lock_upt(by: User) -> Institution:
    allow(why_not_begin(by))
    return lock_institution(by)


def _lock(work: SupportingWork, by: User) -> SupportingWork:
    rows = SupportingWork.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution")
    found: SupportingWork | None = rows.filter(pk=work.pk).first()
    if found is None:
        raise Http404(_("Kegiatan penunjang tidak ditemukan."))
    return found


def _save(work: SupportingWork) -> None:
    work.version += 1
    work.save()


def _put_team(work: SupportingWork, team: Mapping[str, Any]) -> None:
    lead = team["lead"]
    rows = [SupportingMember(work=work, user=lead, part=Part.LEAD)]
    rows += [SupportingMember(work=work, user=user, part=Part.MEMBER) for user in team["members"] if user != lead]
    rows += [SupportingMember(work=work, name=name, part=Part.OUTSIDE) for name in team["outside"]]
    SupportingMember.objects.bulk_create(rows)


def _log(step: SupportingStep) -> None:
    account = f"{step.work.title}. {step.account}"[:8000]
    Activity.objects.create(
        institution_id=step.work.institution_id,
        code=step.code,
        on=step.on,
        minutes=step.minutes,
        account=account,
        result=step.output,
        evidence=step.file,
        by=step.by,
        record_kind=KIND,
        record_id=step.pk,
    )


def subject(work: SupportingWork) -> trail.Subject:
    return trail.Subject("supporting_work", work.pk, work.title[:120])


def _tell(work: SupportingWork, by: User, verb: str, data: dict[str, Any], reason: str = "") -> None:
    trail.append(
        institution_id=work.institution_id, by=by, verb=verb, subjects=[subject(work)], data=data, reason=reason
    )
