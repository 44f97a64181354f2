"""The pages of reports, and the papers they hand out."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.enums import Role
from rehsos import doors
from reports import documents
from reports.dossier import NotReached
from services.views import fetch

CASE_PAPERS = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD)


@doors.roles(*CASE_PAPERS)
def stage_pdf(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    """The report on one stage; the reading is on record before the paper exists."""
    wanted = fetch.stage(stage)
    case = fetch.case(request, number, "laporan tahap")
    try:
        paper = documents.stage_report(case, wanted, by=request.user)
    except NotReached as not_yet:
        raise Http404(_("Kasus belum sampai di tahap %s.") % wanted.label) from not_yet
    return _printed(paper, f"laporan-{wanted.slug}-{case.number}.pdf")


def _printed(paper: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser. Its file name carries numbers only, never a person's name."""
    disposition = f'inline; filename="{name}"'
    return HttpResponse(paper, content_type="application/pdf", headers={"Content-Disposition": disposition})
