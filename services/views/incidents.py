"""Kejadian: what is open, a new one, one with its follow-ups."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rehsos import clock, doors, formatting
from services import incidents, roster
from services.acts import case_subject
from services.forms.base import tried
from services.forms.daily import MOST_ROWS, ROWS, FollowUpForm, IncidentForm
from services.models import Incident, IncidentResident
from services.pages import daily as pages
from services.views import fetch, readers
from services.views.paging import page_of

PAGE = 30
OPEN, ALL = "", "semua"


@doors.roles(*readers.WORKLOG)
def incidents_list(request: HttpRequest) -> HttpResponse:
    found = Incident.objects.visible_to(request.user)
    is_all = request.GET.get("tampil") == ALL
    rows = found if is_all else found.filter(closed_at__isnull=True)
    context = {
        "tabs": pages.tabs(request.user, "incidents"),
        "page": page_of(request, rows.select_related("by", "closed_by"), PAGE),
        "is_all": is_all,
        "open": found.filter(closed_at__isnull=True).count(),
    }
    return render(request, "services/daily/incidents.html", context)


@doors.roles(*readers.WORKLOG, methods=("GET", "POST"))
def incident_new(request: HttpRequest) -> HttpResponse:
    user, today = request.user, request.user.institution.today()
    residents = roster.residents(user, today, with_alerts=False)
    asked = request.GET.get("baris", "")
    now = formatting.local(clock.now()).time().replace(second=0, microsecond=0)
    first = next((row.stay.pk for row in residents if row.case.number == request.GET.get("penghuni")), None)
    form = IncidentForm(
        fetch.posted(request),
        user=user,
        act="incident_new",
        subject=user,
        residents=residents,
        rows=min(int(asked), MOST_ROWS) if asked.isdecimal() and len(asked) < 3 else ROWS,
        initial={"on": today, "at_time": now, "resident-1": first},
    )
    if form.is_bound and form.is_valid() and (row := _recorded(request, form)):
        messages.success(request, _("Kejadian tercatat; supervisor dan Kepala UPT diberi tahu."))
        return redirect("services:incident", row.pk)
    fetch.seen(request, "incident_new", [case_subject(row.case) for row in residents])
    context = {"tabs": pages.tabs(user, "incidents"), "form": form, "more": len(form.rows) + 5}
    return render(request, "services/daily/incident_new.html", context, status=422 if form.is_bound else 200)


def _recorded(request: HttpRequest, form: IncidentForm) -> Any:
    return tried(
        form,
        incidents.record,
        values=form.values(),
        residents=form.residents(),
        by=request.user,
        key=form.cleaned_data["form_key"],
    )


@doors.roles(*readers.WORKLOG)
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _fetched(request, pk))


def _fetched(request: HttpRequest, pk: int) -> Incident:
    found = Incident.objects.visible_to(request.user).select_related("by", "closed_by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Kejadian tidak ditemukan."))
    return found


def _page(request: HttpRequest, found: Incident, refused: FollowUpForm | None = None) -> HttpResponse:
    rows = IncidentResident.objects.filter(incident=found).select_related("stay__case__client")
    people = list(rows.defer("stay__case__client__nik").order_by("stay__case__client__folded_name"))
    fetch.seen(request, "incident", [case_subject(row.stay.case) for row in people])
    context = {
        "tabs": pages.tabs(request.user, "incidents"),
        "incident": found,
        "people": people,
        "follow_ups": list(found.follow_ups.select_related("by")),
        "form": (refused or _follow_form(request, found)) if not found.closed_at else None,
    }
    return render(request, "services/daily/incident.html", context, status=422 if refused else 200)


def _follow_form(request: HttpRequest, found: Incident) -> FollowUpForm:
    return FollowUpForm(
        fetch.posted(request),
        user=request.user,
        act="follow_up",
        subject=found,
        may_close=not incidents.why_not_close(request.user),
    )


@doors.roles(*readers.WORKLOG, methods=("POST",))
def incident_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetched(request, pk)
    form = _follow_form(request, found)
    if form.is_valid():
        data = form.cleaned_data
        words = {"text": data["text"], "closes": data.get("closes", False), "key": data["form_key"]}
        if tried(form, incidents.follow_up, incident_id=found.pk, by=request.user, **words):
            messages.success(request, _("Kejadian ditutup.") if words["closes"] else _("Tindak lanjut tercatat."))
            return redirect("services:incident", found.pk)
    return _page(request, found, form)
