"""What supervisors said: the list of a month, each on paper, and the whole month on paper."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from audit.trail import Subject
from rehsos import doors
from reports import given, supervision_paper
from reports.enums import PaperKind
from reports.forms import IssueForm
from reports.given import Given
from reports.models import IssuedPaper, PaperCase
from reports.views import printed
from services import permissions, session_permissions, worktime
from services.acts import case_subject
from services.models.session import Session
from services.views import fetch, readers
from services.views.delivered import month_of

PAGE = 30
EVERYBODY = "semua"


@doors.roles(*readers.SUPERVISION)
def supervisions(request: HttpRequest) -> HttpResponse:
    """Those of a month and a supervisor (one's own unless asked), each with its paper."""
    first, last, today = month_of(request)
    giver = _giver(request)
    found = given.in_sight(request.user, first, last, giver.pk if giver else None)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    _seen(request, "supervisions", list(page))
    after = worktime.month_after(first)
    context = {
        "page": page,
        "rows": _with_papers(request, list(page)),
        "month": first,
        "before": worktime.month_before(first),
        "after": after if after <= today else None,
        "giver": giver,
        "givers": _givers(request),
        "pdf_url": f"{reverse('reports:supervisions_pdf')}?bulan={first:%Y-%m}&oleh={giver.pk if giver else EVERYBODY}",
    }
    return render(request, "reports/supervisions.html", context)


@doors.roles(*readers.SUPERVISION)
def supervisions_pdf(request: HttpRequest) -> HttpResponse:
    """The month as one paper."""
    first, last, _today = month_of(request)
    giver, upt = _giver(request), request.user.institution
    found = given.in_sight(request.user, first, last, giver.pk if giver else None)
    _seen(request, "supervisions_pdf", found)
    content = supervision_paper.of_period(upt, found, (first, last), giver, by=request.user)
    return printed(content, f"catatan-supervisi-{first:%Y-%m}.pdf")


@doors.roles(*readers.SUPERVISION)
def review_pdf(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """A word on a session; of what is confidential only for who may read the session's notes."""
    session = Session.objects.visible_to(request.user).select_related("activity", "institution").filter(pk=pk).first()
    one = given.of_session(session, review) if session else None
    if session is None or one is None or not session_permissions.may_read_notes(request.user, session):
        raise Http404(_("Catatan supervisi tidak ditemukan."))
    fetch.seen(request, "review_pdf", [Subject("session", pk, session.activity.name)])
    return printed(supervision_paper.note(session.institution, one, by=request.user), f"catatan-supervisi-{review}.pdf")


def _seen(request: HttpRequest, page: str, rows: list[Given]) -> None:
    fetch.seen(request, page, {case_subject(one.case) for one in rows if one.case})


def _givers(request: HttpRequest) -> list[User]:
    """Who supervises in the UPT today."""
    rows = permissions.supervising_staff(request.user.institution)
    return sorted({row.user for row in rows}, key=lambda one: one.name)


def _giver(request: HttpRequest) -> User | None:
    """Whose supervisions are asked for; everybody's where that is said."""
    asked = request.GET.get("oleh", "")
    if asked == EVERYBODY:
        return None
    if not asked:
        return request.user if request.user.has_role(*permissions.SUPERVISING) else None
    here = User.objects.filter(memberships__institution=request.user.institution).distinct()
    found = here.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) <= 18 else None
    if found is None:
        raise Http404(_("Petugas tidak ditemukan."))
    return found


def _with_papers(request: HttpRequest, rows: list[Given]) -> list[dict[str, Any]]:
    cases = {one.case.pk for one in rows if one.case}
    links = PaperCase.objects.filter(case__in=cases, kind=PaperKind.SUPERVISION, paper__in=IssuedPaper.objects.live())
    issued = {(link.case_id, link.subject): link.paper for link in links.select_related("paper")}
    return [_with_paper(request, one, issued) for one in rows]


def _with_paper(request: HttpRequest, one: Given, issued: dict[tuple[int, str], IssuedPaper]) -> dict[str, Any]:
    """A supervision with its issued paper, or its draft and the button that issues it."""
    live = issued.get((one.case.pk, one.subject)) if one.case else None
    form, draft = None, ""
    if one.kind == given.ON_SESSION:
        draft = "" if one.masked else reverse("reports:review_pdf", args=[one.row.session_id, one.row.pk])
    elif not one.masked and one.case:
        kind = PaperKind.SUPERVISION
        draft = reverse("reports:draft_pdf", args=[one.case.number, kind.slug, one.subject])
        initial = {"paper": f"{kind.value}:{one.subject}"}
        form = IssueForm(user=request.user, act="issue", subject=one.case, initial=initial, auto_id=f"{one.subject}-%s")
    return {
        "one": one,
        "live": live,
        "draft_url": draft,
        "form": None if live else form,
        "url": _place(one, request.user),
    }


def _place(one: Given, user: User) -> str:
    """Where it was written; a head reads a session on its own page."""
    if one.kind == given.ON_NOTE:
        return reverse("services:note", args=[one.row.of_note_id])
    if one.kind == given.ON_SESSION:
        page = "session_review" if user.has_role(*permissions.SUPERVISING) else "session"
        return reverse(f"services:{page}", args=[one.row.session_id])
    return reverse("services:case_notes", args=[one.row.case.number])
