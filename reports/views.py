"""The pages of reports, and the papers they hand out."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Institution
from rehsos import doors
from reports import departure_paper, documents
from reports.dossier import NotReached
from reports.months import Month, recent
from services.models import FrozenMonth
from services.views import fetch, readers

# Numbers of a whole UPT; the dinas has the page, and reads what a UPT has made final.
MONTHLY = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE)
MONTHS_LISTED = 12


@doors.roles(*readers.CASES)
def stage_pdf(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    """The report on one stage; the reading is on record before the paper exists."""
    wanted = fetch.stage(stage)
    case = fetch.case(request, number, "stage_pdf")
    try:
        paper = documents.stage_report(case, wanted, by=request.user)
    except NotReached as not_yet:
        raise Http404(_("Kasus belum sampai di tahap %s.") % wanted.label) from not_yet
    return printed(paper, f"laporan-{wanted.slug}-{case.number}.pdf")


@doors.roles(*readers.CASES)
def departure_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The berita acara of the last exit of a case."""
    case = fetch.case(request, number, "departure_pdf")
    try:
        paper = departure_paper.departure_report(case, by=request.user)
    except departure_paper.NotWritten as missing:
        raise Http404(_("Berita acara keluar belum dibuat.")) from missing
    return printed(paper, f"berita-acara-keluar-{case.number}.pdf")


@doors.roles(*MONTHLY, Role.PROVINCE)
def index(request: HttpRequest) -> HttpResponse:
    """Which reports there are, and where."""
    may_read = request.user.has_role(*MONTHLY)
    months = _listed(request.user.institution) if may_read else []
    context = {
        "months": months,
        "may_read_cases": request.user.has_role(*readers.REGISTER),
        "may_read_outcomes": request.user.has_role(*readers.SUPERVISION),
    }
    return render(request, "reports/index.html", context)


def _listed(institution: Institution) -> list[dict[str, Any]]:
    """The last months, each with its newest revision where it is frozen."""
    rows = FrozenMonth.objects.filter(institution=institution).order_by("revision")
    kept = {(row.year, row.month): row for row in rows.only("year", "month", "revision", "frozen_at")}
    months = recent(institution, MONTHS_LISTED)
    return [{**link_of(one), "kept": kept.get((one.first.year, one.first.month))} for one in months]


def link_of(month: Month) -> dict[str, str]:
    """What a month is called, and where its pages are."""
    where = [month.first.year, month.first.month]
    pages = {"url": "monthly", "pdf_url": "monthly_pdf", "gaps_url": "month_gaps", "words_url": "month_words"}
    urls = {name: reverse(f"reports:{page}", args=where) for name, page in pages.items()}
    return {"label": month.label, "freeze_url": reverse("reports:month_freeze", args=where), **urls}


def printed(paper: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser. Its file name carries numbers only, never a person's name."""
    disposition = f'inline; filename="{name}"'
    return HttpResponse(paper, content_type="application/pdf", headers={"Content-Disposition": disposition})
