"""Bimbingan lanjut: former clients with what is due, the days of one of them, the tab of a case."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from cases.models import Case
from rehsos import doors
from services import due_dates, editing, permissions
from services.acts import case_subject
from services.aftercare import picture, roll, scheduling
from services.aftercare.roll import Tab
from services.filters import chips
from services.forms.aftercare import RollForm, ScheduleForm
from services.forms.base import tried
from services.models import AftercareMiss, AftercareTrip, AftercareVisit, BusinessAid, ResourceLink
from services.pages import links
from services.situation import Situation
from services.views import fetch, readers
from services.views.case import around
from services.views.paging import page_of


@doors.roles(*readers.CASES)
def aftercare(request: HttpRequest) -> HttpResponse:
    """Whose visit is due first; other tabs show the rest."""
    user, today = request.user, request.user.institution.today()
    asked = request.GET.get("tampil", "")
    tab = Tab(asked) if asked in Tab else Tab.DUE
    form = RollForm(request.GET, user=user)
    cases = form.narrow(roll.in_sight(user))
    counted = roll.counts(cases, today)
    page = page_of(request, roll.listed(cases.filter(roll.of_tab(tab, today)), user, today), count=counted[tab])
    fetch.seen(request, "aftercare", map(case_subject, page))
    context = {
        "tab": tab,
        "tabs": [(each, counted[each], _query(request, each)) for each in Tab],
        "form": form,
        "chips": chips(form, request.GET),
        "page": page,
        "rows": roll.rows(page),
        "today": today,
        "clear_url": f"?tampil={tab}" if tab else reverse("services:aftercare"),
        "setting": user.institution.aftercare_months.replace(",", ", "),
        "may_visit": user.has_role(Role.SOCIAL_WORKER),
    }
    return render(request, "services/aftercare/roll.html", context)


def _query(request: HttpRequest, tab: Tab) -> str:
    """The same filter under another tab."""
    query = request.GET.copy()
    for name in ("tampil", "page"):
        query.pop(name, None)
    if tab:
        query["tampil"] = tab.value
    return f"?{query.urlencode()}" if query else reverse("services:aftercare")


@doors.roles(*readers.CASES)
def case_aftercare(request: HttpRequest, number: str) -> HttpResponse:
    """The tab of a case: the days, and what came of each."""
    found = fetch.case(request, number, "case_aftercare")
    context = around(request, found, "case_aftercare")
    now: Situation = context["now"]
    context |= {
        "slots": due_dates.visit_slots(now),
        "changes": found.aftercare_schedules.select_related("by").order_by("-edition"),
        "why_not": scheduling.why_not_schedule(found),
        "stage_url": links.stage(found, now.stage),
        "chart": picture.of(now.records_of(AftercareVisit), now.records_of(AftercareMiss)),
        "gone": _journeys(now),
        "aids": [(row, links.record(found, row), list(row.checks.all())) for row in _aids(found)],
        "links": [(row, links.record(found, row)) for row in now.records_of(ResourceLink)],
        "new_aid": links.new_record(found, BusinessAid),
        "new_link": links.new_record(found, ResourceLink),
        "may_visit": permissions.is_worker(request.user, found) and not editing.why_not(now, AftercareVisit),
    }
    return render(request, "services/aftercare/case.html", context)


def _journeys(now: Situation) -> list[tuple[Any, str, bool, AftercareTrip | None]]:
    """Visits and those in vain, the last one first: each with its address, whether it is a visit, and its trip."""
    rows = [*now.records_of(AftercareVisit), *now.records_of(AftercareMiss)]
    trips = AftercareTrip.objects.in_bulk({row.trip_id for row in rows if row.trip_id})
    return [
        (row, links.record(now.case, row), isinstance(row, AftercareVisit), trips.get(row.trip_id))
        for row in sorted(rows, key=lambda row: (row.on, row.saved_at), reverse=True)
    ]


def _aids(found: Case) -> Any:
    return BusinessAid.of(found).prefetch_related("checks").order_by("-on", "-pk")


@doors.roles(*readers.CASES, methods=("GET", "POST"))
def aftercare_schedule(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.case(request, number, "aftercare_schedule")
    days = [slot.due_on for slot in due_dates.visit_slots(Situation(found))]
    form = ScheduleForm(fetch.posted(request), user=request.user, act="aftercare_schedule", subject=found, days=days)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"days": form.days(), "reason": data["reason"], "key": data["form_key"]}
        if tried(form, scheduling.change, case=found, by=request.user, **words):
            messages.success(request, _("Jadwal kunjungan diubah."))
            return redirect("services:case_aftercare", number)
    if form.is_bound:
        fetch.seen_case(request, found, "aftercare_schedule")
    return render(request, "services/individual/form.html", _around(found, form), status=422 if form.is_bound else 200)


def _around(found: Case, form: ScheduleForm) -> dict[str, Any]:
    back, title = reverse("services:case_aftercare", args=[found.number]), _("Jadwal kunjungan")
    return {
        "form": form,
        "case": found,
        "title": title,
        "back": back,
        "crumbs": [*links.crumbs(found), (_("Bimbingan lanjut"), back), (title, "")],
        "button": _("Simpan jadwal"),
        "note": _("Jadwal yang lama tetap terbaca."),
    }
