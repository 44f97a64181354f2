"""Sign-offs for many cases in one act: one note, exceptions by case, one entry in the trail, one answer."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import keys
from accounts.enums import Role
from accounts.models import Membership, User
from audit import trail
from cases.models import Case
from rehsos.doors import Refused
from services import gates, permissions
from services.acts import allow, case_subject, lock_all, refresh
from services.directions import follow_up
from services.models import Supervision
from services.situation import Situation
from services.transitions.supervising import reasons_not_to_supervise, sign


@dataclass(frozen=True)
class Given:
    """What one act gave, and the cases it gave nothing, each with its reasons."""

    signed: list[Supervision]
    failed: list[str] = field(default_factory=list)

    @property
    def cases(self) -> int:
        return len({sign_off.case_id for sign_off in self.signed})


@dataclass
class _Plan:
    """What is to be signed for one case, or why nothing can be."""

    now: Situation
    note: str
    codes: list[str]
    reasons: list[str]

    def __str__(self) -> str:
        case = self.now.case
        told = {"name": case.client.shown_name, "number": case.number, "why": " ".join(self.reasons)}
        return _("%(name)s (%(number)s): %(why)s") % told


@transaction.atomic
def supervise_many(
    *,
    cases: Iterable[Case],
    versions: Mapping[int, int],
    note: str,
    by: User,
    on: date,
    codes: Collection[str] = (),
    directions: str = "",
    exceptions: Mapping[int, str | None] | None = None,
    partly: bool = False,
    key: str = "",
) -> Given:
    """Sign what each case owes: all of it, or what of it is among ``codes``; never what the signer may not judge.

    ``versions`` are those of the cases as the page showed them. An exception by case is a note of its own, or ``None``:
    not this one. Where a case cannot be signed nothing is, unless the signer chose ``partly``; then it is named.
    """
    exceptions = exceptions or {}
    locked = lock_all([case for case in cases if exceptions.get(case.pk, note) is not None], by=by)
    if answer := keys.claim(key, by=by):
        return _given_before(answer, by)
    allow("" if by.has_role(*permissions.SUPERVISING, Role.HEAD) else permissions.why_not_supervisor())
    if not locked:
        raise Refused(_("Pilih paling sedikit satu kasus."))
    if on > locked[0].institution.today():
        raise Refused(_("Tanggal supervisi tidak boleh di masa depan."))
    staff = permissions.supervising_staff(locked[0].institution) if by.has_role(Role.HEAD) else []
    plans = [
        _planned(case, versions.get(case.pk, -1), exceptions.get(case.pk) or note, codes, by, on, staff)
        for case in locked
    ]
    failed = [str(plan) for plan in plans if plan.reasons]
    ready = [plan for plan in plans if not plan.reasons]
    if failed and not (partly and ready):
        raise Refused(failed)
    signed = [
        sign(plan.now, code, by=by, on=on, note=plan.note, directions=directions)
        for plan in ready
        for code in plan.codes
    ]
    for sign_off in {one.case_id: one for one in reversed(signed)}.values():
        follow_up(sign_off)
    _finish(ready, by=by)
    keys.settle(key, f"{signed[0].pk}-{signed[-1].pk}")
    return Given(signed, failed)


def _planned(
    case: Case,
    version: int,
    note: str,
    codes: Collection[str],
    by: User,
    on: date,
    staff: list[Membership],
) -> _Plan:
    now = Situation(case)
    owed = [sign_off.code for sign_off in gates.unsigned(now) if not codes or sign_off.code in codes]
    why_not = {
        code: permissions.why_not_supervise(by, case, gates.judged_records(now, code), now.waiting, staff)
        for code in owed
    }
    free = [code for code in owed if not why_not[code]]
    if case.version != version:
        reasons = [_("Kasus ini sudah berpindah sejak halaman Anda dibuka.")]
    elif not owed:
        reasons = [_("Tidak ada supervisi yang masih terutang.")]
    elif not free:
        reasons = [why_not[owed[0]]]
    else:
        found = [reason for code in free for reason in reasons_not_to_supervise(now, code, note, on)]
        reasons = list(dict.fromkeys(found))
    return _Plan(now, note, free, reasons)


def _finish(plans: list[_Plan], *, by: User) -> None:
    """Every case's next step, and one entry that is about all of them."""
    subjects: list[trail.Subject] = []
    for plan in plans:
        case = plan.now.case
        refresh(case)
        subjects += [case_subject(case), trail.Subject("client", case.client_id, case.client.number)]
    trail.append(
        institution_id=plans[0].now.case.institution_id,
        by=by,
        verb="supervision.given_to_many",
        subjects=subjects,
        data={"signed": {plan.now.case.number: plan.codes for plan in plans}},
    )


def _given_before(answer: str, by: User) -> Given:
    """What the same form gave the first time; why other cases got nothing was told then."""
    first, last = answer.split("-")
    return Given(list(Supervision.objects.filter(by=by, pk__range=(first, last)).order_by("pk")))
