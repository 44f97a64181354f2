"""Obstacles of a case and of a UPT; the days of the law; plans and evaluations of the work itself."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import compare
from accounts.models import User
from cases.models import Case
from rehsos import doors
from services import courts, obstacles, permissions, processes
from services.acts import case_subject
from services.catalogue import CATALOGUE
from services.forms.base import KeyedForm, tried
from services.forms.casework import CarryOnForm, CourtForm, CourtSettleForm, ObstacleForm, ProcessForm
from services.models import CourtDate, Obstacle, ProcessRecord
from services.note_enums import CourtState
from services.pages import links
from services.views import fetch, readers
from services.views.paging import page_of

PAGE = 30
ALL = "semua"


def _form_page(request: HttpRequest, form: KeyedForm, case: Case | None, **words: Any) -> HttpResponse:
    context = {"form": form, "case": case, **words}
    return render(request, "services/individual/form.html", context, status=form.status)


def _crumbs(case: Case, title: str) -> list[tuple[object, str]]:
    return [*links.crumbs(case), (_("Perorangan"), _work(case)), (title, "")]


def _work(case: Case) -> str:
    return reverse("services:case_work", args=[case.number])


# --- Obstacles ------------------------------------------------------------------------------------------------------
@doors.roles(*readers.CASES)
def obstacle_list(request: HttpRequest) -> HttpResponse:
    """Those in sight: the open ones, or all."""
    user, is_all = request.user, request.GET.get("tampil") == ALL
    rows = Obstacle.objects.visible_to(user)
    opened = rows.filter(overcome_on__isnull=True)
    found = (rows if is_all else opened).select_related("case__client", "by").defer("case__client__nik")
    page = page_of(request, found, PAGE)
    fetch.seen(request, "obstacles", {case_subject(row.case) for row in page})
    context = {"page": page, "is_all": is_all, "open": opened.count()}
    return render(request, "services/individual/obstacles.html", context)


@doors.roles(*readers.CASES, methods=("GET", "POST"))
def obstacle_new(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "obstacle_new")
    form = ObstacleForm(fetch.posted(request), user=request.user, act="obstacle_new", subject=case)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("bimbingan", "on", "text", "effort")}
        if tried(form, obstacles.name, case=case, by=request.user, key=data["form_key"], **words):
            messages.success(request, _("Hambatan tercatat."))
            return redirect(_work(case))
    if form.is_bound:
        fetch.seen_case(request, case, "obstacle_new")
    title = _("Hambatan")
    return _form_page(
        request, form, case, title=title, back=_work(case), crumbs=_crumbs(case, title), button=_("Simpan hambatan")
    )


@doors.roles(*readers.CASES, methods=("GET", "POST"))
def obstacle(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands in the way, what was tried, and the form of what was tried since."""
    rows = Obstacle.objects.visible_to(request.user).select_related("case__client", "case__institution", "by")
    found = rows.select_related("overcome_by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Hambatan tidak ditemukan."))
    form = CarryOnForm(fetch.posted(request), user=request.user, act="obstacle", subject=found)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"on": data["on"], "text": data["text"], "is_overcome": form.is_overcome()}
        if tried(form, obstacles.carry_on, obstacle=found, by=request.user, key=data["form_key"], **words):
            messages.success(request, _("Hambatan teratasi.") if form.is_overcome() else _("Upaya tercatat."))
            return redirect("services:obstacle", pk)
    fetch.seen_case(request, found.case, "obstacle")
    context = {
        "obstacle": found,
        "efforts": found.efforts.select_related("by"),
        "form": form if found.is_open and not permissions.why_not_log(request.user, found.case) else None,
        "refused": form if form.is_bound else None,
        "crumbs": _crumbs(found.case, _("Hambatan")),
    }
    return render(request, "services/individual/obstacle.html", context, status=422 if form.is_bound else 200)


# --- The law --------------------------------------------------------------------------------------------------------
@doors.roles(*readers.CASES)
def court_list(request: HttpRequest) -> HttpResponse:
    """What is planned, the next day first; what has passed without a result is late. Or what came of all."""
    user, is_all = request.user, request.GET.get("tampil") == ALL
    rows = CourtDate.objects.visible_to(user).select_related("case__client").defer("case__client__nik")
    planned = rows.filter(state=CourtState.PLANNED)
    page = page_of(request, rows.exclude(state=CourtState.PLANNED).order_by("-on", "-pk") if is_all else planned, PAGE)
    fetch.seen(request, "court_list", {case_subject(row.case) for row in page})
    context = {"page": page, "is_all": is_all, "today": user.institution.today(), "planned": planned.count()}
    return render(request, "services/individual/court_list.html", context)


