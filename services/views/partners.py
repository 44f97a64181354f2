"""Mitra rujukan: the directory of institutions, one of them, and what changes in it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import compare
from rehsos import doors
from services.filters import chips
from services.forms.base import KeyedForm, tried
from services.forms.partners import PartnerFilter, PartnerForm, RetirePartnerForm
from services.models import Partner
from services.pages.box import Box
from services.referrals import partners
from services.views import fetch
from services.views.paging import page_of

ACT, FORM = ("POST",), ("GET", "POST")


@doors.roles(*partners.READERS)
def partner_list(request: HttpRequest) -> HttpResponse:
    """Whom clients can be referred to, by need and place."""
    user = request.user
    known = Partner.objects.visible_to(user)
    narrowed = PartnerFilter(request.GET, known, today=user.institution.today())
    context = {
        "page": page_of(request, narrowed.qs.prefetch_related("offers")),
        "form": narrowed.form,
        "chips": chips(narrowed.form, request.GET),
        "is_new": not known.exists(),
        "today": user.institution.today(),
    }
    return render(request, "services/referrals/partners.html", context)


@doors.roles(*partners.EDITORS, methods=FORM)
def partner_new(request: HttpRequest) -> HttpResponse:
    upt = request.user.institution
    form = PartnerForm(fetch.posted(request), user=request.user, act="partner_new", subject=upt)
    if form.is_bound and form.is_valid():
        words = {"values": form.content(), "by": request.user, "key": form.cleaned_data["form_key"]}
        if made := tried(form, partners.add, institution=upt, **words):
            messages.success(request, _("%s tercatat di daftar mitra.") % made)
            return redirect("services:partner", made.pk)
    context = {"form": form, "title": _("Lembaga baru"), "back": reverse("services:partners")}
    return _form_page(request, context, 422 if form.is_bound else 200)


@doors.roles(*partners.READERS)
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _partner(request, pk))


@doors.roles(*partners.EDITORS, methods=FORM)
def partner_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _partner(request, pk)
    form = _edit_form(request, found, fetch.posted(request))
    context = {"form": form, "title": found.name, "back": reverse("services:partner", args=[pk])}
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"values": form.content(), "by": request.user, "version": data["version"], "key": data["form_key"]}
        try:
            if tried(form, partners.edit, partner_id=pk, **words):
                messages.success(request, _("Data lembaga diperbarui."))
                return redirect("services:partner", pk)
        except doors.Stale as stale:
            return _overtaken(request, found, stale, context)
    if form.is_draft_outdated:
        context["differences"] = compare.differences(form, _edit_form(request, found, with_draft=False))
    return _form_page(request, context, 422 if form.is_bound else 200)


@doors.roles(*partners.RETIRING, methods=ACT)
def partner_retire(request: HttpRequest, pk: int) -> HttpResponse:
    found = _partner(request, pk)
    form = _retire_form(request, found, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, partners.retire, partner_id=pk, reason=data["reason"], by=request.user, key=data["form_key"]):
            messages.success(request, _("Tidak ditawarkan lagi untuk rujukan baru; riwayatnya tetap ada."))
            return redirect("services:partner", pk)
    return _page(request, found, form)


def _partner(request: HttpRequest, pk: int) -> Partner:
    rows = Partner.objects.visible_to(request.user).select_related("institution", "saved_by")
    found = rows.prefetch_related("offers").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Lembaga tidak ditemukan."))
    return found


def _edit_form(
    request: HttpRequest, found: Partner, data: QueryDict | None = None, *, with_draft: bool = True
) -> PartnerForm:
    about: dict[str, Any] = {"user": request.user, "act": "partner_edit", "subject": found, "version": found.version}
    return PartnerForm(data, partner=found, with_draft=with_draft, **about)


def _overtaken(request: HttpRequest, found: Partner, stale: doors.Stale, context: dict[str, Any]) -> HttpResponse:
    """409: both texts come back, and a form that knows of the stored one."""
    fresh = _partner(request, found.pk)
    stored = _edit_form(request, fresh)
    form = _edit_form(request, fresh, compare.renewed(request.POST, stored))
    compare.overtaken(form, stale)
    return _form_page(request, {**context, "form": form, "differences": compare.differences(form, stored)}, 409)


def _retire_form(request: HttpRequest, found: Partner, data: QueryDict | None = None) -> RetirePartnerForm:
    return RetirePartnerForm(data, user=request.user, act="partner_retire", subject=found, auto_id="henti-%s")


def _page(request: HttpRequest, found: Partner, refused: KeyedForm | None = None) -> HttpResponse:
    user, title = request.user, _("Tidak dipakai lagi")
    boxes = []
    if not found.retired_on and user.has_role(*partners.RETIRING):
        form, url = refused or _retire_form(request, found), reverse("services:partner_retire", args=[found.pk])
        boxes = [Box(title, "plain", form=form, url=url, button=title, fold="" if refused else title, anchor="henti")]
    context = {
        "partner": found,
        "boxes": boxes,
        "today": user.institution.today(),
        "may_edit": partners.may_edit(user) and not found.retired_on,
        "crumbs": [(_("Mitra rujukan"), reverse("services:partners")), (found.name, "")],
    }
    return render(request, "services/referrals/partner.html", context, status=422 if refused else 200)


def _form_page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    crumbs = [(_("Mitra rujukan"), reverse("services:partners")), (context["title"], "")]
    return render(request, "services/referrals/partner_form.html", {**context, "crumbs": crumbs}, status=status)
