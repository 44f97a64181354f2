"""What every write shares: lock the case, claim the form key, refuse in words, write the next step and the trail."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from audit import trail
from cases.models import Case
from rehsos.doors import Refused, Stale
from services import arrears, gates
from services.situation import Situation


def lock(case: Case, *, by: User) -> Case:
    """The case, locked until the transaction ends and read anew; 404 where it is out of the actor's sight."""
    rows = Case.objects.visible_to(by).select_for_update(of=("self",)).select_related("client", "institution")
    try:
        return rows.get(pk=case.pk)
    except Case.DoesNotExist as gone:
        raise Http404(_("Kasus tidak ditemukan.")) from gone


def lock_all(cases: Iterable[Case], *, by: User) -> list[Case]:
    """Several cases, each once, in primary-key order, so that two writers never wait for each other in a circle."""
    return [lock(case, by=by) for case in sorted(set(cases), key=lambda case: case.pk)]


def lock_institution(by: User) -> Institution:
    """The actor's UPT, locked: acts without a case wait for each other on it."""
    if by.institution is None:
        raise Http404(_("UPT tidak ditemukan."))
    return Institution.objects.select_for_update(no_key=True).get(pk=by.institution.pk)


def allow(why_not: str) -> None:
    """Let pass, or 403 with the reason."""
    if why_not:
        raise PermissionDenied(why_not)


def expect_version(case: Case, version: int) -> None:
    """409 where the case has moved since the page was drawn."""
    if case.version != version:
        raise Stale(_("Kasus ini sudah berpindah sejak halaman Anda dibuka. Periksa keadaan terbarunya."))


def refuse(reasons: list[str]) -> None:
    """422 with every reason, or nothing."""
    if reasons:
        raise Refused(reasons)


def case_subject(case: Case) -> trail.Subject:
    return trail.Subject("case", case.pk, case.number)


def refresh(case: Case) -> None:
    """Bring what lists show of a case up to date: next step, due date, arrears, whether it is leaving."""
    now = Situation(case)
    arrears.settle(now)
    case.next_step, case.next_due_on = gates.next_step(now)
    case.save(update_fields=["next_step", "next_due_on", "is_leaving", "has_arrears"])


def tell(case: Case, *, by: User, verb: str, data: dict[str, Any] | None = None, reason: str = "") -> None:
    """One trail entry about a case and its client."""
    trail.append(
        institution_id=case.institution_id,
        by=by,
        verb=verb,
        subjects=[case_subject(case), trail.Subject("client", case.client_id, case.client.number)],
        data=data or {},
        reason=reason,
    )


def finish(case: Case, *, by: User, verb: str, data: dict[str, Any] | None = None, reason: str = "") -> None:
    """Write the next step and one trail entry; the last thing a write does."""
    refresh(case)
    tell(case, by=by, verb=verb, data=data, reason=reason)
