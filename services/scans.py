"""Scans of papers from before the system, beside the stage they belong to: only added, never changed."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import files, soundness
from cases.enums import Stage
from cases.files import Checked
from cases.models import Case
from services import permissions
from services.acts import allow, finish, lock, refuse
from services.models import EarlierScan
from services.situation import Situation


@transaction.atomic
def add(
    *, case: Case, stage: Stage, title: str, file: Checked, by: User, on: date | None = None, key: str = ""
) -> EarlierScan:
    """Attach one scan; also to a case that is closed."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return EarlierScan.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    refuse(_reasons_not_to_add(case, stage, on))
    scan = EarlierScan(case=case, stage=stage, title=title.strip(), on=on, by=by)
    soundness.demand(scan)
    scan.file = files.keep(file, by=by, institution_id=case.institution_id)
    scan.save(force_insert=True)
    finish(case, by=by, verb="earlier.scan_added", data={"stage": stage, "id": scan.pk})
    keys.settle(key, scan.pk)
    return scan


def _reasons_not_to_add(case: Case, stage: Stage, on: date | None) -> list[str]:
    reasons = []
    if not Situation(case).is_before_system(stage):
        reasons.append(_("Tahap ini tidak berlangsung sebelum sistem; isilah seperti biasa."))
    if on and on > case.institution.today():
        reasons.append(_("Tanggal berkas tidak boleh di masa depan."))
    return reasons
