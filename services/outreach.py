"""Programmes of sosialisasi: plan (A.c), material, participant data and evaluation (A.d, A.e, A.j), sign-off (A.i)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import inbox, keys
from accounts.models import Institution, User
from audit import trail
from cases import files, soundness
from cases.files import Checked
from rehsos.doors import Stale
from services.acts import allow, lock_institution, refuse
from services.models import Activity, OutreachEvent, OutreachPaper, OutreachProgramme, OutreachSupervision
from services.models.outreach import OUTREACH, OVERSEEING

PLAN, SUPERVISION = "A.c", "A.i"
WORDS = ("title", "on", "starts_on", "ends_on", "aim", "audience", "target", "places", "plan", "resources")


@transaction.atomic
def plan(*, values: Mapping[str, Any], by: User, key: str = "") -> OutreachProgramme:
    """Write down a programme."""
    upt = lock_upt(by)
    if answer := keys.claim(key, by=by):
        return OutreachProgramme.objects.get(pk=answer)
    row = OutreachProgramme(institution=upt, by=by, **values)
    refuse(_faults_of_plan(row))
    soundness.demand(row)
    row.save(force_insert=True)
    log(row, code=PLAN, institution=upt, by=by, on=row.on, account=row.title, result=row.aim)
    tell(row.institution, by, "outreach.planned", [subject(row)])
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def change(*, programme: OutreachProgramme, values: Mapping[str, Any], by: User, version: int, key: str = "") -> Any:
    """Change a plan; the day of its activity follows it."""
    row = lock_programme(programme, by)
    if keys.claim(key, by=by):
        return row
    allow(why_not_change(by, row))
    if row.version != version:
        raise Stale(_("Program ini sudah diubah sejak halaman Anda dibuka. Periksa keadaan terbarunya."))
    changed = [name for name in WORDS if name in values and values[name] != getattr(row, name)]
    for name in changed:
        setattr(row, name, values[name])
    refuse(_faults_of_plan(row))
    soundness.demand(row)
    row.version += 1
    row.save()
    done = Activity.objects.filter(record_kind=kind_of(row), record_id=row.pk, code=PLAN)
    done.update(on=row.on, account=row.title, result=row.aim)
    tell(row.institution, by, "outreach.plan_changed", [subject(row)], {"changed": changed})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def add_paper(
    *,
    programme: OutreachProgramme,
    code: str,
    values: Mapping[str, Any],
    file: Checked | None = None,
    by: User,
    key: str = "",
) -> OutreachPaper:
    """Keep a material, data on participants or an evaluation."""
    found = lock_programme(programme, by)
    if answer := keys.claim(key, by=by):
        return OutreachPaper.objects.get(pk=answer)
    allow(why_not_outreach(by))
    row = OutreachPaper(programme=found, code=code, by=by, **values)
    reasons = faults_of_day(found.institution, row.on)
    if not file and not row.account.strip():
        reasons.append(_("Lampirkan berkas, atau tulis uraiannya."))
    refuse(reasons)
    soundness.demand(row)
    row.file = files.keep(file, by=by, institution_id=found.institution_id) if file else None
    row.save(force_insert=True)
    words = {"account": f"{row.title}. {row.account}".strip(), "result": row.result, "obstacle": row.obstacle}
    log(row, code=code, institution=found.institution, by=by, on=row.on, evidence=row.file, **words)
    tell(found.institution, by, "outreach.paper_added", [subject(found)], {"code": code, "id": row.pk})
    keys.settle(key, row.pk)
    return row


@transaction.atomic
def supervise(
    *, programme: OutreachProgramme, on: date, verdict: str, note: str, directions: str = "", by: User, key: str = ""
) -> OutreachSupervision:
    """Sign off a programme. Whoever planned it, wrote for it or held one of its events has no say in it."""
    found = lock_programme(programme, by)
    if answer := keys.claim(key, by=by):
        return OutreachSupervision.objects.get(pk=answer)
    allow(why_not_supervise(by, found))
    row = OutreachSupervision(programme=found, on=on, verdict=verdict, note=note, directions=directions, by=by)
    reasons = faults_of_day(found.institution, on)
    reasons += [] if note.strip() else [_("Tulis catatan supervisi.")]
    refuse(reasons)
    soundness.demand(row)
    row.save(force_insert=True)
    log(row, code=SUPERVISION, institution=found.institution, by=by, on=on, account=note, result=directions)
    here = reverse("services:outreach_programme", args=[found.pk])
    inbox.tell([found.by], _("Program sosialisasi disupervisi: %s.") % row.get_verdict_display().lower(), here)
    tell(found.institution, by, "outreach.supervised", [subject(found)], {"id": row.pk, "verdict": verdict})
    keys.settle(key, row.pk)
    return row


# --- Who --------------------------------------------------------------------------------------------------------------
def why_not_outreach(user: User) -> str:
    return "" if user.has_role(*OUTREACH) else _("Sosialisasi dicatat oleh pekerja sosial, supervisor, dan Kepala UPT.")


def why_not_change(user: User, programme: OutreachProgramme) -> str:
    """Its author, and who leads the UPT."""
    if user.pk == programme.by_id or user.has_role(*OVERSEEING):
        return ""
    return _("Program diubah oleh penyusunnya atau supervisor.")


def may_read_names(user: User, row: OutreachEvent | OutreachPaper) -> bool:
    """Lists and pictures hold names: they are for who made them and who leads the UPT."""
    return user.pk == row.by_id or user.has_role(*OVERSEEING)


def why_not_supervise(user: User, programme: OutreachProgramme) -> str:
    if not user.has_role(*OVERSEEING):
        return _("Supervisi sosialisasi diberikan oleh supervisor.")
    rows = (programme.papers, programme.events)
    if programme.by_id == user.pk or any(part.filter(by=user).exists() for part in rows):
        return _("Anda ikut menyusun atau melaksanakan program ini; supervisi harus dari orang lain.")
    return ""


# --- What the acts of outreach share ----------------------------------------------------------------------------------
def lock_upt(by: User) -> Institution:
    """The UPT's row: acts without a case wait for each other on it."""
    allow(why_not_outreach(by))
    return lock_institution(by)


