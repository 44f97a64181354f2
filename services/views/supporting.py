"""Kegiatan penunjang: what is done for the service itself, with its team, its steps and what came of it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import compare
from rehsos import doors
from services.catalogue import CATALOGUE
from services.forms.base import tried
from services.forms.supporting import EndForm, StepForm, StrikeForm, WorkForm, initial_of
from services.models import SupportingMember, SupportingStep, SupportingWork
from services.models.supporting import SUPPORTING
from services.pages import supporting as pages
from services.supporting import works
from services.supporting.enums import WorkKind, WorkState
from services.views import fetch
from services.views.paging import page_of

FORM, ACT = ("GET", "POST"), ("POST",)
ASKED = ("jenis", "keadaan", "tahun", "hanya")


@doors.roles(*SUPPORTING)
def works_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    asked = {name: request.GET.get(name, "") for name in ASKED}
    found = pages.narrowed(user, asked)
    rows = found.filter(kind=asked["jenis"]) if asked["jenis"] in WorkKind.values else found
    team = Prefetch("members", SupportingMember.objects.select_related("user"))
    rows = (
        rows.prefetch_related(team)
        .annotate(done=Count("steps", Q(steps__struck_at__isnull=True)))
        .order_by("-starts_on", "-pk")
    )
    page = page_of(request, rows)
    context = {
        "page": page,
        "rows": [(one, pages.TONES[WorkState(one.state)]) for one in page],
        "figures": pages.figures(user, user.institution.today()),
        "chips": pages.chips(found, asked),
        "states": WorkState.choices,
        "asked": asked,
        "today": user.institution.today(),
        "is_narrowed": any(asked.values()),
    }
    return render(request, "services/supporting/list.html", context)


@doors.roles(*SUPPORTING, methods=FORM)
def work_new(request: HttpRequest) -> HttpResponse:
    user = request.user
    initial = {"kind": request.GET.get("jenis"), "starts_on": user.institution.today(), "lead": user.pk}
    form = WorkForm(fetch.posted(request), initial=initial, user=user, act="supporting_new", subject=user)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"kind": data["kind"], "values": form.values(), "team": form.team(), "key": data["form_key"]}
        if made := tried(form, works.begin, by=user, **words):
            messages.success(request, _("Tercatat. Catat langkah pertamanya bila sudah dikerjakan."))
            return redirect("services:supporting_work", made.pk)
    return _form_page(request, form, _("Kegiatan penunjang baru"), reverse("services:supporting"))


@doors.roles(*SUPPORTING, methods=FORM)
def work_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _writable(request, pk)

    def draw(data: QueryDict | None = None) -> WorkForm:
        row = _fetched(request, pk)
        about = {"user": request.user, "act": "supporting_edit", "subject": row, "version": row.version, "work": row}
        return WorkForm(data, initial=initial_of(row), **about)

    form = draw(fetch.posted(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"values": form.values(), "team": form.team(), "version": data["version"], "key": data["form_key"]}
        saved, form = compare.tried_beside(form, draw, works.change, work=found, by=request.user, **words)
        if saved:
            messages.success(request, _("Kegiatan penunjang diperbarui."))
            return redirect("services:supporting_work", pk)
    return _form_page(request, form, found.title, reverse("services:supporting_work", args=[pk]))


@doors.roles(*SUPPORTING)
def work(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _fetched(request, pk))


@doors.roles(*SUPPORTING, methods=FORM)
def step_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = _writable(request, pk)
    form = StepForm(
        fetch.posted(request),
        request.FILES or None,
        initial={"on": request.user.institution.today(), "code": request.GET.get("butir")},
        user=request.user,
        act="supporting_step",
        subject=found,
        work=found,
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("code", "with_users", "file")}
        words |= {"values": form.values(), "key": data["form_key"]}
        if tried(form, works.add_step, work=found, by=request.user, **words):
            messages.success(request, _("Tersimpan sebagai kegiatan %s.") % data["code"])
            return redirect("services:supporting_work", pk)
    return _form_page(request, form, found.title, reverse("services:supporting_work", args=[pk]), takes_file=True)


@doors.roles(*SUPPORTING, methods=ACT)
def work_end(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetched(request, pk)
    form = EndForm(request.POST, user=request.user, act="supporting_end", subject=found, version=found.version)
    if form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("state", "ended_on", "result", "version")}
        if tried(form, works.end, work=found, by=request.user, key=data["form_key"], **words):
            messages.success(request, _("Keadaan kegiatan: %s.") % WorkState(data["state"]).label.lower())
            return redirect("services:supporting_work", pk)
    return _page(request, found, ending=form)


@doors.roles(*SUPPORTING, methods=ACT)
def step_strike(request: HttpRequest, pk: int) -> HttpResponse:
    rows = SupportingStep.objects.filter(work__in=SupportingWork.objects.visible_to(request.user))
    step = rows.select_related("work").filter(pk=pk).first()
    if step is None:
        raise Http404(_("Langkah tidak ditemukan."))
    form = StrikeForm(request.POST, user=request.user, act="supporting_strike", subject=step, auto_id=f"s{pk}-%s")
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, works.strike, step=step, because=data["because"], by=request.user, key=data["form_key"]):
            messages.success(request, _("Langkah dicoret; catatannya tetap tersimpan."))
            return redirect("services:supporting_work", step.work_id)
    return _page(request, _fetched(request, step.work_id), striking=form)


def _fetched(request: HttpRequest, pk: int) -> SupportingWork:
    rows = SupportingWork.objects.visible_to(request.user).select_related("by", "institution")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Kegiatan penunjang tidak ditemukan."))
    return found


def _writable(request: HttpRequest, pk: int) -> SupportingWork:
    """A form is drawn for those alone who may send it."""
    found = _fetched(request, pk)
    works.allow_writing(request.user, found)
    return found


def _page(
    request: HttpRequest, found: SupportingWork, ending: EndForm | None = None, striking: StrikeForm | None = None
) -> HttpResponse:
    user = request.user
    may_write = not works.why_not_write(user, found)
    steps = found.steps.select_related("by", "file", "struck_by").prefetch_related("shares__user")
    context = {
        "work": found,
        "tone": pages.TONES[WorkState(found.state)],
        "members": found.members.select_related("user"),
        "steps": [
            (one, CATALOGUE[one.code], _strike_form(request, one, striking)) for one in steps.order_by("-on", "-pk")
        ],
        "may_write": may_write,
        "may_add": may_write and found.state == WorkState.RUNNING,
        "form": ending or (_end_form(request, found) if may_write else None),
        "today": found.institution.today(),
        "crumbs": [(_("Kegiatan penunjang"), reverse("services:supporting")), (found.title, "")],
    }
    is_refused = ending is not None or striking is not None
    return render(request, "services/supporting/work.html", context, status=422 if is_refused else 200)


def _end_form(request: HttpRequest, found: SupportingWork) -> EndForm:
    is_running = found.state == WorkState.RUNNING
    initial = {
        "state": WorkState.DONE if is_running else found.state,
        "ended_on": found.ended_on or found.institution.today(),
        "result": found.result,
    }
    return EndForm(initial=initial, user=request.user, act="supporting_end", subject=found, version=found.version)


def _strike_form(request: HttpRequest, step: SupportingStep, refused: StrikeForm | None) -> StrikeForm | None:
    if refused and refused.subject == step:
        return refused
    if step.struck_at or works.why_not_strike(request.user, step):
        return None
    return StrikeForm(user=request.user, act="supporting_strike", subject=step, auto_id=f"s{step.pk}-%s")


def _form_page(request: HttpRequest, form: Any, title: str, back: str, *, takes_file: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "takes_file": takes_file,
        "had_file": bool(request.FILES),
        "crumbs": [(_("Kegiatan penunjang"), reverse("services:supporting")), (title, "")],
    }
    return render(request, "services/outreach/form.html", context, status=422 if form.is_bound else 200)
