"""Sign-offs: a supervisor's act under one supervision code."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import soundness
from cases.models import Case
from services import gates, permissions, worklog
from services.acts import allow, expect_version, finish, lock, refuse
from services.directions import follow_up
from services.enums import Verdict
from services.models import Request, Supervision
from services.situation import Situation
from services.workflow import PAIRS, stage_of_sign_off


@transaction.atomic
def supervise(
    *,
    case: Case,
    code: str,
    note: str,
    by: User,
    on: date,
    version: int,
    verdict: str = Verdict.APPROVED,
    directions: str = "",
    due_on: date | None = None,
    key: str = "",
) -> Supervision:
    """A supervisor's sign-off (or return) under one supervision code of the present stage."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Supervision.objects.get(pk=answer)
    now = Situation(case)
    allow(permissions.why_not_supervise(by, case, gates.judged_records(now, code), now.waiting))
    expect_version(case, version)
    past = [_("Tenggat arahan sudah lewat.")] if due_on and due_on < now.today else []
    refuse([*reasons_not_to_supervise(now, code, note, on), *past])
    sign_off = sign(now, code, by=by, on=on, note=note, verdict=verdict, directions=directions)
    follow_up(sign_off, due_on=due_on)
    finish(case, by=by, verb="supervision.given", data={"code": code, "verdict": verdict, "id": sign_off.pk})
    keys.settle(key, sign_off.pk)
    return sign_off


def reasons_not_to_supervise(now: Situation, code: str, note: str, on: date) -> list[str]:
    reasons = []
    if now.case.is_closed:
        reasons.append(_("Kasus sudah ditutup."))
    if stage_of_sign_off(code) != now.stage and code not in {owed.code for owed in gates.sign_offs(now)}:
        reasons.append(_("%s bukan supervisi tahap ini.") % code)
    if not note.strip():
        reasons.append(_("Isi catatan supervisi."))
    if on > now.today:
        reasons.append(_("Tanggal supervisi tidak boleh di masa depan."))
    if on < now.case.first_contact_on:
        reasons.append(_("Tanggal supervisi mendahului kontak pertama."))
    return reasons


def sign(
    now: Situation,
    code: str,
    *,
    by: User,
    on: date,
    note: str,
    verdict: str = Verdict.APPROVED,
    directions: str = "",
    request: Request | None = None,
) -> Supervision:
    bimbingan = next((bimbingan for bimbingan, pair in PAIRS.items() if pair.supervision == code), "")
    sign_off = Supervision(
        case=now.case,
        code=code,
        bimbingan=bimbingan,
        stage=now.stage,
        case_version=now.case.version,
        verdict=verdict,
        note=note,
        directions=directions,
        digest=gates.judged_digest(now, code),
        request=request,
        by=by,
        on=on,
        capacity=permissions.capacity(by, request or now.waiting),
    )
    soundness.demand(sign_off)
    sign_off.save(force_insert=True)
    worklog.of_supervision(sign_off)
    return sign_off