def lock_programme(programme: OutreachProgramme, by: User) -> OutreachProgramme:
    rows = OutreachProgramme.objects.visible_to(by).select_for_update(of=("self",)).select_related("institution")
    found: OutreachProgramme | None = rows.filter(pk=programme.pk).first()
    if found is None:
        raise Http404(_("Program tidak ditemukan."))
    return found


def faults_of_day(upt: Institution, on: date) -> list[str]:
    """Work is recorded when it is done. What belongs to a frozen month may follow; it makes a revision."""
    return [] if on <= upt.today() else [_("Tanggal tidak boleh di masa depan.")]


def _faults_of_plan(row: OutreachProgramme) -> list[str]:
    reasons = faults_of_day(row.institution, row.on)
    if row.ends_on < row.starts_on:
        reasons.append(_("Program selesai sebelum mulai."))
    return reasons


def kind_of(row: models.Model) -> str:
    return str(row._meta.model_name)


def log(row: models.Model, *, code: str, institution: Institution, by: User, on: date, **words: Any) -> Activity:
    """Outreach is work: its activity in the worklog and the monthly report."""
    limits = {"account": 8000, "result": 4000, "obstacle": 4000}
    words = {name: value[: limits[name]] if name in limits else value for name, value in words.items()}
    return Activity.objects.create(
        institution=institution, code=code, on=on, by=by, record_kind=kind_of(row), record_id=row.pk, **words
    )


def subject(row: OutreachProgramme) -> trail.Subject:
    return trail.Subject("outreach_programme", row.pk, row.title)


def tell(
    upt: Institution, by: User, verb: str, subjects: list[trail.Subject], data: Any = None, reason: str = ""
) -> None:
    trail.append(institution_id=upt.pk, by=by, verb=verb, subjects=subjects, data=data or {}, reason=reason)
