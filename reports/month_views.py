"""The report of a month: on screen and on paper, what is missing from it, what the head adds, and freezing it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.forms import compare
from accounts.forms.keyed import tried
from audit.trail import Subject
from rehsos import doors
from reports import freezing, frozen, missing, month_paper, monthly, narrative, proof, sheets
from reports.case_paper_views import check_address
from reports.models import IssuedPaper
from reports.month_forms import FreezeForm, WordsForm
from reports.months import Month, month_of
from reports.paper_views import as_kept
from reports.views import MONTHLY, link_of, printed
from services.models import FrozenMonth
from services.views import fetch

FORM = ("GET", "POST")


@doors.roles(*MONTHLY)
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The monthly report on screen; frozen, with what is counted otherwise since."""
    institution, wanted = request.user.institution, _month(request, year, month)
    report, kept = monthly.report(institution, wanted), frozen.last(institution, wanted)
    words = narrative.of(institution, wanted)
    today = Month(institution.today().replace(day=1))
    chapters = sheets.chapters(report, sheets.Links(cases=reverse("services:case_list")), words)
    context = {
        "institution": institution,
        "month": wanted,
        "chapters": chapters,
        "is_proven": all(check.holds for check in proof.checks(report)),
        "crumbs": [(_("Laporan"), reverse("reports:index")), (wanted.label, "")],
        "earlier": link_of(wanted.previous),
        "later": link_of(wanted.following) if wanted < today else None,
        "is_over": wanted.last < institution.today(),
        "links": link_of(wanted),
        "is_written": bool(words and any(words.told.values())),
        **_as_frozen(kept, frozen.tables(sheets.chapters(report))),
        "may_freeze": request.user.has_role(Role.HEAD),
    }
    return render(request, "reports/month.html", context)


def _as_frozen(kept: FrozenMonth | None, now: list[dict[str, Any]]) -> dict[str, Any]:
    if kept is None:
        return {"kept": None, "differences": []}
    paper = IssuedPaper.objects.get(code=kept.paper)
    return {"kept": kept, "paper": paper, "differences": frozen.differences(kept.tables, now)}


@doors.roles(*MONTHLY)
def month_pdf(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """The paper: byte for byte as it was frozen, or a draft of what is counted now."""
    institution, wanted = request.user.institution, _month(request, year, month)
    if kept := frozen.last(institution, wanted):
        return as_kept(IssuedPaper.objects.select_related("file").get(code=kept.paper))
    content = month_paper.month_report(institution, wanted, by=request.user)
    return printed(content, f"laporan-bulanan-{institution.code}-{wanted.first:%Y-%m}.pdf")


@doors.roles(*MONTHLY)
def month_gaps(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """What is missing, whose it is, and where to bring it."""
    wanted = _month(request, year, month)
    found = missing.gaps(request.user, wanted)
    fetch.seen(request, "kelengkapan bulan", [fetch.client_subject(one) for gap in found for one in gap.clients])
    context = {
        "month": wanted,
        "gaps": found,
        "total": sum(gap.count for gap in found),
        "links": link_of(wanted),
        "crumbs": _crumbs(wanted, _("Kelengkapan data")),
        "may_freeze": request.user.has_role(Role.HEAD),
    }
    return render(request, "reports/month_gaps.html", context)


@doors.roles(*MONTHLY, methods=FORM)
def month_words(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """What is told beside the numbers."""
    institution, wanted = request.user.institution, _month(request, year, month)

    def draw(data: QueryDict | None = None) -> WordsForm:
        return _words_form(request, wanted, data)

    form = draw(fetch.posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {"values": form.words(), "version": data["version"], "key": data["form_key"]}
        saved, form = compare.tried_beside(
            form, draw, freezing.write, institution=institution, month=wanted, by=request.user, **values
        )
        if saved:
            messages.success(request, _("Uraian %s disimpan.") % wanted.label)
            return redirect("reports:monthly", year, month)
    context = {"month": wanted, "form": form, "links": link_of(wanted), "crumbs": _crumbs(wanted, _("Uraian"))}
    return render(request, "reports/month_words.html", context, status=form.status)


def _words_form(request: HttpRequest, wanted: Month, data: Any = None) -> WordsForm:
    words = narrative.of(request.user.institution, wanted)
    return WordsForm(
        data,
        initial=words.told if words else {},
        user=request.user,
        act="month_words",
        subject=f"{request.user.institution.pk}-{wanted.first:%Y-%m}",
        version=words.version if words else 0,
    )


@doors.roles(Role.HEAD, methods=FORM)
def month_freeze(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The head freezes the month, knowing what is missing; later, a revision with its reason."""
    institution, wanted = request.user.institution, _month(request, year, month)
    kept = frozen.last(institution, wanted)
    form = FreezeForm(
        fetch.posted(request),
        user=request.user,
        act="month_freeze",
        subject=f"{institution.pk}-{wanted.first:%Y-%m}",
        is_revision=kept is not None,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {"reason": data.get("reason", ""), "key": data["form_key"], "address": check_address(request)}
        row = tried(form, freezing.freeze, institution=institution, month=wanted, by=request.user, **values)
        if row:
            said = _("Laporan %s dibekukan. Naskahnya tersimpan dan tidak berubah lagi.") % wanted.label
            messages.success(request, said)
            return redirect("reports:monthly", year, month)
    context = {
        "month": wanted,
        "form": form,
        "kept": kept,
        "gaps": [gap for gap in missing.gaps(request.user, wanted) if gap.count],
        "words": narrative.of(institution, wanted),
        "links": link_of(wanted),
        "crumbs": _crumbs(wanted, _("Revisi") if kept else _("Bekukan")),
    }
    return render(request, "reports/month_freeze.html", context, status=422 if form.is_bound else 200)


def _crumbs(wanted: Month, here: str) -> list[tuple[str, str]]:
    return [(_("Laporan"), reverse("reports:index")), (wanted.label, link_of(wanted)["url"]), (here, "")]


def _month(request: HttpRequest, year: int, month: int) -> Month:
    """The month asked for, else 404; a reading leaves an access row like every paper."""
    try:
        found = month_of(request.user.institution, year, month)
    except ValueError as none:
        raise Http404(_("Laporan bulan itu tidak ada: bulan belum dimulai atau tidak dikenal.")) from none
    if request.method != "POST":
        fetch.seen(request, "laporan bulanan", [Subject("month", year * 100 + month, f"{found.first:%Y-%m}")])
    return found
