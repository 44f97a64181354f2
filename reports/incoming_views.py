"""Letters that came in: the list, a new one, one of them with its scans."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms.keyed import KeyedForm, tried
from cases import files
from rehsos import doors
from reports import incoming
from reports.incoming_forms import FIELDS, IncomingForm, IncomingScanForm, LetterSearch
from reports.models import IncomingLetter
from reports.paper_views import LETTERS
from services.views import fetch
from services.views.paging import page_of


@doors.roles(*LETTERS)
def letters_in(request: HttpRequest) -> HttpResponse:
    """The agenda, what came last first."""
    rows = IncomingLetter.objects.visible_to(request.user).annotate(scanned=Count("scans"))
    rows = rows.order_by("-received_on", "-pk")  # counting drops the usual order
    form = LetterSearch(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    if words:
        named = Q(sender__icontains=words) | Q(about__icontains=words)
        rows = rows.filter(named | Q(number__icontains=words) | Q(agenda__istartswith=words))
    context = {"page": page_of(request, rows), "form": form, "words": words}
    return render(request, "reports/letters_in.html", context)


@doors.roles(*LETTERS, methods=("GET", "POST"))
def letter_in_new(request: HttpRequest) -> HttpResponse:
    """Enter a letter that came in."""
    user, upt = request.user, request.user.institution
    form = IncomingForm(fetch.posted(request), request.FILES or None, user=user, act="letter_in", subject=upt)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in FIELDS}
        letter = tried(
            form, incoming.record, institution=upt, values=values, scan=data["scan"], by=user, key=data["form_key"]
        )
        if letter:
            messages.success(request, _("Surat masuk dicatat dengan nomor agenda %s.") % letter.agenda)
            return redirect("reports:letter_in", letter.pk)
    crumbs = [(_("Surat masuk"), reverse("reports:letters_in")), (_("Catat surat masuk"), "")]
    context = {"form": form, "crumbs": crumbs}
    return render(request, "reports/letter_in_new.html", context, status=422 if form.is_bound else 200)


@doors.roles(*LETTERS)
def letter_in(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _in_sight(request, pk))


@doors.roles(*LETTERS, methods=("POST",))
def letter_in_scan(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring its scan."""
    found = _in_sight(request, pk)
    form = IncomingScanForm(request.POST, request.FILES, user=request.user, act="letter_in_scan", subject=found)
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, incoming.attach, letter=found, scan=data["scan"], by=request.user, key=data["form_key"]):
            messages.success(request, _("Pindaian surat agenda %s dilampirkan.") % found.agenda)
            return redirect("reports:letter_in", found.pk)
    return _page(request, found, form)


@doors.roles(*LETTERS)
def letter_in_file(request: HttpRequest, pk: int, scan: int) -> FileResponse:
    """The scan itself."""
    kept = next((row for row in _in_sight(request, pk).scans.all() if row.pk == scan), None)
    if kept is None or not files.path(kept.file).is_file():
        raise Http404(_("Pindaian tidak ditemukan."))
    return files.serve(kept.file)


def _in_sight(request: HttpRequest, pk: int) -> IncomingLetter:
    rows = IncomingLetter.objects.visible_to(request.user).select_related("institution", "recorded_by")
    found = rows.prefetch_related("scans__file", "scans__by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Surat tidak ditemukan."))
    return found


def _page(request: HttpRequest, found: IncomingLetter, refused: KeyedForm | None = None) -> HttpResponse:
    form: Any = refused or IncomingScanForm(user=request.user, act="letter_in_scan", subject=found)
    crumbs = [(_("Surat masuk"), reverse("reports:letters_in")), (found.agenda, "")]
    context = {"letter": found, "form": form, "crumbs": crumbs}
    return render(request, "reports/letter_in.html", context, status=422 if refused else 200)
