"""Restricted parts of a case: who reads them, who must give a reason first, and the opening itself.

Health, drug tests and psychology are restricted by their kind, anything else by a mark.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import User
from cases import soundness
from cases.models import Case
from services import permissions
from services.acts import lock, refuse, tell
from services.confidential import BY_REASON, Reading
from services.models import RestrictedOpening


def reading(user: User, case: Case) -> Reading:
    """The workers of the case and a supervisor read them; the heads give a reason, each day; nobody else does.

    Asked about cases that are in sight already. What somebody wrote themselves they may read: the caller asks that.
    """
    if permissions.is_worker(user, case) or user.has_role(Role.SUPERVISOR):
        return Reading.OPEN
    if not user.has_role(*BY_REASON):
        return Reading.CLOSED
    opened = RestrictedOpening.objects.filter(case=case, by=user, on=case.institution.today()).exists()
    return Reading.OPEN if opened else Reading.BY_REASON


@transaction.atomic
def open_with_reason(*, case: Case, reason: str, by: User, key: str = "") -> RestrictedOpening:
    """The restricted parts are open to one of the heads until the end of the day; the reason stands in the trail."""
    case = lock(case, by=by)
    if answer := keys.claim(key, by=by):
        return RestrictedOpening.objects.get(pk=answer)
    if not by.has_role(*BY_REASON):
        raise PermissionDenied(_("Bagian terbatas ini tidak dibuka dengan alasan."))
    refuse([] if reason.strip() else [_("Isi alasan membuka bagian terbatas ini.")])
    opening = RestrictedOpening(case=case, by=by, reason=reason.strip(), on=case.institution.today())
    soundness.demand(opening)
    opening.save(force_insert=True)
    tell(case, by=by, verb="restricted.opened", data={"opening": opening.pk}, reason=opening.reason)
    keys.settle(key, opening.pk)
    return opening
