"""The inbox: what waits for me, what I asked of others, what I was told; one task from asking to its end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.inbox import Notice
from rehsos import doors
from services import tasks
from services.acts import case_subject
from services.forms.base import KeyedForm, tried
from services.forms.inbox import AnswerForm, SettleForm, TaskForm
from services.models import Review, Task
from services.views import fetch, readers
from services.views.paging import page_of

STAFF = (*readers.WORKLOG, Role.ADMIN_OFFICE)
NOTICES = 30
CLOSED = 10


@doors.signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """Tasks for me, tasks from me, and notices; what is late first."""
    user = request.user
    around = Task.objects.visible_to(user).select_related("case__client", "for_user", "given_by")
    rows = around.defer("case__client__nik")
    mine = list(rows.running().filter(for_user=user))
    asked = list(rows.running().filter(given_by=user).exclude(for_user=user))
    ended = list(rows.exclude(pk__in=rows.running()).filter(for_user=user).order_by("-closed_at")[:CLOSED])
    page = page_of(request, Notice.objects.filter(user=user), NOTICES)
    fetch.seen(request, "inbox", {case_subject(task.case) for task in (*mine, *asked, *ended) if task.case})
    context = {
        "mine": mine,
        "asked": asked,
        "ended": ended,
        "page": page,
        "unread": user.unread_notices,
        "newest": page[0].pk if page else 0,
        "may_give": user.has_role(*STAFF),
        "today": user.institution and user.institution.today(),
    }
    return render(request, "services/inbox.html", context)


@doors.signed_in(methods=("POST",))
def inbox_read(request: HttpRequest) -> HttpResponse:
    """All up to the newest that was shown, or one, which is opened."""
    only, newest = _number(request, "open"), _number(request, "up_to")
    found = tasks.read(by=request.user, only=only, up_to=newest)
    here = reverse("services:inbox")
    return doors.safe_redirect(request, found[0].url if only and found else here, here)


@doors.roles(*STAFF, methods=("GET", "POST"))
def task_new(request: HttpRequest) -> HttpResponse:
    form = TaskForm(
        fetch.posted(request),
        initial=_asked_for(request),
        user=request.user,
        act="task_new",
        subject=request.user,
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("for_user", "text", "due_on", "case", "source")}
        task = tried(form, tasks.give_by_hand, by=request.user, key=data["form_key"], **values)
        if task:
            messages.success(request, _("Tugas diberikan kepada %s.") % task.for_user.full_name)
            return redirect("services:inbox")
    context = {"form": form, "crumbs": [(_("Kotak masuk"), reverse("services:inbox")), (_("Tugas baru"), "")]}
    return render(request, "services/task_new.html", context, status=422 if form.is_bound else 200)


@doors.roles(*STAFF)
def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(request, pk))


@doors.roles(*STAFF, methods=("POST",))
def task_answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = _form(request, AnswerForm, "task_answer", found)
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, tasks.done, task=found, answer=data["answer"], by=request.user, key=data["form_key"]):
            messages.success(request, _("Jawaban dikirim kepada %s.") % found.given_by.full_name)
            return redirect("services:task", pk)
    return _page(request, found, form)


@doors.roles(*STAFF, methods=("POST",))
def task_settle(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = _form(request, SettleForm, "task_settle", found)
    if form.is_valid():
        data = form.cleaned_data
        enough = form.is_enough
        if tried(
            form,
            tasks.settle,
            task=found,
            is_enough=enough,
            text=data["text"],
            by=request.user,
            key=data["form_key"],
        ):
            messages.success(request, _("Tugas ditutup.") if enough else _("Tugas dikembalikan untuk dilengkapi."))
            return redirect("services:task", pk)
    return _page(request, found, form)


def _page(request: HttpRequest, found: Task, refused: KeyedForm | None = None) -> HttpResponse:
    if found.case:
        fetch.seen_case(request, found.case, "task")
    user = request.user
    may_answer = found.is_open and found.for_user_id == user.pk
    may_settle = found.is_running and not tasks.why_not_settle(user, found)
    shown = {refused.act: refused} if refused else {}
    context = {
        "task": found,
        "steps": found.steps.select_related("by"),
        "answer": (shown.get("task_answer") or _form(request, AnswerForm, "task_answer", found))
        if may_answer
        else None,
        "settle": (shown.get("task_settle") or _form(request, SettleForm, "task_settle", found))
        if may_settle
        else None,
        "refused": refused,
        "review": Review.objects.filter(task=found).only("of_note_id", "session_id").first(),
        "may_read_case": user.has_role(*readers.CASES),
        "crumbs": [(_("Kotak masuk"), reverse("services:inbox")), (found.get_source_display(), "")],
    }
    return render(request, "services/task_page.html", context, status=422 if refused else 200)


def _form(request: HttpRequest, make: type[KeyedForm], act: str, subject: Task) -> KeyedForm:
    bound = request.POST if request.resolver_match.url_name == act else None
    return make(bound, user=request.user, act=act, subject=subject, auto_id=f"{act}-%s")


def _found(request: HttpRequest, pk: int) -> Task:
    rows = Task.objects.visible_to(request.user)
    found = rows.select_related("case__client", "institution", "for_user", "given_by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Tugas tidak ditemukan."))
    return found


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """What the address brings along: a case, a person, what it comes out of."""
    named = {"case": "kasus", "for_user": "untuk", "source": "dari"}
    return {field: value for field, name in named.items() if (value := request.GET.get(name, ""))}


def _number(request: HttpRequest, name: str) -> int | None:
    asked = request.POST.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else None
