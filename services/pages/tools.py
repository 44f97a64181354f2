"""What the pages of tools show: the register as it is narrowed, and what may be done to one tool."""

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from services import facility, roster, tasks, tools
from services.belongings_enums import ToolCondition
from services.forms.base import KeyedForm
from services.forms.tools import CareForm, LendForm, RetireToolForm, ReturnForm
from services.models import Session, Tool, ToolLoan
from services.models.tool import UNUSABLE
from services.pages.box import Box
from services.session_enums import SessionState

LENT, LATE, BROKEN, RETIRED = "dipinjam", "terlambat", "rusak", "henti"
SESSIONS = 40


def narrowed(user: User, shown: str, words: str) -> QuerySet[Tool]:
    """The register with who has what now."""
    today = user.institution.today()
    lent = ToolLoan.objects.open()
    rows = tools.visible_to(user)
    rows = rows.filter(retired_on__isnull=shown != RETIRED)
    if shown == LENT:
        rows = rows.filter(pk__in=lent.values("tool"))
    elif shown == LATE:
        rows = rows.filter(pk__in=ToolLoan.objects.overdue(today).values("tool"))
    elif shown == BROKEN:
        rows = rows.exclude(condition=ToolCondition.GOOD)
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(number__icontains=words) | Q(room__icontains=words))
    open_now = lent.select_related("stay__case__client", "person").defer("stay__case__client__nik")
    return rows.prefetch_related(Prefetch("loans", open_now, to_attr="lent_now"))


def counts(user: User) -> dict[str, int]:
    """How many there are, and how many are lent, late, not in order; in one query."""
    today = user.institution.today()
    open_now = Q(loans__isnull=False, loans__returned_on__isnull=True)
    rows = tools.visible_to(user).filter(retired_on__isnull=True)
    return rows.aggregate(
        all=Count("pk", distinct=True),
        lent=Count("pk", open_now, distinct=True),
        late=Count("pk", open_now & Q(loans__due_on__lt=today), distinct=True),
        broken=Count("pk", ~Q(condition=ToolCondition.GOOD), distinct=True),
    )


def boxes(user: User, tool: Tool, loan: ToolLoan | None, refused: KeyedForm | None) -> list[Box]:
    """What the reader may do to a tool; the first is what is wanted next."""
    found = []
    if not tool.retired_on and not tools.why_not_lend(user):
        if loan:
            found.append(_box(user, tool, refused, "tool_return", ReturnForm, _("Catat kembali"), "decision"))
        elif tool.condition not in UNUSABLE:
            found.append(_box(user, tool, refused, "tool_lend", LendForm, _("Pinjamkan"), "decision"))
        found.append(_box(user, tool, refused, "tool_care", CareForm, _("Catat perawatan"), "plain"))
    if not tool.retired_on and not loan and facility.may_edit(user):
        found.append(_box(user, tool, refused, "tool_retire", RetireToolForm, _("Tidak dipakai lagi"), "plain"))
    return found


def _box(
    user: User, tool: Tool, refused: KeyedForm | None, act: str, make: type[KeyedForm], title: str, look: str
) -> Box:
    is_this = refused is not None and refused.act == act
    shown = refused if is_this else form(user, tool, act, make)
    url = reverse(f"services:{act}", args=[tool.pk])
    fold = title if look == "plain" and not is_this else ""
    return Box(title, look, form=shown, url=url, button=title, fold=fold, anchor=act)


def form(user: User, tool: Tool, act: str, make: type[KeyedForm], posted: Any = None) -> KeyedForm:
    """The form of one act, with what it offers."""
    today = user.institution.today()
    more: dict[str, Any] = {"initial": {"on": today, "condition": tool.condition}}
    if make is LendForm:
        more = {
            "residents": roster.residents(user, today, with_alerts=False),
            "staff": tasks.staff_of(user.institution),
            "sessions": coming_sessions(user),
            "today": today,
        }
    return make(posted, user=user, act=act, subject=tool, auto_id=f"{act}-%s", **more)


def coming_sessions(user: User) -> list[Session]:
    """Those of today and later that the reader may see and that have a leader of the house."""
    rows = Session.objects.visible_to(user).filter(state=SessionState.PLANNED, on__gte=user.institution.today())
    return list(
        rows.filter(leader__isnull=False).select_related("activity").order_by("on", "starts_at", "pk")[:SESSIONS]
    )
