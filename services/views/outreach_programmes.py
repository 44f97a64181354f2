"""Programmes of sosialisasi: the plan, what is written for it, its events, its sign-offs."""

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import compare
from rehsos import doors
from services import outreach
from services.forms.base import tried
from services.forms.outreach import PaperForm, ProgrammeForm, SuperviseForm
from services.models import OutreachEvent, OutreachPaper, OutreachProgramme
from services.models.outreach import OUTREACH, OVERSEEING
from services.outreach_enums import OutreachPaperKind
from services.pages import outreach as pages
from services.views import fetch
from services.views.paging import page_of

FORM, ACT = ("GET", "POST"), ("POST",)


@doors.roles(*OUTREACH)
def programmes(request: HttpRequest) -> HttpResponse:
    rows = OutreachProgramme.objects.visible_to(request.user).select_related("by")
    page = page_of(request, rows)
    keys = [row.pk for row in page]
    reached = {
        pk: (number, (men or 0) + (women or 0))
        for pk, number, men, women in OutreachEvent.objects.filter(programme__in=keys)
        .order_by()
        .values_list("programme")
        .annotate(Count("pk"), Sum("men"), Sum("women"))
    }
    codes = _codes(keys)
    today = request.user.institution.today()
    context = {
        "tabs": pages.tabs("outreach_programmes"),
        "page": page,
        "rows": [(row, *reached.get(row.pk, (0, 0)), *pages.standing(row, today, codes[row.pk])) for row in page],
    }
    return render(request, "services/outreach/programmes.html", context)


def _codes(keys: list[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    for pk, code in OutreachPaper.objects.filter(programme__in=keys).values_list("programme", "code"):
        found[pk].add(code)
    return found


@doors.roles(*OUTREACH, methods=FORM)
def programme_new(request: HttpRequest) -> HttpResponse:
    user = request.user
    form = ProgrammeForm(
        fetch.posted(request),
        initial={"on": user.institution.today()},
        user=user,
        act="outreach_programme_new",
        subject=user,
    )
    if form.is_bound and form.is_valid():
        made = tried(form, outreach.plan, values=form.values(), by=user, key=form.cleaned_data["form_key"])
        if made:
            messages.success(request, _("Program tercatat (A.c). Lampirkan materinya, lalu catat kegiatannya."))
            return redirect("services:outreach_programme", made.pk)
    return _form_page(request, form, _("Program baru"), reverse("services:outreach_programmes"))


@doors.roles(*OUTREACH, methods=FORM)
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetched(request, pk)

    def draw(data: QueryDict | None = None) -> ProgrammeForm:
        row = _fetched(request, pk)
        about = {"user": request.user, "act": "outreach_programme_edit", "subject": row, "version": row.version}
        return ProgrammeForm(data, initial={name: getattr(row, name) for name in outreach.WORDS}, **about)

    form = draw(fetch.posted(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"values": form.values(), "version": data["version"], "key": data["form_key"]}
        saved, form = compare.tried_beside(form, draw, outreach.change, programme=found, by=request.user, **words)
        if saved:
            messages.success(request, _("Program diperbarui."))
            return redirect("services:outreach_programme", pk)
    return _form_page(request, form, _("Ubah program"), reverse("services:outreach_programme", args=[pk]))


@doors.roles(*OUTREACH)
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _fetched(request, pk))


@doors.roles(*OUTREACH, methods=FORM)
def paper_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetched(request, pk)
    initial = {"on": request.user.institution.today(), "code": request.GET.get("butir", OutreachPaperKind.MATERIAL)}
    form = PaperForm(
        fetch.posted(request),
        request.FILES or None,
        initial=initial,
        user=request.user,
        act="outreach_paper_new",
        subject=found,
    )
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"code": data["code"], "values": form.values(), "file": data["file"], "key": data["form_key"]}
        if tried(form, outreach.add_paper, programme=found, by=request.user, **words):
            messages.success(request, _("Tersimpan sebagai kegiatan %s.") % data["code"])
            return redirect("services:outreach_programme", pk)
    return _form_page(request, form, found.title, reverse("services:outreach_programme", args=[pk]), takes_file=True)


@doors.roles(*OVERSEEING, methods=ACT)
def supervise(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetched(request, pk)
    form = SuperviseForm(request.POST, user=request.user, act="outreach_supervise", subject=found)
    if form.is_valid():
        data = form.cleaned_data
        words = {name: data[name] for name in ("on", "verdict", "note", "directions")}
        if tried(form, outreach.supervise, programme=found, by=request.user, key=data["form_key"], **words):
            messages.success(request, _("Supervisi sosialisasi (A.i) diberikan."))
            return redirect("services:outreach_programme", pk)
    return _page(request, found, form)


def _fetched(request: HttpRequest, pk: int) -> OutreachProgramme:
    rows = OutreachProgramme.objects.visible_to(request.user).select_related("by", "institution")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Program tidak ditemukan."))
    return found


def _page(request: HttpRequest, found: OutreachProgramme, refused: SuperviseForm | None = None) -> HttpResponse:
    user, today = request.user, request.user.institution.today()
    papers = list(found.papers.select_related("by", "file"))
    for paper in papers:
        paper.is_open = paper.code != OutreachPaperKind.PARTICIPANTS or outreach.may_read_names(user, paper)
    events = list(found.events.select_related("by"))
    why_not = outreach.why_not_supervise(user, found)
    form = refused
    if form is None and not why_not:
        initial = {"on": today, "verdict": "approved"}
        form = SuperviseForm(user=user, act="outreach_supervise", subject=found, initial=initial)
    context: dict[str, Any] = {
        "tabs": pages.tabs("outreach_programmes"),
        "programme": found,
        "standing": pages.standing(found, today, {paper.code for paper in papers}),
        "groups": [(kind, [paper for paper in papers if paper.code == kind]) for kind in OutreachPaperKind],
        "events": events,
        "reached": sum(one.number for one in events),
        "supervisions": list(found.supervisions.select_related("by")),
        "form": form,
        "why_not": why_not if user.has_role(*OVERSEEING) else "",
        "may_change": not outreach.why_not_change(user, found),
    }
    return render(request, "services/outreach/programme.html", context, status=422 if refused else 200)


def _form_page(request: HttpRequest, form: Any, title: str, back: str, *, takes_file: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "back": back,
        "takes_file": takes_file,
        "had_file": bool(request.FILES),
        "crumbs": [(_("Sosialisasi"), reverse("services:outreach")), (title, "")],
    }
    return render(request, "services/outreach/form.html", context, status=form.status)
