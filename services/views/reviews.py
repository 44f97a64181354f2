"""Supervision after the fact: the directions that are not closed yet, and a session a supervisor has looked at."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rehsos import doors
from services import reviews
from services.acts import case_subject
from services.enums import TaskSource
from services.forms.base import tried
from services.forms.notes import ReviewForm
from services.models import Note, Task
from services.models.session import Session
from services.note_enums import NoteKind
from services.note_shapes import SHAPES
from services.permissions import SUPERVISING
from services.views import fetch, readers
from services.views.paging import page_of

PAGE = 30
LOOKED_BACK = timedelta(days=60)


@doors.roles(*readers.SUPERVISION)
def follow_ups(request: HttpRequest) -> HttpResponse:
    """Directions that wait for an answer or for being closed, the nearest day first."""
    rows = Task.objects.visible_to(request.user).running().filter(source=TaskSource.SUPERVISION)
    found = rows.select_related("case__client", "for_user", "given_by").defer("case__client__nik")
    page = page_of(request, found, PAGE)
    fetch.seen(request, "follow_ups", {case_subject(task.case) for task in page if task.case})
    return render(request, "services/individual/follow_ups.html", {"page": page, "tasks": list(page)})


@doors.roles(*readers.SUPERVISION)
def unreviewed(request: HttpRequest) -> HttpResponse:
    """Notes of the last weeks on which no supervisor has said a word, the oldest first; restricted ones masked."""
    user = request.user
    since = user.institution.today() - LOOKED_BACK
    rows = Note.objects.visible_to(user).standing().filter(on__gte=since, reviews__isnull=True).exclude(by=user)
    found = rows.select_related("case__client", "by").defer("case__client__nik").order_by("on", "pk")
    page = page_of(request, found, PAGE)
    fetch.seen(request, "unreviewed", {case_subject(note.case) for note in page})
    context = {"page": page, "rows": [(note, SHAPES[NoteKind(note.kind)]) for note in page], "since": since}
    return render(request, "services/individual/unreviewed.html", context)


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
        if tried(form, reviews.give, session=found, by=request.user, key=data["form_key"], **words):
            messages.success(request, _("Supervisi tersimpan."))
            return redirect("services:session_review", pk)
    context = {"session": found, "form": form, "reviews": found.reviews.select_related("by", "task")}
    return render(request, "services/individual/session_review.html", context, status=422 if form.is_bound else 200)
