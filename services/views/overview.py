"""The home of each role, and the list of cases: everything in sight, narrowed, the nearest due date first."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import User
from accounts.saved_filters import SavedFilter
from cases.models import Case
from rehsos import clock, doors, formatting
from services import alarms, caseload, filters
from services.acts import case_subject
from services.filters import CaseFilter, chips
from services.homes import asked
from services.homes import doors as homes
from services.views import fetch, readers
from services.views.paging import page_of


@doors.signed_in
def home(request: HttpRequest) -> HttpResponse:
    """By role; whoever has several begins with the weightiest and finds the others beside it."""
    open_doors = homes.of(request.user)
    if not open_doors:
        return render(request, "services/home_nobody.html")
    wanted = request.GET.get("sebagai")
    door = next((door for door in open_doors if door.key == wanted), open_doors[0])
    page = door.build(request.user)
    shown = [*map(case_subject, page.shown), *map(fetch.client_subject, page.clients)]
    tasks = asked.waiting_for(request.user)
    courts = asked.courts(request.user)
    shown += [case_subject(row.case) for row in (*tasks, *courts) if row.case]
    fetch.seen(request, "home", dict.fromkeys(shown))
    now = formatting.local(clock.now())
    around = {"doors": open_doors, "door": door, "now": now, "tasks": tasks, "courts": courts}
    around["alarms"] = alarms.of(request.user)
    return render(request, page.template, {**page.context, **around})


@doors.roles(*readers.REGISTER)
def case_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    in_sight = Case.objects.visible_to(user)
    narrowed = CaseFilter(request.GET, in_sight, user=user)
    today, kept = narrowed.today, filters.kept(narrowed)
    saved = _saved(user, kept)
    page = page_of(request, caseload.listed(narrowed.in_order, today))
    fetch.seen(request, "case_list", map(case_subject, page))
    context = {
        "form": narrowed.form,
        "chips": chips(narrowed.form, request.GET),
        "saved": saved,
        "kept": "" if any(is_current for _row, is_current in saved) else kept,
        "page": page,
        "rows": caseload.rows(page, today),
        "late": in_sight.open().filter(caseload.late(today)).count(),
        "may_read_cases": user.has_role(*readers.CASES),
    }
    return render(request, "services/case_list.html", context)


def _saved(user: User, kept: str) -> list[tuple[SavedFilter, bool]]:
    """The reader's own filters, each with whether it is the one in force."""
    return [(row, row.query == kept) for row in user.saved_filters.filter(page=filters.CASE_LIST)]
