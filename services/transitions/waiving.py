"""Persetujuan menyusul: the head lets ONE missing paper follow by a date. And admission in an emergency."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from services import arrears, gates, permissions
from services.acts import allow, expect_version, finish, lock, refuse
from services.enums import ArrearKind
from services.models import Arrear
from services.situation import Situation
from services.transitions.requests import expect_free

EMERGENCY_PAPERS = ("A.u", "A.v", "A.bb")


@transaction.atomic
def waive(*, case: Case, code: str, due_on: date, reason: str, by: User, version: int, key: str = "") -> Arrear:
    """Let the paper under ``code`` follow until ``due_on``; the stage may end without it, it stands in Tunggakan."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Arrear.objects.get(pk=answer)
    allow(permissions.why_not_waive(by, case))
    expect_version(case, version)
    now = Situation(case)
    expect_free(now)
    paper = next((paper for paper, _text in gates.waivable(now) if gates.paper_key(paper) == code), None)
    refuse(_reasons_not_to_waive(now, paper is not None, due_on, reason))
    assert paper is not None
    arrears.drop_one(now, code)
    arrear = arrears.open_one(now, ArrearKind.WAIVER, paper, due_on=due_on, by=by, reason=reason)
    finish(case, by=by, verb="paper.waived", data={"code": code, "until": due_on.isoformat()}, reason=reason)
    keys.settle(key, arrear.pk)
    return arrear


def _reasons_not_to_waive(now: Situation, is_missing: bool, due_on: date, reason: str) -> list[str]:
    reasons = []
    if not is_missing:
        reasons.append(_("Berkas itu tidak sedang kurang di tahap ini."))
    if due_on <= now.today:
        reasons.append(_("Tanggal menyusul harus sesudah hari ini."))
    if not reason.strip():
        reasons.append(_("Isi alasan persetujuan menyusul."))
    return reasons


@transaction.atomic
def admit(*, case: Case, reason: str, by: User, version: int, key: str = "") -> Case:
    """Emergency admission: the bed comes first, the papers of the selection follow within the UPT's days."""
    case = lock(case, by=by)
    if keys.claim(key, by=by):
        return case
    allow(permissions.why_not_depart(by, case))
    expect_version(case, version)
    now = Situation(case)
    expect_free(now)
    refuse(_reasons_not_to_admit(now, reason))
    case.is_emergency = True
    case.save(update_fields=["is_emergency"])
    due_on = now.today + timedelta(days=case.institution.emergency_days)
    for code in EMERGENCY_PAPERS:
        if gates.missing_of(now, code):
            arrears.open_one(now, ArrearKind.EMERGENCY, code, due_on=due_on, by=by, reason=reason)
    finish(case, by=by, verb="case.admitted_in_emergency", data={"until": due_on.isoformat()}, reason=reason)
    keys.settle(key, case.pk)
    return case


def _reasons_not_to_admit(now: Situation, reason: str) -> list[str]:
    reasons = []
    if now.stage != Stage.INTAKE or now.settled_way or now.departure:
        reasons.append(_("Penerimaan darurat hanya sebelum seleksi disahkan."))
    if now.case.is_emergency:
        reasons.append(_("Kasus ini sudah diterima secara darurat."))
    if not reason.strip():
        reasons.append(_("Isi alasan penerimaan darurat."))
    return reasons
