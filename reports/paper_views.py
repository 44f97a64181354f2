"""One issued paper: what it is, the kept file and its scans, and what may happen to it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.forms.keyed import KeyedForm, tried
from cases import files
from cases.models import WHOLE_UPT, Case
from rehsos import doors
from rehsos.formatting import long_date
from reports import checking, codes, issuing, paper_rights
from reports.enums import PaperAct, PaperState
from reports.forms import CancelForm, HandOverForm, ScanForm
from reports.models import IssuedPaper
from services.acts import case_subject
from services.views import fetch, readers

ACT = ("POST",)
# Who has the register of letters.
LETTERS = (Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE)


@doors.roles(*readers.REGISTER)
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """One issued paper: what it is, what happened to it, and what may happen next."""
    return _paper_page(request, paper_in_sight(request, code))


@doors.roles(*readers.REGISTER, methods=ACT)
def sign(request: HttpRequest, code: str) -> HttpResponse:
    found = paper_in_sight(request, code)
    form = ScanForm(request.POST, request.FILES, user=request.user, act="sign", subject=found, auto_id="sign-%s")
    if form.is_valid():
        data = form.cleaned_data
        values = {"scan": data["scan"], "on": data["on"], "key": data["form_key"]}
        if tried(form, issuing.sign, paper=found, by=request.user, **values):
            messages.success(request, _("Pindaian naskah nomor %s dilampirkan.") % found.number)
            return redirect("reports:paper", found.spelled_code)
    return _paper_page(request, found, form)


@doors.roles(*readers.REGISTER, methods=ACT)
def hand_over(request: HttpRequest, code: str) -> HttpResponse:
    found = paper_in_sight(request, code)
    form = HandOverForm(request.POST, user=request.user, act="hand_over", subject=found, auto_id="hand_over-%s")
    if form.is_valid():
        data = form.cleaned_data
        values = {"to": data["to"], "on": data["on"], "key": data["form_key"]}
        if tried(form, issuing.hand_over, paper=found, by=request.user, **values):
            messages.success(request, _("Dicatat: diserahkan %s.") % long_date(data["on"]))
            return redirect("reports:paper", found.spelled_code)
    return _paper_page(request, found, form)


@doors.roles(*readers.CASES, methods=ACT)
def cancel(request: HttpRequest, code: str) -> HttpResponse:
    found = paper_in_sight(request, code)
    form = CancelForm(request.POST, user=request.user, act="cancel", subject=found, auto_id="cancel-%s")
    if why_not := paper_rights.why_not_cancel(request.user, found):
        raise PermissionDenied(why_not)
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, issuing.cancel, paper=found, reason=data["reason"], by=request.user, key=data["form_key"]):
            messages.success(request, _("Naskah nomor %s dibatalkan. Nomornya tetap tercatat.") % found.number)
            return redirect("reports:paper", found.spelled_code)
    return _paper_page(request, found, form)


@doors.roles(*readers.REGISTER)
def paper_pdf(request: HttpRequest, code: str) -> FileResponse:
    """The paper byte for byte as it was issued; the renderer is not asked."""
    return as_kept(_readable(request, code, "paper_pdf"))


def as_kept(paper: IssuedPaper) -> FileResponse:
    """The file of an issued paper, if it is still the one that was issued."""
    if not checking.is_kept(paper):
        raise Http404(_("Naskah yang tersimpan tidak utuh lagi. Beri tahu administrator."))
    response = files.serve(paper.file)
    response["Content-Disposition"] = f'inline; filename="{paper.file.name}"'
    return response


@doors.roles(*readers.REGISTER)
def paper_scan(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """A scan of the signed paper."""
    found = _readable(request, code, "paper_scan")
    fact = next((fact for fact in found.facts.all() if fact.pk == pk and fact.file), None)
    if fact is None or not files.path(fact.file).is_file():
        raise Http404(_("Pindaian tidak ditemukan."))
    return files.serve(fact.file)


def paper_in_sight(request: HttpRequest, code: str) -> IssuedPaper:
    """An issued paper the reader may see, else 404; a GET leaves a trace for its cases and their clients."""
    found = _in_sight(request, code)
    if request.method != "POST":
        seen_papers(request, [found], "paper")
    return found


def _in_sight(request: HttpRequest, code: str) -> IssuedPaper:
    rows = IssuedPaper.objects.visible_to(request.user).whole().select_related("file")
    found = rows.filter(code=codes.meant(code)).first()
    if found is None:
        raise Http404(_("Naskah tidak ditemukan."))
    return found


def _readable(request: HttpRequest, code: str, page: str) -> IssuedPaper:
    """A paper whose content the reader may have, else 403; the reading is on record before it goes out."""
    found = _in_sight(request, code)
    if why_not := paper_rights.why_not_read(request.user, found):
        raise PermissionDenied(why_not)
    seen_papers(request, [found], page)
    return found


def seen_papers(request: HttpRequest, papers: Iterable[IssuedPaper], page: str) -> None:
    """The trace of showing papers with the clients they name."""
    cases = {case.pk: case for one in papers for case in cases_in_sight(request.user, one)}
    subjects = [pair for case in cases.values() for pair in (case_subject(case), fetch.client_subject(case.client))]
    fetch.seen(request, page, subjects)


def cases_in_sight(user: Any, paper: IssuedPaper) -> list[Case]:
    """The cases of a paper that may be named to somebody: a decree may be about others' clients too."""
    if user.has_role(*WHOLE_UPT):
        return paper.cases
    in_sight = set(Case.objects.visible_to(user).filter(papers__paper=paper).values_list("pk", flat=True))
    return [case for case in paper.cases if case.pk in in_sight]


def _paper_page(request: HttpRequest, found: IssuedPaper, refused: KeyedForm | None = None) -> HttpResponse:
    """The page; with a refused form it is the answer to a POST and says why."""
    if refused:
        seen_papers(request, [found], "paper")
    cases = cases_in_sight(request.user, found)
    context = {
        "paper": found,
        "cases": cases,
        "hidden": len(found.cases) - len(cases),
        "may_read_cases": request.user.has_role(*readers.CASES),
        "why_not_read": paper_rights.why_not_read(request.user, found),
        "is_kept": checking.is_kept(found),
        "crumbs": _crumbs(request, found, cases),
        **_forms(request.user, found, refused),
    }
    return render(request, "reports/paper.html", context, status=422 if refused else 200)


def _forms(user: Any, found: IssuedPaper, refused: KeyedForm | None) -> dict[str, KeyedForm | None]:
    """What this person may do with the paper now; the refused form comes back as it was sent."""
    is_live = found.state != PaperState.CANCELLED
    offered = {
        "sign": (ScanForm, is_live),
        "hand_over": (HandOverForm, is_live and found.fact(PaperAct.HANDED_OVER) is None),
        "cancel": (CancelForm, is_live and not paper_rights.why_not_cancel(user, found)),
    }
    forms = {
        f"{act}_form": make(user=user, act=act, subject=found, auto_id=f"{act}-%s") if is_open else None
        for act, (make, is_open) in offered.items()
    }
    return forms | ({f"{refused.act}_form": refused} if refused else {})


def _crumbs(request: HttpRequest, found: IssuedPaper, cases: list[Case]) -> list[tuple[Any, str]]:
    if request.user.has_role(*LETTERS):
        return [(_("Surat"), reverse("reports:letters")), (found.number, "")]
    return [(cases[0].number, reverse("reports:case_papers", args=[cases[0].number])), (found.number, "")]
