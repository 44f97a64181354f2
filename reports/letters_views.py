"""The register of letters: every issued paper of the UPT with its state, on screen and as a spreadsheet; one decree
for many."""

from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.keyed import tried
from cases.models import Case, CaseQuerySet
from rehsos import doors
from reports import issuing, tables
from reports.case_paper_views import check_address, told
from reports.enums import PaperAct, PaperKind, PaperState
from reports.forms import UNSCANNED, LetterFilter, PlaceManyForm
from reports.issuable import ONLY
from reports.models import IssuedPaper, PaperCase
from reports.paper_views import LETTERS, seen_papers
from services.acts import case_subject
from services.filters import chips
from services.models import Placement
from services.views import fetch
from services.views.paging import page_of

PLACED_SHOWN = 100


@doors.roles(*LETTERS)
def letters(request: HttpRequest) -> HttpResponse:
    """Letters out, the last one first."""
    user = request.user
    out = IssuedPaper.objects.visible_to(user)
    narrowed = LetterFilter(request.GET, out)
    page = page_of(request, narrowed.qs.whole())
    seen_papers(request, page, "letters")
    context = {
        "page": page,
        "form": narrowed.form,
        "chips": chips(narrowed.form, request.GET),
        "unscanned": out.live().without_act(PaperAct.SIGNED).count(),
        "unscanned_key": UNSCANNED,
        "to_place": _unplaced(user).count(),
    }
    return render(request, "reports/letters.html", context)


@doors.roles(*LETTERS)
def letter_table(request: HttpRequest) -> HttpResponse:
    """The register under the same filter, all of it."""
    narrowed = LetterFilter(request.GET, IssuedPaper.objects.visible_to(request.user))
    rows = list(narrowed.qs.whole()[: tables.MAX_ROWS + 1])
    headings = (
        _("Nomor"),
        _("Tanggal"),
        _("Naskah"),
        _("Sifat"),
        _("Kasus"),
        _("Kode"),
        _("Keadaan"),
        _("Ditandatangani"),
        _("Diserahkan"),
        _("Kepada"),
        _("Dibatalkan"),
        _("Alasan pembatalan"),
        _("Diterbitkan oleh"),
    )
    response = tables.export("buku-surat-keluar.xlsx", _("Surat keluar"), headings, map(_line, rows))
    seen_papers(request, rows, "letters")
    return response


def _line(paper: IssuedPaper) -> tuple[tables.Value, ...]:
    signed, given, cancelled = (paper.fact(act) for act in PaperAct)
    return (
        paper.number,
        paper.issued_on,
        paper.title,
        str(paper.get_restriction_display()),
        ", ".join(case.number for case in paper.cases),
        paper.spelled_code,
        str(PaperState(paper.state).label),
        signed.on if signed else None,
        given.on if given else None,
        given.words if given else "",
        cancelled.on if cancelled else None,
        cancelled.words if cancelled else "",
        paper.issued_by.full_name,
    )


@doors.roles(*LETTERS, methods=("GET", "POST"))
def place_many(request: HttpRequest) -> HttpResponse:
    """One decree with an annex of names for chosen clients."""
    user, upt = request.user, request.user.institution
    shown = list(_unplaced(user)[:PLACED_SHOWN])
    form = PlaceManyForm(fetch.posted(request), user=user, act="place_many", subject=upt, cases=_chosen_from(user))
    form.fields["cases"].widget.choices = [
        (case.number, form.fields["cases"].label_from_instance(case)) for case in shown
    ]
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {"kind": PaperKind.PLACEMENT, "subject": ONLY, "cases": list(data["cases"])}
        paper = tried(form, issuing.issue, by=user, address=check_address(request), key=data["form_key"], **values)
        if paper:
            messages.success(request, _("%(title)s terbit dengan nomor %(number)s.") % told(paper))
            return redirect("reports:paper", paper.spelled_code)
    fetch.seen(request, "place_many", [pair for case in shown for pair in _subjects(case)])
    context = {
        "form": form,
        "cases": shown,
        "crumbs": [(_("Surat"), reverse("reports:letters")), (_("SK penempatan bersama"), "")],
    }
    return render(request, "reports/place_many.html", context, status=422 if form.is_bound else 200)


def _subjects(case: Case) -> tuple[Any, Any]:
    return case_subject(case), fetch.client_subject(case.client)


def _chosen_from(user: Any) -> CaseQuerySet:
    """Any placed case in sight may be sent; what was issued meanwhile is told in words."""
    placed = Exists(Placement.objects.filter(case=OuterRef("pk")))
    return Case.objects.visible_to(user).filter(placed).select_related("client").defer("client__nik")


def _unplaced(user: Any) -> CaseQuerySet:
    """The cases with a placement that no decree in force is about, the last one first."""
    in_force = IssuedPaper.objects.live().filter(pk=OuterRef("paper"))
    decrees = PaperCase.objects.filter(Exists(in_force), case=OuterRef("pk"), kind=PaperKind.PLACEMENT)
    return _chosen_from(user).open().filter(~Exists(decrees)).order_by("-opened_on", "-pk")
