"""The pages of reports, and the papers they hand out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from audit.trail import Subject
from rehsos import doors
from reports import departure_paper, documents, month_paper, monthly, proof, sheets
from reports.dossier import NotReached
from reports.months import Month, month_of, recent
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
    months = recent(request.user.institution, MONTHS_LISTED) if may_read else []
    context = {"months": [_link(month) for month in months], "may_read_cases": request.user.has_role(*readers.REGISTER)}
    return render(request, "reports/index.html", context)


@doors.roles(*MONTHLY)
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The monthly report on screen."""
    institution, wanted = request.user.institution, _month(request, year, month)
    report = monthly.report(institution, wanted)
    today = Month(institution.today().replace(day=1))
    context = {
        "institution": institution,
        "month": wanted,
        "chapters": sheets.chapters(report, _links()),
        "is_proven": all(check.holds for check in proof.checks(report)),
        "crumbs": [(_("Laporan"), reverse("reports:index")), (wanted.label, "")],
        "earlier": _link(wanted.previous),
        "later": _link(wanted.following) if wanted < today else None,
        "pdf_url": _link(wanted)["pdf_url"],
    }
    return render(request, "reports/month.html", context)


@doors.roles(*MONTHLY)
def month_pdf(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """The monthly report as a paper."""
    institution, wanted = request.user.institution, _month(request, year, month)
    paper = month_paper.month_report(institution, wanted, by=request.user)
    return printed(paper, f"laporan-bulanan-{institution.code}-{wanted.first:%Y-%m}.pdf")


def _month(request: HttpRequest, year: int, month: int) -> Month:
    """The month asked for, else 404; the reading leaves an access row like every paper."""
    try:
        found = month_of(request.user.institution, year, month)
    except ValueError as none:
        raise Http404(_("Laporan bulan itu tidak ada: bulan belum dimulai atau tidak dikenal.")) from none
    fetch.seen(request, "laporan bulanan", [Subject("month", year * 100 + month, f"{found.first:%Y-%m}")])
    return found


def _link(month: Month) -> dict[str, str]:
    where = [month.first.year, month.first.month]
    urls = {"url": reverse("reports:monthly", args=where), "pdf_url": reverse("reports:monthly_pdf", args=where)}
    return {"label": month.label, **urls}


def _links() -> sheets.Links:
    try:
        return sheets.Links(cases=reverse("services:case_list"))
    except NoReverseMatch:
        return sheets.Links()


def printed(paper: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser. Its file name carries numbers only, never a person's name."""
    disposition = f'inline; filename="{name}"'
    return HttpResponse(paper, content_type="application/pdf", headers={"Content-Disposition": disposition})
