"""Institutions: a UPT sets itself up; the administrator founds them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import institutions
from accounts.enums import InstitutionKind, Role
from accounts.forms import compare
from accounts.forms.institution import InstitutionForm, NewInstitutionForm
from accounts.forms.keyed import tried
from accounts.models import Institution
from accounts.views import fetch, tabs
from rehsos import doors, navigation

LIST = "accounts:institution_list"


@doors.roles(Role.HEAD, Role.ADMIN_OFFICE, methods=fetch.FORM)
def own_institution(request: HttpRequest) -> HttpResponse:
    """Letterhead, patterns, terms and rhythms of one's own UPT."""
    if request.user.institution is None:
        raise Http404(_("Lembaga tidak ditemukan."))
    return _edit(request, request.user.institution, "accounts:own_institution")


@doors.roles(Role.ADMINISTRATOR)
def institution_list(request: HttpRequest) -> HttpResponse:
    context = {"institutions": Institution.objects.all(), "tabs": tabs.of(request, LIST)}
    return render(request, "accounts/institution_list.html", context)


@doors.roles(Role.ADMINISTRATOR, methods=fetch.FORM)
def institution_new(request: HttpRequest) -> HttpResponse:
    form = NewInstitutionForm(fetch.posted(request), user=request.user, act="institution_new", subject="institution")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        code, kind, key = data["code"], data["kind"], data["form_key"]
        founded = tried(form, institutions.create, code=code, kind=kind, values=form.values(), by=request.user, key=key)
        if founded:
            messages.success(request, _("%s sudah dibuat. Siapkan langkah demi langkah.") % founded)
            return redirect(navigation.start_of(founded.code) if founded.kind == InstitutionKind.UPT else LIST)
    return render(request, "accounts/institution_form.html", {"form": form}, status=422 if form.is_bound else 200)


@doors.roles(Role.ADMINISTRATOR, methods=fetch.FORM)
def institution(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Institution, code=code)
    return _edit(request, found, LIST)


def _edit(request: HttpRequest, found: Institution, home: str) -> HttpResponse:
    def draw(data: QueryDict | None = None) -> InstitutionForm:
        found.refresh_from_db()
        return _form(request, found, data)

    form = draw(fetch.posted(request))
    if request.method == "POST" and form.is_valid():
        version, key = form.cleaned_data["version"], form.cleaned_data["form_key"]
        values, user = form.values(), request.user
        saved, form = compare.tried_beside(
            form, draw, institutions.edit, institution=found, values=values, by=user, version=version, key=key
        )
        if saved:
            messages.success(request, _("Pengaturan %s sudah disimpan.") % found)
            return redirect(navigation.start_url(request) or home)
    context = {"form": form, "institution": found, "tabs": tabs.of(request, home)}
    return render(request, "accounts/institution_form.html", context, status=form.status)


def _form(request: HttpRequest, found: Institution, data: QueryDict | None = None) -> InstitutionForm:
    about = {"user": request.user, "act": "institution", "subject": found, "version": found.version}
    return InstitutionForm(data, institution=found, **about)
