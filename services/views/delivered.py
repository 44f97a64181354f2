"""Plan against delivered: the recap of a UPT by month, and the sessions of one activity."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Institution
from cases.enums import Bimbingan
from rehsos import doors
from services import delivered, session_permissions, worktime
from services.delivered import Sums
from services.models import ProgrammeActivity, Session
from services.pages import heat
from services.pages.week import state_of
from services.session_enums import Mark
from services.views import readers
from services.views.paging import page_of


@doors.roles(*session_permissions.PLANNERS)
def recap(request: HttpRequest) -> HttpResponse:
    upt: Institution = request.user.institution
    first, last, today = month_of(request)
    found = delivered.of_upt(upt, first, min(last, today))
    weekly = delivered.by_week(upt, min(last, today))
    groups = delivered.by_bimbingan(found)
    rows: dict[str, dict[date, Sums]] = {}
    for (bimbingan, week), sums in weekly.items():
        rows.setdefault(bimbingan, {})[week] = sums
    context = {
        **_months(first, today),
        "groups": [
            {
                "bimbingan": one,
                "sums": groups[one.value],
                "rows": sorted(
                    ((pk, name, sums) for (bimbingan, pk, name), sums in found.items() if bimbingan == one.value),
                    key=lambda row: row[1],
                ),
            }
            for one in Bimbingan
            if one.value in groups
        ],
        "total": sum(groups.values(), Sums()),
        "heat": heat.of(rows, delivered.weeks_up_to(min(last, today)), is_one_client=False) if rows else None,
        "crumbs": [(_("Jadwal"), reverse("services:timetable")), (_("Rekap"), "")],
    }
    return render(request, "services/recap.html", context)


@doors.roles(*session_permissions.PLANNERS)
def unmarked(request: HttpRequest) -> HttpResponse:
    """The sessions of days gone by that nobody has marked, the oldest first."""
    rows = delivered.unmarked(request.user.institution)
    context = {
        "page": page_of(request, rows.select_related("activity", "leader"), 60),
        "crumbs": [(_("Jadwal"), reverse("services:timetable")), (_("Belum dicatat"), "")],
    }
    return render(request, "services/sessions_unmarked.html", context)


@doors.roles(*readers.WORKLOG)
def activity_sessions(request: HttpRequest, pk: int) -> HttpResponse:
    """The sessions of one activity in a month, those in sight."""
    user = request.user
    activity = ProgrammeActivity.objects.filter(institution=user.institution, pk=pk).first()
    rows = Session.objects.visible_to(user).filter(activity=pk)
    if activity is None or (activity.is_confidential and not rows.exists()):
        raise Http404(_("Kegiatan tidak ditemukan."))
    first, last, today = month_of(request)
    shown = rows.filter(on__range=(first, last)).annotate(
        listed=Count("attendances"), present=Count("attendances", Q(attendances__mark=Mark.PRESENT))
    )
    page = page_of(request, shown.select_related("activity", "leader").order_by("-on", "-starts_at", "-pk"), 60)
    context = {
        **_months(first, today),
        "activity": activity,
        "page": page,
        "sheet_url": reverse("reports:month_sheet", args=[pk])
        if session_permissions.may_read_list(user, activity)
        else "",
        "rows": [(row, *state_of(row, today)) for row in page],
        "crumbs": [(_("Jadwal"), reverse("services:timetable")), (activity.name, "")],
    }
    return render(request, "services/activity_sessions.html", context)


def month_of(request: HttpRequest) -> tuple[date, date, date]:
    """First and last day of the month asked for, and today; 404 for what is no month, or has not begun."""
    today = request.user.institution.today()
    asked = request.GET.get("bulan")
    try:
        first = worktime.month(asked) if asked else today.replace(day=1)
    except ValueError as unknown:
        raise Http404(_("Bulan itu tidak ada. Tulis seperti 2026-07.")) from unknown
    if first > today:
        raise Http404(_("Bulan itu belum dimulai."))
    return first, worktime.month_after(first) - timedelta(days=1), today


def _months(first: date, today: date) -> dict[str, Any]:
    after = worktime.month_after(first)
    return {"month": first, "before": worktime.month_before(first), "after": after if after <= today else None}
