"""Angkatan: their settings, how full they are, who has a place."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import compare
from accounts.views import tabs
from cases.models import Case
from rehsos import doors
from services import batches
from services.acts import case_subject
from services.forms.base import tried
from services.forms.batches import AssignForm, BatchForm, ReleaseForm
from services.models import Batch, BatchPlace
from services.pages import outreach as pages
from services.views import fetch, readers

FORM, ACT = ("GET", "POST"), ("POST",)
OFFERED = 200


# --- Settings ---
@doors.roles(*batches.KEEPING, methods=FORM)
def batch_settings(request: HttpRequest) -> HttpResponse:
    user = request.user
    form = BatchForm(fetch.posted(request), user=user, act="batch_new", subject=user.institution)
    if form.is_bound and form.is_valid():
        if made := tried(form, batches.add, values=form.values(), by=user, key=form.cleaned_data["form_key"]):
            messages.success(request, _("%s dibuat.") % made.name)
            return redirect("services:batch_settings")
    context = {"form": form, "rows": _filled(user), "tabs": tabs.of(request, "services:batch_settings")}
    return render(request, "services/outreach/batch_settings.html", context, status=422 if form.is_bound else 200)


@doors.roles(*batches.KEEPING, methods=FORM)
def batch_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found, back = _fetched(request, pk), reverse("services:batch_settings")

    def draw(data: QueryDict | None = None) -> BatchForm:
        row = _fetched(request, pk)
        initial = {name: getattr(row, name) for name in batches.WORDS}
        return BatchForm(data, initial=initial, user=request.user, act="batch_edit", subject=row, version=row.version)

    form = draw(fetch.posted(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"values": form.values(), "version": data["version"], "key": data["form_key"]}
        saved, form = compare.tried_beside(form, draw, batches.change, batch=found, by=request.user, **words)
        if saved:
            messages.success(request, _("%s diperbarui.") % found.name)
            return redirect(back)
    crumbs = [(_("Angkatan"), back), (found.name, "")]
    context = {"form": form, "title": found.name, "back": back, "crumbs": crumbs}
    return render(request, "services/outreach/form.html", context, status=form.status)


# --- Places ---
@doors.roles(*readers.CASES)
def batch_list(request: HttpRequest) -> HttpResponse:
    context = {
        "tabs": pages.tabs("batches"),
        "rows": _filled(request.user),
        "waiting": batches.waiting(request.user).count(),
        "may_keep": request.user.has_role(*batches.KEEPING),
    }
    return render(request, "services/outreach/batches.html", context)


@doors.roles(*readers.CASES)
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetched(request, pk)
    return _page(request, found, _assign_form(request, found))


def _assign_form(request: HttpRequest, found: Batch, data: Any = None) -> AssignForm:
    offered = list(batches.waiting(request.user).select_related("client").defer("client__nik")[:OFFERED])
    return AssignForm(data, user=request.user, act="batch_assign", subject=found, offered=offered)


@doors.roles(*batches.FILLING, methods=ACT)
def batch_assign(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetched(request, pk)
    form = _assign_form(request, found, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        words = {"cases": list(data["cases"]), "by": request.user, "key": data["form_key"]}
        if number := tried(form, batches.assign, batch=found, **words):
            messages.success(request, _("%d calon mendapat tempat.") % number)
            return redirect("services:batch", pk)
    return _page(request, found, form)


@doors.roles(*batches.FILLING, methods=ACT)
def batch_release(request: HttpRequest, pk: int) -> HttpResponse:
    rows = BatchPlace.objects.filter(batch__in=batches.of(request.user), left_at__isnull=True)
    place = rows.filter(case__in=Case.objects.visible_to(request.user), pk=pk).select_related("batch").first()
    if place is None:
        raise Http404(_("Tempat tidak ditemukan."))
    form = _release_form(request, place, request.POST)
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, batches.release, place=place, because=data["because"], by=request.user, key=data["form_key"]):
            messages.success(request, _("Tempat dilepas."))
            return redirect("services:batch", place.batch_id)
    return _page(request, place.batch, _assign_form(request, place.batch), form)


def _release_form(request: HttpRequest, place: BatchPlace, data: Any = None) -> ReleaseForm:
    return ReleaseForm(data, user=request.user, act="batch_release", subject=place, auto_id=f"release-{place.pk}-%s")


def _page(request: HttpRequest, found: Batch, form: AssignForm, refused: ReleaseForm | None = None) -> HttpResponse:
    user = request.user
    places = BatchPlace.objects.standing().filter(batch=found, case__in=Case.objects.visible_to(user)).distinct()
    places = list(places.select_related("case__client", "by").defer("case__client__nik"))
    number = batches.taken([found]).get(found.pk, 0)
    may_fill = not batches.why_not_fill(user)
    fetch.seen(
        request, "batch", map(case_subject, [*(place.case for place in places), *(form.offered if may_fill else ())])
    )
    rows = [
        (
            place,
            (refused if refused and refused.subject == place else _release_form(request, place)) if may_fill else None,
        )
        for place in places
    ]
    context = {
        "tabs": pages.tabs("batches"),
        "batch": found,
        "taken": number,
        "free": max(found.quota - number, 0),
        "rows": rows,
        "hidden": number - len(places),
        "form": form if may_fill else None,
        "offered": form.offered,
        "may_fill": may_fill,
    }
    is_refused = form.is_bound or refused
    return render(request, "services/outreach/batch.html", context, status=422 if is_refused else 200)


def _filled(user: Any) -> list[dict[str, Any]]:
    """Each batch with how full it is."""
    found = list(batches.of(user))
    numbers = batches.taken(found)
    return [
        {"batch": row, "taken": numbers.get(row.pk, 0), "free": max(row.quota - numbers.get(row.pk, 0), 0)}
        for row in found
    ]


def _fetched(request: HttpRequest, pk: int) -> Batch:
    found = batches.of(request.user).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Angkatan tidak ditemukan."))
    return found
