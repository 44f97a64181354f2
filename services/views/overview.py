"""The list of cases: everything in sight, narrowed, the nearest due date first."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.models import Case, CaseQuerySet
from rehsos import doors
from services import caseload
from services.acts import case_subject
from services.filters import CaseFilter, chips
from services.views import fetch, readers
from services.views.paging import page_of


@doors.roles(*readers.REGISTER)
def case_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    in_sight = Case.objects.visible_to(user)
    narrowed = CaseFilter(request.GET, in_sight, user=user)
    today = narrowed.today
    page = page_of(request, _in_order(caseload.listed(narrowed.qs, today), narrowed.is_closed_only))
    fetch.seen(request, "case_list", map(case_subject, page))
    context = {
        "form": narrowed.form,
        "chips": chips(narrowed.form, request.GET),
        "page": page,
        "rows": caseload.rows(page, today),
        "late": in_sight.open().filter(caseload.late(today)).count(),
        "may_read_cases": user.has_role(*readers.CASES),
    }
    return render(request, "services/case_list.html", context)


def _in_order(cases: CaseQuerySet, is_closed_only: bool) -> CaseQuerySet:
    if is_closed_only:
        return cases.order_by("-closed_on", "-pk")
    return cases.order_by(F("next_due_on").asc(nulls_last=True), "-opened_on", "-pk")
