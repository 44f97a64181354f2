"""What stands in the way in one bimbingan (D.q–D.v): named, tried again, overcome."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.models import User
from cases import soundness
from cases.enums import Bimbingan
from cases.models import Case
from services import permissions, worklog
from services.acts import allow, finish, lock, refuse
from services.catalogue import CATALOGUE
from services.models import Obstacle, ObstacleEffort
from services.recording import reasons_for_case
from services.workflow import PAIRS


@transaction.atomic
def name(*, case: Case, bimbingan: str, on: date, text: str, effort: str, by: User, key: str = "") -> Obstacle:
    """What stands in the way in one bimbingan, and what is done about it."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return Obstacle.objects.get(pk=answer)
    allow(permissions.why_not_log(by, case))
    code = PAIRS[Bimbingan(bimbingan)].obstacle
    refuse(_impossible(case, code, on))
    obstacle = Obstacle(
        institution=case.institution, case=case, bimbingan=bimbingan, code=code, on=on, text=text, effort=effort, by=by
    )
    soundness.demand(obstacle)
    obstacle.save(force_insert=True)
    worklog.of_obstacle(obstacle)
    finish(case, by=by, verb="obstacle.named", data={"obstacle": obstacle.pk, "code": code})
    keys.settle(key, obstacle.pk)
    return obstacle


@transaction.atomic
def carry_on(*, obstacle: Obstacle, is_overcome: bool, on: date, text: str, by: User, key: str = "") -> Obstacle:
    """What was tried since: it stands in the way still, or no longer. Either is an activity of who tried."""
    case = lock(obstacle.case, by=by)
    obstacle = Obstacle.objects.get(pk=obstacle.pk)
    if keys.claim(key, by=by):
        return obstacle
    allow(permissions.why_not_log(by, case))
    reasons = [] if obstacle.is_open else [_("Hambatan ini sudah teratasi.")]
    reasons += [] if text.strip() else [_("Isi upaya yang dilakukan.")]
    reasons += [] if on >= obstacle.on else [_("Tanggal mendahului hambatannya.")]
    refuse([*reasons, *_impossible(case, obstacle.code, on)])
    effort = ObstacleEffort(obstacle=obstacle, on=on, text=text, by=by)
    soundness.demand(effort)
    effort.save(force_insert=True)
    worklog.of_effort(effort, case)
    if is_overcome:
        obstacle.overcome_on, obstacle.overcome_by, obstacle.outcome = on, by, text
        soundness.demand(obstacle)
        obstacle.save(update_fields=["overcome_on", "overcome_by", "outcome"])
    verb = "obstacle.overcome" if is_overcome else "obstacle.tried"
    finish(case, by=by, verb=verb, data={"obstacle": obstacle.pk})
    keys.settle(key, obstacle.pk)
    return obstacle


def _impossible(case: Case, code: str, on: date) -> list[str]:
    ahead = [] if on <= case.institution.today() else [_("Tanggal tidak boleh di masa depan.")]
    return [*ahead, *(f"{why[:1].upper()}{why[1:]}" for why in reasons_for_case(CATALOGUE[code], case, on))]
