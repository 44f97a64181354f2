"""Supervision after the fact: the directions that are not closed yet, and a session a supervisor has looked at."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rehsos import doors
from services import notes
from services.acts import case_subject
from services.enums import TaskSource
from services.forms.base import tried
from services.forms.notes import ReviewForm
from services.models import Task
from services.models.session import Session
from services.permissions import SUPERVISING
from services.views import fetch, readers
from services.views.paging import page_of

PAGE = 30


@doors.roles(*readers.SUPERVISION)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Directions that wait for an answer or for being closed, the nearest day first."""
    rows = Task.objects.visible_to(request.user).running().filter(source=TaskSource.SUPERVISION)
    found = rows.select_related("case__client", "for_user", "given_by").defer("case__client__nik")
    page = page_of(request, found, PAGE)
    fetch.seen(request, "follow_ups", {case_subject(task.case) for task in page if task.case})
    return render(request, "services/individual/follow_ups.html", {"page": page, "tasks": list(page)})


@doors.roles(*SUPERVISING, methods=("GET", "POST"))
def session_review(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Session.objects.visible_to(request.user).select_related("activity", "institution", "leader", "saved_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Sesi tidak ditemukan."))
    form = ReviewForm(fetch.posted(request), user=request.user, act="session_review", subject=found)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("on", "note", "directions", "due_on")}
        if tried(form, notes.review, session=found, by=request.user, key=data["form_key"], **words):
            messages.success(request, _("Supervisi tersimpan."))
            return redirect("services:session_review", pk)
    context = {"session": found, "form": form, "reviews": found.reviews.select_related("by")}
    return render(request, "services/individual/session_review.html", context, status=422 if form.is_bound else 200)
