"""Supervision after the fact: the directions that are not closed yet, and a session a supervisor has looked at."""

from datetime import timedelta

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
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
from services.session_enums import Mark, SessionState
from services.views import fetch, readers
from services.views.paging import page_of

PAGE = 30
SESSIONS = "sesi"
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
    """Notes or sessions of the last weeks on which no supervisor has said a word, the oldest first."""
    user, of_sessions = request.user, request.GET.get("tampil") == SESSIONS
    since = user.institution.today() - LOOKED_BACK
    unread = {"on__gte": since, "reviews__isnull": True}
    notes = Note.objects.visible_to(user).standing().filter(**unread).exclude(by=user)
    sessions = Session.objects.visible_to(user).filter(**unread, state=SessionState.HELD).exclude(saved_by=user)
    page = page_of(request, _sessions(sessions) if of_sessions else _notes(notes), PAGE)
    if not of_sessions:
        fetch.seen(request, "unreviewed", {case_subject(note.case) for note in page})
    context = {
        "page": page,
        "notes": [] if of_sessions else [(note, SHAPES[NoteKind(note.kind)]) for note in page],
        "sessions": list(page) if of_sessions else [],
        "of_sessions": of_sessions,
        "numbers": (notes.count(), sessions.count()),
        "since": since,
        "may_review": user.has_role(*SUPERVISING),
    }
    return render(request, "services/individual/unreviewed.html", context)


def _notes(rows: QuerySet[Note]) -> QuerySet[Note]:
    """Restricted ones say no more than their kind."""
    return rows.select_related("case__client", "by").defer("case__client__nik").order_by("on", "pk")


def _sessions(rows: QuerySet[Session]) -> QuerySet[Session]:
    """With how many were there of those who were meant; no name."""
    there = Count("attendances", Q(attendances__mark=Mark.PRESENT))
    counted = rows.annotate(listed=Count("attendances"), present=there)
    return counted.select_related("activity", "leader").order_by("on", "starts_at", "pk")


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