@doors.roles(*readers.CASES, methods=("GET", "POST"))
def court_new(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "court_new")
    form = CourtForm(fetch.posted(request), user=request.user, act="court_new", subject=case)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("kind", "on", "starts_at", "place", "agenda")}
        if tried(form, courts.plan, case=case, values=values, by=request.user, key=data["form_key"]):
            messages.success(request, _("Masuk agenda sidang."))
            return redirect(_work(case))
    if form.is_bound:
        fetch.seen_case(request, case, "court_new")
    title = _("Agenda sidang")
    return _form_page(
        request, form, case, title=title, back=_work(case), crumbs=_crumbs(case, title), button=_("Simpan agenda")
    )


@doors.roles(*readers.CASES, methods=("GET", "POST"))
def court(request: HttpRequest, pk: int) -> HttpResponse:
    """One day of the law, and the form of what came of it."""
    rows = CourtDate.objects.visible_to(request.user).select_related("case__client", "case__institution", "next")
    found = rows.select_related("made_by", "settled_by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Agenda tidak ditemukan."))
    form = CourtSettleForm(fetch.posted(request), user=request.user, act="court", subject=found)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("state", "result", "next_on")}
        if tried(form, courts.settle, court=found, by=request.user, key=data["form_key"], **words):
            messages.success(request, _("Hasil tercatat."))
            return redirect("services:court", pk)
    fetch.seen_case(request, found.case, "court")
    context = {
        "court": found,
        "form": form if found.is_planned and not permissions.why_not_log(request.user, found.case) else None,
        "refused": form if form.is_bound else None,
        "crumbs": _crumbs(found.case, _("Agenda sidang")),
    }
    return render(request, "services/individual/court.html", context, status=422 if form.is_bound else 200)


# --- The work itself ------------------------------------------------------------------------------------------------
@doors.roles(*readers.CASES)
def process_list(request: HttpRequest) -> HttpResponse:
    rows = ProcessRecord.objects.visible_to(request.user).select_related("by").prefetch_related("links")
    code = request.GET.get("kode", "")
    page = page_of(request, rows.filter(code=code) if code in processes.CODES else rows, PAGE)
    items = [CATALOGUE[one] for one in processes.CODES]
    context = {"page": page, "rows": [(row, CATALOGUE[row.code]) for row in page], "items": items, "code": code}
    return render(request, "services/individual/process_list.html", context)


@doors.roles(*readers.CASES, methods=("GET", "POST"))
def process_new(request: HttpRequest) -> HttpResponse:
    asked = {"code": request.GET.get("kode", ""), "cases": request.GET.getlist("kasus")}
    return _process(request, None, {name: value for name, value in asked.items() if value})


@doors.roles(*readers.CASES, methods=("GET", "POST"))
def process_record(request: HttpRequest, pk: int) -> HttpResponse:
    """To read; its author may change it on the same page."""
    found = ProcessRecord.objects.visible_to(request.user).select_related("by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Catatan proses tidak ditemukan."))
    cases = list(
        Case.objects.visible_to(request.user).select_related("client").filter(process_record_links__record=found)
    )
    if found.by_id == request.user.pk or request.method == "POST":
        return _process(request, found, {})
    fetch.seen(request, "process_record", map(case_subject, cases))
    item = CATALOGUE[found.code]
    context = {"record": found, "item": item, "cases": cases, "crumbs": _process_crumbs(item.code)}
    return render(request, "services/individual/process_record.html", context)


def _process(request: HttpRequest, record: ProcessRecord | None, initial: dict[str, Any]) -> HttpResponse:
    user = request.user

    def draw(sent: QueryDict | None = None) -> ProcessForm:
        if record:
            record.refresh_from_db()
        return _process_form(user, record, initial, sent)

    form = draw(fetch.posted(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        saved, form = compare.tried_beside(
            form,
            draw,
            processes.save,
            code=data["code"],
            values=form.values(),
            cases=data["cases"],
            record=record,
            version=data["version"],
            by=user,
            key=data["form_key"],
        )
        if saved:
            messages.success(request, _("Catatan proses tersimpan."))
            return redirect("services:process_list")
    fetch.seen(request, "process_new", map(case_subject, form.fields["cases"].drawn))
    title = _("Catatan proses")
    crumbs = _process_crumbs(record.code if record else _("baru"))
    words = {"title": title, "back": reverse("services:process_list"), "crumbs": crumbs, "button": _("Simpan")}
    return _form_page(request, form, None, **words)


def _process_form(
    user: User, record: ProcessRecord | None, initial: dict[str, Any], sent: QueryDict | None
) -> ProcessForm:
    if record:
        names = ("code", "on", "title", "aim", "content", "means", "follow_up")
        linked = Case.objects.visible_to(user).filter(process_record_links__record=record)
        initial = {name: getattr(record, name) for name in names} | {"cases": [case.number for case in linked]}
    return ProcessForm(
        sent,
        user=user,
        act="process",
        subject=record or user,
        version=record.version if record else None,
        initial=initial,
        open_cases=Case.objects.visible_to(user).open().select_related("client").defer("client__nik"),
    )


def _process_crumbs(last: str) -> list[tuple[object, str]]:
    return [(_("Catatan proses"), reverse("services:process_list")), (last, "")]
