"""The public page of a code: genuine, cancelled or unknown. It names no person, and holds back who asks too often."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import floods
from rehsos import doors
from reports import checking, codes, paper_rights
from reports.checking import Verdict
from reports.enums import PaperAct
from reports.forms import CodeForm, CompareForm, ScanForm
from reports.models import IssuedPaper

DOOR, MOST = "checks", 60


@doors.public
def check(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_valid():
        return redirect("reports:check_code", codes.spelled(form.cleaned_data["kode"]))
    return render(request, "reports/check.html", {"form": form}, status=422 if form.is_bound else 200)


@doors.public(methods=("GET", "POST"))
def check_code(request: HttpRequest, code: str) -> HttpResponse:
    """What is known of a code; a file that is sent along is compared with what was issued."""
    floods.hold_back(request, DOOR, MOST)
    paper = checking.found(code)
    verdict = checking.verdict(paper)
    form = CompareForm(request.POST, request.FILES) if request.method == "POST" else CompareForm()
    context = {
        "code": code,
        "paper": paper,
        "verdict": verdict.value,
        "cancelled": paper.fact(PaperAct.CANCELLED) if paper else None,
        "form": form,
        "is_same": checking.is_same(paper, form.cleaned_data["berkas"]) if paper and form.is_valid() else None,
        "scan_form": _scan_form(request, paper, verdict),
    }
    status = 404 if paper is None else 422 if form.errors else 200
    return render(request, "reports/check_code.html", context, status=status)


def _scan_form(request: HttpRequest, paper: IssuedPaper | None, verdict: Verdict) -> ScanForm | None:
    """For staff who hold the signed paper in their hands: its photo, straight from here."""
    user = request.user
    if paper is None or verdict == Verdict.CANCELLED or not user.is_authenticated:
        return None
    if not paper_rights.may_follow(user) or not IssuedPaper.objects.visible_to(user).filter(pk=paper.pk).exists():
        return None
    return ScanForm(user=user, act="sign", subject=paper, auto_id="sign-%s")
