"""Send a case back to an earlier stage."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos.doors import Refused
from services import gates, permissions
from services.acts import allow, expect_version, finish, lock, refuse
from services.enums import Move
from services.situation import Situation
from services.transitions.moves import move
from services.transitions.requests import expect_free, reasons_not_inside


@transaction.atomic
def send_back(*, case: Case, to: str, reason: str, by: User, version: int, key: str = "") -> Case:
    """A supervisor moves the case to an earlier stage: papers keep counting, sign-offs are asked again."""
    case = lock(case, by=by)
    if keys.claim(key, by=by):
        return Case.objects.get(pk=case.pk)
    now = Situation(case)
    allow(permissions.why_not_supervise(by, case, gates.judged_work(now), now.waiting))
    expect_version(case, version)
    expect_free(now)
    if to not in now.step.back_to:
        raise Refused([_("Dari tahap %s kasus tidak dapat mundur ke tahap itu.") % now.stage.label])
    if not reason.strip():
        raise Refused([_("Isi alasan mundur tahap.")])
    refuse(reasons_not_inside(now))
    move(case, Move.SEND_BACK, to=Stage(to), by=by, reason=reason)
    finish(case, by=by, verb="case.sent_back", data={"to": to, "version": case.version}, reason=reason)
    keys.settle(key, case.pk)
    return case
