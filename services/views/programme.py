"""A UPT's own list of activities: begin it, add, change, retire."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import compare
from accounts.views import tabs
from cases.enums import Bimbingan
from rehsos import doors, navigation
from services import programme, session_permissions
from services.catalogue import BIMBINGAN
from services.forms.base import tried
from services.forms.programme import ActivityForm, BeginForm, PressForm
from services.models import ProgrammeActivity
from services.models.programme import GROUPS
from services.views import fetch

FORM = ("GET", "POST")


@doors.roles(*session_permissions.KEEPERS, methods=FORM)
def programme_list(request: HttpRequest) -> HttpResponse:
    upt = request.user.institution
    form = BeginForm(fetch.posted(request), user=request.user, act="programme_begin", subject=upt)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        number = tried(
            form,
            programme.begin,
            institution=upt,
            beginning=data["beginning"],
            by=request.user,
            key=data["form_key"],
        )
        if number:
            messages.success(request, _("%s kegiatan dimasukkan; sesuaikan dengan UPT Anda.") % number)
            return redirect(navigation.start_url(request) or "services:programme")
    rows = list(ProgrammeActivity.objects.filter(institution=upt).order_by("name", "pk"))
    context = {
        "form": form,
        "groups": _groups([row for row in rows if not row.retired_on]),
        "retired": [row for row in rows if row.retired_on],
        "number": sum(1 for row in rows if not row.retired_on),
        "is_empty": not rows,
        "tabs": tabs.of(request, "services:programme"),
        "beginnings": programme.beginnings(),
    }
    return render(request, "services/programme.html", context, status=422 if form.is_bound else 200)


def _groups(rows: list[ProgrammeActivity]) -> list[dict[str, Any]]:
    """By bimbingan in the order of the document, the psychosocial ones by their sub-groups."""
    found = []
    for bimbingan in Bimbingan:
        for group in (*(GROUPS if bimbingan == Bimbingan.PSYCHOSOCIAL else ()), ""):
            here = [row for row in rows if (row.bimbingan, row.group) == (bimbingan, group)]
            if here:
                found.append({"bimbingan": BIMBINGAN[bimbingan].name, "group": GROUPS.get(group, ""), "rows": here})
    return found


@doors.roles(*session_permissions.KEEPERS, methods=FORM)
def programme_new(request: HttpRequest) -> HttpResponse:
    upt = request.user.institution
    form = ActivityForm(fetch.posted(request), user=request.user, act="programme_new", subject=upt)
    if form.is_bound and form.is_valid():
        made = tried(
            form,
            programme.add,
            institution=upt,
            values=form.values(),
            by=request.user,
            key=form.cleaned_data["form_key"],
        )
        if made:
            messages.success(request, _("%s ditambahkan.") % made.name)
            return redirect("services:programme")
    return _drawn(request, form, None)


@doors.roles(*session_permissions.KEEPERS, methods=FORM)
def programme_edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _activity(request, pk)

    def draw(data: QueryDict | None = None) -> ActivityForm:
        return _edit_form(request, _activity(request, pk), data)

    form = draw(fetch.posted(request))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        done, form = compare.tried_beside(
            form,
            draw,
            programme.change,
            activity=row,
            values=form.values(),
            by=request.user,
            version=data["version"],
            key=data["form_key"],
        )
        if done:
            messages.success(request, _("%s disimpan.") % done.name)
            return redirect("services:programme")
    return _drawn(request, form, row)


def _edit_form(request: HttpRequest, row: ProgrammeActivity, data: QueryDict | None = None) -> ActivityForm:
    initial = {name: getattr(row, name) for name in programme.FIELDS}
    about = {"user": request.user, "act": "programme_edit", "subject": row, "version": row.version}
    return ActivityForm(data, initial=initial, **about)


def _drawn(request: HttpRequest, form: ActivityForm, row: ProgrammeActivity | None) -> HttpResponse:
    press = None
    if row:
        act = "programme_return" if row.retired_on else "programme_retire"
        press = PressForm(user=request.user, act=act, subject=row, version=row.version)
    context = {
        "form": form,
        "activity": row,
        "press": press,
        "crumbs": [(_("Daftar kegiatan"), reverse("services:programme")), (row.name if row else _("Baru"), "")],
    }
    return render(request, "services/programme_edit.html", context, status=form.status)


@doors.roles(*session_permissions.KEEPERS, methods=("POST",))
def programme_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Off the list, or on it again."""
    row = _activity(request, pk)
    act = programme.bring_back if row.retired_on else programme.retire
    name = "programme_return" if row.retired_on else "programme_retire"
    form = PressForm(request.POST, user=request.user, act=name, subject=row)
    if form.is_valid():
        data = form.cleaned_data
        done = tried(form, act, activity=row, by=request.user, version=data["version"], key=data["form_key"])
        if done:
            words = _("%s tidak dipakai lagi.") if done.retired_on else _("%s dipakai lagi.")
            messages.success(request, words % done.name)
            return redirect("services:programme")
    context = {
        "form": _edit_form(request, row),
        "wrong": form,
        "activity": row,
        "press": PressForm(user=request.user, act=name, subject=row, version=row.version),
        "crumbs": [(_("Daftar kegiatan"), reverse("services:programme")), (row.name, "")],
    }
    return render(request, "services/programme_edit.html", context, status=422)


def _activity(request: HttpRequest, pk: int) -> ProgrammeActivity:
    rows = ProgrammeActivity.objects.filter(institution=request.user.institution, pk=pk)
    found = rows.select_related("institution").first()
    if found is None:
        raise Http404(_("Kegiatan tidak ditemukan."))
    return found
