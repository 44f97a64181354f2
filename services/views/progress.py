"""Lembar perkembangan that are wanted: a worker's own, or those of a whole UPT."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.enums import Role
from rehsos import doors
from services import progress
from services.acts import case_subject
from services.views import fetch, readers

PAGE = 50


@doors.roles(*readers.CASES)
def sheets_due(request: HttpRequest) -> HttpResponse:
    with_running = request.GET.get("berjalan") == "ya"
    found = progress.wanted(request.user, running=with_running)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    fetch.seen(request, "sheets_due", dict.fromkeys(case_subject(due.case) for due in page))
    context = {
        "page": page,
        "with_running": with_running,
        "late": progress.late(found),
        "may_write": request.user.has_role(Role.SOCIAL_WORKER),
        "upt": request.user.institution,
    }
    return render(request, "services/sheets_due.html", context)
