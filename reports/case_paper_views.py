"""The papers of one case: what can be issued, what was, and drafts of both."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.keyed import tried
from cases.models import Case
from rehsos import doors
from reports import issuable, issuing, paper_rights, pdf
from reports.enums import PaperKind, PaperState
from reports.forms import IssueForm
from reports.issuable import Offer
from reports.models import IssuedPaper
from services.views import case as case_views
from services.views import fetch, readers

ACT = ("POST",)
SHEETS_SHOWN = 2


@doors.roles(*readers.CASES)
def case_papers(request: HttpRequest, number: str) -> HttpResponse:
    """What can be issued, what was, where it stands and what comes next."""
    return _case_page(request, fetch.case(request, number, "case_papers"))


@doors.roles(*readers.CASES, methods=ACT)
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """Give out one paper of the case, by the button beside it."""
    case = fetch.case(request, number, "case_papers")
    form = IssueForm(request.POST, user=request.user, act="issue", subject=case)
    chosen = form.chosen() if form.is_valid() else None
    if chosen is None:
        return _case_page(request, case, form)
    paper = tried(
        form,
        issuing.issue,
        kind=chosen[0],
        subject=chosen[1],
        cases=[case],
        by=request.user,
        address=check_address(request),
        key=form.cleaned_data["form_key"],
    )
    if paper is None:
        return _case_page(request, case, form)
    messages.success(request, _("%(title)s terbit dengan nomor %(number)s.") % told(paper))
    return redirect("reports:paper", paper.spelled_code)


def told(paper: IssuedPaper) -> dict[str, str]:
    return {"title": paper.title, "number": paper.number}


def check_address(request: HttpRequest) -> str:
    """Where the QR code of a paper leads: this very site."""
    return request.build_absolute_uri(reverse("reports:check"))


def _case_page(request: HttpRequest, case: Case, refused: IssueForm | None = None) -> HttpResponse:
    if refused:
        fetch.seen_case(request, case, "case_papers")
    context = case_views.around(request, case, "case_papers")
    issued = list(IssuedPaper.objects.filter(links__case=case).whole())
    context |= {
        **_rows([_offered(request, case, offer, issued) for offer in issuable.offers(case)]),
        "papers": issued,
        "form": refused,
    }
    return render(request, "reports/case_papers.html", context, status=422 if refused else 200)


def _rows(rows: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The papers at hand, and the progress sheets of earlier periods, which a long case has many of."""
    sheets = [row for row in rows if row["offer"].kind == PaperKind.PROGRESS]
    return {"rows": [row for row in rows if row not in sheets[SHEETS_SHOWN:]], "older": sheets[SHEETS_SHOWN:]}


def _offered(request: HttpRequest, case: Case, offer: Offer, issued: list[IssuedPaper]) -> dict[str, Any]:
    """One paper that the case can have: its draft, whether it is out, and the button that issues it."""
    own = [paper for paper in issued if (paper.kind, paper.subject) == (offer.kind, offer.subject)]
    live = next((paper for paper in own if paper.state != PaperState.CANCELLED), None)
    may = not paper_rights.why_not_issue(request.user, offer.kind, [case])
    form = None
    if may and live is None and not offer.reasons:
        initial = {"paper": offer.key}
        form = IssueForm(user=request.user, act="issue", subject=case, initial=initial, auto_id=f"{offer.key}-%s")
    return {
        "offer": offer,
        "live": live,
        "has_changed": bool(live and offer.written_at and offer.written_at > live.issued_at),
        "replaces": own[0] if own and live is None else None,
        "draft_url": reverse("reports:draft_pdf", args=[case.number, offer.kind.slug, offer.subject]),
        "form": form,
    }


@doors.roles(*readers.CASES)
def draft_pdf(request: HttpRequest, number: str, kind: str, subject: str) -> HttpResponse:
    """A paper as it would be issued now, without a number and marked as a draft."""
    case = fetch.case(request, number, "draft_pdf")
    try:
        offer = issuable.offer(case, PaperKind.from_slug(kind), subject)
    except ValueError:
        offer = None
    if offer is None:
        raise Http404(_("Naskah ini belum ada pada kasusnya."))
    return inline(pdf.render(*offer.draw(request.user, None)), f"konsep-{kind}-{case.number}.pdf")


def inline(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
