"""Who signs for the head and the supervisor, and as what: whoever decided; else who heads or stands in on the day."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts import standing
from accounts.enums import Role, StandInKind
from accounts.mandates import StandIn
from accounts.models import Institution, User
from cases.models import Case
from rehsos.formatting import local_date
from reports.paper import Signature, head_of, head_post, signature
from services import permissions
from services.models import Decision, Supervision


def head_signature(
    institution: Institution,
    day: date,
    *,
    lead: str,
    decided: Decision | None = None,
    paper: str = "",
    maker: User | None = None,
) -> Signature:
    """The head's block. ``paper`` names what may be signed a.n. (``MandatePaper``); nobody signs above themselves."""
    if decided:
        return signature(decided.decided_by, lead=lead, post=head_post(institution, decided.capacity))
    row = _stand_in(institution, day, paper, maker)
    if row is None:
        return signature(head_of(institution, day), lead=lead, post=head_post(institution))
    post = head_post(institution, row.kind)
    if row.kind == StandInKind.MANDATE:
        post = "\n".join((_("a.n. %s") % post.rstrip(","), _("%s,") % (row.holder.position or _own_role(row))))
    return signature(row.holder, lead=lead, post=post)


def supervisor_signature(case: Case, *, lead: str, maker: User) -> Signature:
    """The block of who supervises a case: whoever did so last, else a supervisor of the UPT; never the maker."""
    staff = {row.user_id: row for row in permissions.supervising_staff(case.institution) if row.user != maker}
    mine = {pk: row for pk, row in staff.items() if row.role in permissions.SUPERVISING}
    last = Supervision.objects.filter(case=case, by__in=mine).order_by("at", "pk").last()
    row = mine.get(last.by_id) if last else None
    if row is None:
        row = next(iter(sorted(mine.values(), key=lambda one: (one.role != Role.SUPERVISOR, one.pk))), None)
    person = row.user if row else None
    post = person.position if person and person.position else str(row.get_role_display()) if row else _("Supervisor")
    return signature(person, lead=lead, post=_("%s,") % post)


def _stand_in(institution: Institution, day: date, paper: str, maker: User | None) -> StandIn | None:
    """Who acts as head comes before whoever may only sign this paper."""
    rows = [row for row in standing.on_duty(institution, day) if row.role == Role.HEAD and row.holder != maker]
    acting = [row for row in rows if row.kind != StandInKind.MANDATE]
    signing = [row for row in rows if row.kind == StandInKind.MANDATE and paper in row.papers]
    return next((row for row in [*acting, *signing]), None)


def _own_role(row: StandIn) -> str:
    """The post of who signs a.n. where their account names none."""
    mine = row.institution.memberships.filter(user=row.holder).order_by("pk").first()
    return str(mine.get_role_display()) if mine else ""


def approver_post(institution: Institution, approval: Any) -> str:
    """What stands above the name of who let a stage end."""
    kind = approval.capacity
    if not kind:
        return _("%s,") % (approval.decided_by.position or _("Supervisor"))
    if approval.is_escalated:
        return head_post(institution, kind)
    if kind == StandInKind.SUPERVISOR:
        return _("Pengganti Supervisor,")
    return _("%(kind)s %(post)s,") % {"kind": StandInKind(kind).label, "post": _post_lent(institution, approval)}


def _post_lent(institution: Institution, approval: Any) -> str:
    """The name of the section whose head was away on that day."""
    rows = StandIn.objects.filter(institution=institution, holder=approval.decided_by, kind=approval.capacity)
    row = (
        rows.covering(local_date(approval.decided_at)).filter(role=Role.SECTION_HEAD).select_related("for_whom").first()
    )
    return row.for_whom.position if row and row.for_whom and row.for_whom.position else str(Role.SECTION_HEAD.label)
