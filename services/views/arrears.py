"""Tunggakan: the papers that may follow and have not come, and the court terms that end soon."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.enums import Role
from cases.models import Case
from rehsos import doors
from services import leftovers, owed, records
from services.acts import case_subject
from services.enums import ArrearKind
from services.models import Arrear, OpeningList
from services.pages import exits, links
from services.views import fetch, readers
from services.views.paging import page_of

ORDERS_SHOWN = 50


@dataclass(frozen=True)
class Row:
    """One arrear as the list shows it; ``url`` leads to where the paper is written."""

    arrear: Arrear
    code: str
    text: str
    url: str
    tone: str


@doors.roles(*readers.CASES)
def arrears(request: HttpRequest) -> HttpResponse:
    user, today = request.user, request.user.institution.today()
    found = owed.arrears(user)
    page = page_of(request, found.select_related("case__client", "opened_by").defer("case__client__nik"))
    orders = owed.ending_orders(user, today).select_related("client").defer("client__nik")[:ORDERS_SHOWN]
    rows = [_row(arrear, today) for arrear in page]
    left_open = leftovers.owed(user, ORDERS_SHOWN)
    context = {
        "openings": OpeningList.objects.filter(institution=user.institution, endorsed_at__isnull=True).annotate(
            cases=Count("entries")
        ),
        "may_open_lists": user.has_role(Role.SUPERVISOR, Role.HEAD),
        "left_open": left_open,
        "page": page,
        "rows": rows,
        "late": owed.count(found, today)["late"],
        "orders": [_order(case, today) for case in orders],
    }
    shown = [row.arrear.case for row in rows] + [order["case"] for order in context["orders"]]
    shown += [case for case, _words, _tool in left_open]
    fetch.seen(request, "arrears", dict.fromkeys(map(case_subject, shown)))
    return render(request, "services/arrears.html", context)


def _row(arrear: Arrear, today: date) -> Row:
    kinds = records.behind((arrear.code,))
    code = arrear.code if kinds else ""
    url = links.stage(arrear.case, kinds[0].home if kinds else arrear.case.at)
    if arrear.kind == ArrearKind.EXIT:
        url = exits.url(arrear.case)
    tone = "is-late" if arrear.due_on < today else "is-today" if arrear.due_on == today else ""
    return Row(arrear, code, arrear.text.replace(f" ({code})", ""), url, tone)


def _order(case: Case, today: date) -> dict[str, Any]:
    """A court term with how it stands: past, within a week, or later."""
    tone = "stop" if case.order_until_on <= today + timedelta(days=owed.URGENT_DAYS) else "wait"
    return {"case": case, "tone": tone, "is_over": case.order_until_on < today}
