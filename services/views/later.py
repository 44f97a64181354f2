"""What is posted outside its time: a waiver, an admission in an emergency, a later note, a new version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cases.enums import Stage
from rehsos import clock, doors
from services import addenda, revising, transitions
from services.forms.base import KeyedForm, tried
from services.forms.later import AddendumForm, AdmitForm, ReviseForm, WaiveForm
from services.pages import later_boxes, links
from services.views import fetch, readers
from services.views.stage import page

ACT = ("POST",)


@doors.roles(*readers.CASES, methods=ACT)
def waive(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = fetch.case(request, number, "stage"), fetch.stage(stage)
    form = _bound(request, WaiveForm, "waive", case)
    if form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("code", "due_on", "reason")}
        version = data["version"] if home == case.at else -1
        arrear = tried(
            form, transitions.waive, case=case, by=request.user, version=version, key=data["form_key"], **values
        )
        if arrear:
            messages.success(request, _("Boleh menyusul sampai %s.") % clock.spelled(arrear.due_on))
            return redirect(links.stage(case, home))
    return page(request, case, home, form)


@doors.roles(*readers.CASES, methods=ACT)
def admit(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "stage")
    form = _bound(request, AdmitForm, "admit", case)
    if form.is_valid():
        data = form.cleaned_data
        done = tried(
            form,
            transitions.admit,
            case=case,
            reason=data["reason"],
            by=request.user,
            version=data["version"],
            key=data["form_key"],
        )
        if done:
            messages.success(request, _("Diterima secara darurat. Catat penempatannya; berkas seleksi menyusul."))
            return redirect(links.stage(case, Stage.INTAKE))
    return page(request, case, case.at, form)


@doors.roles(*readers.CASES, methods=ACT)
def addendum(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = fetch.case(request, number, "stage"), fetch.stage(stage)
    form = _bound(request, AddendumForm, later_boxes.addendum_act(home), case)
    if form.is_valid():
        data = form.cleaned_data
        values = {"text": data["text"], "on": data["on"]}
        note = tried(form, addenda.add, case=case, stage=home, by=request.user, key=data["form_key"], **values)
        if note:
            messages.success(request, _("Catatan tambahan disimpan."))
            return redirect(links.stage(case, home, "tambahan"))
    return page(request, case, home, form)


@doors.roles(*readers.CASES, methods=ACT)
def revise(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "stage")
    form = _bound(request, ReviseForm, "revise", case)
    if form.is_valid():
        data = form.cleaned_data
        values = {"what": data["what"], "reason": data["reason"]}
        done = tried(
            form, revising.revise, case=case, by=request.user, version=data["version"], key=data["form_key"], **values
        )
        if done:
            home = revising.REVISABLE[data["what"]].home
            messages.success(request, _("Versi baru dimulai. Ubah isinya; versi lama tetap dapat dibaca."))
            return redirect(links.stage(case, home))
    return page(request, case, case.at, form)


def _bound(request: HttpRequest, make: type[KeyedForm], act: str, subject: object, **options: Any) -> KeyedForm:
    return make(request.POST, user=request.user, act=act, subject=subject, auto_id=f"{act}-%s", **options)
