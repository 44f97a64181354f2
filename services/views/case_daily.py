"""The tab of a case that tells of its days in the house."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from rehsos import doors
from services import residence
from services.models import Incident, Presence, ShiftLogLine, Visit
from services.views import fetch, readers
from services.views.case import around

SHOWN = 40


@doors.roles(*readers.CASES)
def case_daily(request: HttpRequest, number: str) -> HttpResponse:
    """Absences, exceptions of the shifts, incidents, visits; the sick bay for who may read it."""
    found = fetch.case(request, number, "case_daily")
    context: dict[str, Any] = around(request, found, "case_daily")
    stays = [stay.pk for stay in context["now"].stays]
    away = Presence.objects.valid().filter(stay__in=stays).select_related("recorded_by", "closed_by")
    lines = ShiftLogLine.objects.filter(stay__in=stays).select_related("log__by").order_by("-log__on", "-pk")
    may_nurse = bool(stays) and not residence.why_not_nurse(request.user, context["now"].stays[-1])
    context |= {
        "history": [(row, None) for row in away.order_by("-since_on", "-pk")],
        "lines": lines[:SHOWN],
        "incidents": Incident.objects.filter(residents__stay__in=stays)[:SHOWN],
        "visits": Visit.objects.filter(stay__in=stays).select_related("by")[:SHOWN],
        "sick_notes": _sick(request, stays) if may_nurse else [],
        "may_nurse": may_nurse,
        "is_resident": bool(stays),
    }
    return render(request, "services/case_daily.html", context)


def _sick(request: HttpRequest, stays: list[int]) -> Any:
    return residence.sick_notes(request.user).filter(stay__in=stays).select_related("by")[:SHOWN]
