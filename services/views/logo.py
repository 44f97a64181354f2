"""The logo of an institution: changed by who keeps its settings, shown to everybody who works there."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import authority
from accounts.enums import InstitutionKind
from accounts.forms import compare
from accounts.models import Institution
from cases import files, logos
from rehsos import doors, navigation
from services import logos as writes
from services.forms.logo import LogoForm
from services.views import fetch

FORM = ("GET", "POST")


@doors.roles(*authority.MANAGERS, methods=FORM)
def logo(request: HttpRequest, code: str) -> HttpResponse:
    found = _institution(request, code)

    def draw(data: QueryDict | None = None) -> LogoForm:
        found.refresh_from_db()
        sent = () if data is None else (data, request.FILES)
        about = {"user": request.user, "act": "logo", "subject": found, "version": found.version}
        return LogoForm(*sent, has_logo=found.logo is not None, **about)

    form = draw(fetch.posted(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        act = {"logo": data["logo"], "version": data["version"], "key": data["form_key"]}
        saved, form = compare.tried_beside(form, draw, writes.change, institution=found, by=request.user, **act)
        if saved:
            messages.success(request, _("Lambang %s sudah diganti.") % found)
            return redirect(navigation.start_url(request) or reverse("services:logo", args=[code]))
    context = {"form": form, "institution": found, "may_print": found.kind == InstitutionKind.UPT}
    return render(request, "services/logo.html", context, status=form.status)


@doors.signed_in
def logo_image(request: HttpRequest, code: str) -> FileResponse:
    """The picture itself; its address changes with the settings, so a browser may keep it."""
    stored = logos.of(_institution(request, code))
    if stored is None:
        raise Http404(_("Lembaga ini belum mempunyai lambang."))
    return _shown(stored)


def _shown(stored) -> FileResponse:
    answer = FileResponse(files.path(stored).open("rb"), content_type=stored.content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, max-age=86400"
    return answer


def _institution(request: HttpRequest, code: str) -> Institution:
    """One's own, or any for the administrator; else 404."""
    found = get_object_or_404(Institution, code=code)
    if not authority.is_within(request.user, found):
        raise Http404(_("Lembaga tidak ditemukan."))
    return found
