"""Catatan tambahan: what is learned after a stage is frozen, ended or closed stands beside it, dated, never changed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from services import permissions
from services.acts import allow, finish, lock, refuse
from services.models import Addendum
from services.situation import Situation


@transaction.atomic
def add(*, case: Case, stage: str, text: str, on: date, by: User, key: str = "") -> Addendum:
    """Add a dated note to a stage the case has reached; also on a closed case."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Addendum.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    refuse(_reasons_not_to_add(case, stage, text, on))
    addendum = Addendum.objects.create(case=case, stage=stage, text=text, on=on, by=by)
    finish(case, by=by, verb="addendum.added", data={"stage": stage, "id": addendum.pk})
    keys.settle(key, addendum.pk)
    return addendum


def _reasons_not_to_add(case: Case, stage: str, text: str, on: date) -> list[str]:
    reasons = []
    if stage not in Stage.values or not _is_reached(case, Stage(stage)):
        reasons.append(_("Kasus belum sampai di tahap itu."))
    if not text.strip():
        reasons.append(_("Isi catatan tambahan."))
    if on > case.institution.today() or on < case.first_contact_on:
        reasons.append(_("Tanggal harus antara kontak pertama dan hari ini."))
    return reasons


def _is_reached(case: Case, stage: Stage) -> bool:
    return case.transitions.filter(to_stage=stage).exists() or Situation(case).is_before_system(stage)
