"""Visits, the sick bay, meals, what was given, the morning in numbers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from rehsos import clock, doors, formatting
from services import care, presence, residence, roster
from services.acts import case_subject
from services.forms.base import tried
from services.forms.daily import CareForm
from services.forms.residence import ResidentChoice, SickForm, VisitForm
from services.models import Visit
from services.pages import daily as pages
from services.roster import Resident
from services.views import fetch, readers
from services.views.paging import page_of

PAGE = 30


@doors.roles(*readers.WORKLOG, methods=("GET", "POST"))
def visits(request: HttpRequest) -> HttpResponse:
    user = request.user
    people = _residents(user)
    form = VisitForm(fetch.posted(request), residents=people, **_options(request, "visits", people, "came_at"))
    if form.is_bound and form.is_valid() and _kept(request, form, residence.note_visit):
        messages.success(request, _("Kunjungan tercatat."))
        return redirect("services:visits")
    stays = presence.visible_stays(user)
    rows = Visit.objects.filter(stay__in=stays).select_related("stay__case__client", "by")
    page = page_of(request, rows.defer("stay__case__client__nik"), PAGE)
    shown = [row.case for row in people] + [row.stay.case for row in page]
    fetch.seen(request, "visits", dict.fromkeys(map(case_subject, shown)))
    context = {"tabs": pages.tabs(user, "visits"), "form": form, "page": page}
    return render(request, "services/daily/visits.html", context, status=422 if form.is_bound else 200)


@doors.roles(*pages.NURSING, methods=("GET", "POST"))
def sick_bay(request: HttpRequest) -> HttpResponse:
    """Restricted: health staff and the head see all of it, a social worker that of their cases."""
    user = request.user
    mine = set(residence.nursed(user).values_list("pk", flat=True))
    people = [row for row in _residents(user) if row.stay.pk in mine]
    form = SickForm(fetch.posted(request), residents=people, **_options(request, "sick_bay", people, "at_time"))
    if form.is_bound and form.is_valid() and (row := _kept(request, form, residence.note_sickness)):
        told = _("Tercatat; klien dicatat rawat inap.") if row.is_referred else _("Tercatat.")
        messages.success(request, told)
        return redirect("services:sick_bay")
    rows = residence.sick_notes(user).select_related("stay__case__client", "by")
    page = page_of(request, rows.defer("stay__case__client__nik"), PAGE)
    shown = [row.case for row in people] + [row.stay.case for row in page]
    fetch.seen(request, "sick_bay", dict.fromkeys(map(case_subject, shown)))
    context = {"tabs": pages.tabs(user, "sick_bay"), "form": form, "page": page}
    return render(request, "services/daily/sick_bay.html", context, status=422 if form.is_bound else 200)


def _residents(user: User) -> list[Resident]:
    return roster.residents(user, user.institution.today(), with_alerts=False)


def _options(request: HttpRequest, act: str, people: list[Resident], clock_field: str) -> dict[str, Any]:
    """Today, now, and the resident from whose page somebody came."""
    user = request.user
    now = formatting.local(clock.now()).time().replace(second=0, microsecond=0)
    chosen = next((row.stay.pk for row in people if row.case.number == request.GET.get("penghuni")), None)
    initial = {"on": user.institution.today(), clock_field: now, "stay": chosen}
    return {"user": user, "act": act, "subject": user, "initial": initial}


def _kept(request: HttpRequest, form: ResidentChoice, act: Any) -> Any:
    data = form.cleaned_data
    words = {"stay_id": data["stay"], "values": form.values(), "by": request.user, "key": data["form_key"]}
    return tried(form, act, **words)


@doors.roles(*readers.WORKLOG)
def meals(request: HttpRequest) -> HttpResponse:
    user = request.user
    rows = roster.residents(user, user.institution.today())
    special = [row for row in rows if row.alerts and row.is_here]
    fetch.seen(request, "meals", [case_subject(row.case) for row in special])
    context = {
        "tabs": pages.tabs(user, "meals"),
        "meals": pages.meals_of(rows),
        "special": special,
        "today": user.institution.today(),
    }
    return render(request, "services/daily/meals.html", context)


@doors.roles(*readers.WORKLOG)
def briefing(request: HttpRequest) -> HttpResponse:
    """Numbers without a name, so nobody is read."""
    user, today = request.user, request.user.institution.today()
    text = pages.briefing(user, today, roster.residents(user, today))
    context = {"tabs": pages.tabs(user, "briefing"), "text": text, "lines": text.count("\n") + 1}
    return render(request, "services/daily/briefing.html", context)


@doors.roles(*readers.WORKLOG, methods=("GET", "POST"))
def care_new(request: HttpRequest) -> HttpResponse:
    user, today = request.user, request.user.institution.today()
    people = roster.residents(user, today, house=request.GET.get("asrama", ""), with_alerts=False)
    form = CareForm(
        fetch.posted(request), residents=people, user=user, act="care_new", subject=user, initial={"on": today}
    )
    if form.is_bound and form.is_valid() and (activity := _given(request, form)):
        messages.success(request, _("Tercatat untuk %d klien.") % activity.links.count())
        return redirect("services:care_new")
    fetch.seen(request, "care_new", [case_subject(row.case) for row in people])
    context = {
        "tabs": pages.tabs(user, "care_new"),
        "form": form,
        "houses": roster.houses(user),
        "house": request.GET.get("asrama", ""),
        "people": people,
    }
    return render(request, "services/daily/care_new.html", context, status=422 if form.is_bound else 200)


def _given(request: HttpRequest, form: CareForm) -> Any:
    data = form.cleaned_data
    words = {name: data[name] for name in ("on", "kinds", "note", "stays")}
    return tried(form, care.give, by=request.user, key=data["form_key"], **words)
