"""Sessions outside the weekly pattern: one added, one moved to another time, place or leader."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import compare
from audit.trail import Subject
from rehsos import doors
from services import arranging, attendees, session_permissions
from services.acts import case_subject
from services.attendees import AtHand
from services.forms import timetable as forms
from services.views import fetch, readers
from services.views.attendance import crumbs
from services.views.timetable import day_asked

FORM = ("GET", "POST")


@doors.roles(*readers.WORKLOG, methods=FORM)
def session_new(request: HttpRequest) -> HttpResponse:
    user = request.user
    initial = {"on": day_asked(request), "audience": "chosen", "leader": user.pk}
    form = forms.SessionForm(
        fetch.posted(request), initial=initial, user=user, act="session_new", subject=user.institution
    )
    clashing: list[str] = []
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        made, clashing = forms.tried_or_clashing(
            form,
            arranging.add,
            institution=user.institution,
            values=form.told("on"),
            stays=data["stays"] if data["audience"] == "chosen" else (),
            by=user,
            key=data["form_key"],
        )
        if made:
            messages.success(request, _("Sesi dibuat."))
            return redirect("services:session", made.pk)
    fetch.seen(request, "session_new", [case_subject(stay.case) for stay in form.fields["stays"].queryset])
    context = {
        "form": form,
        "clashes": clashing,
        "may_plan": user.has_role(*session_permissions.PLANNERS),
        "has_list": form.fields["activity"].queryset.exists(),
        "crumbs": [(_("Jadwal"), reverse("services:timetable")), (_("Sesi baru"), "")],
    }
    return render(request, "services/session_new.html", context, status=422 if form.is_bound else 200)


@doors.roles(*session_permissions.PLANNERS, methods=FORM)
def session_move(request: HttpRequest, pk: int) -> HttpResponse:
    now = attendees.at_hand(pk, by=request.user)
    kept = now.session

    def draw(data: QueryDict | None = None) -> forms.MoveForm:
        row = attendees.at_hand(pk, by=request.user).session
        about = {"user": request.user, "act": "session_move", "subject": f"session:{pk}", "version": row.version}
        return forms.MoveForm(data, initial={name: getattr(row, name) for name in arranging.SETTLED}, **about)

    form = draw(fetch.posted(request))
    clashing: list[str] = []
    if form.is_bound and form.is_valid():
        about = {"values": form.values(), "version": form.cleaned_data["version"], "key": form.cleaned_data["form_key"]}
        try:
            moved, clashing = forms.tried_or_clashing(form, arranging.move, session_id=pk, by=request.user, **about)
        except doors.Stale as stale:
            moved, form = None, compare.beside(form, draw, stale)
        if moved:
            messages.success(request, _("Sesi dipindah."))
            return redirect("services:session", pk)
    fetch.seen(request, "session_move", _subjects(now))
    url = reverse("services:session", args=[pk])
    context = {
        "session": kept,
        "form": form,
        "clashes": clashing,
        "why_not": arranging.reasons_not_to_move(kept),
        "crumbs": [*crumbs(kept)[:1], (kept.activity.name, url), (_("Pindah"), "")],
    }
    return render(request, "services/session_move.html", context, status=form.status)


def _subjects(now: AtHand) -> list[Subject]:
    """The session, and whom a clash could name."""
    listed = (Subject("case", place.case, place.number) for place in now.listed)
    return [Subject("session", now.session.pk, now.session.activity.name), *listed]
