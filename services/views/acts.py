"""What is posted from the page of a stage: each view is one act, answered by a redirect or by the page with reasons."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services import transitions
from services.enums import Kind
from services.forms import acts
from services.forms.base import KeyedForm, tried
from services.models import Request
from services.pages import links
from services.views import fetch, readers
from services.views.stage import page

ACT = ("POST",)


@doors.roles(Role.SOCIAL_WORKER, methods=ACT)
def submit(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = _case_and_stage(request, number, stage)
    form = _bound(request, acts.EndingForm if home == Stage.AFTERCARE else acts.SubmitForm, "submit", case)
    if form.is_valid():
        data = form.cleaned_data
        asked = tried(
            form,
            transitions.submit,
            case=case,
            note=data["reason"],
            ending=data.get("way", ""),
            event_on=data.get("event_on"),
            **_usual(request, form, case, home),
        )
        if asked:
            messages.success(request, _("Akhir tahap %s diajukan. Isi tahap terkunci sampai diputus.") % home.label)
            return redirect(links.stage(case, home))
    return page(request, case, home, form)


@doors.roles(Role.SOCIAL_WORKER, methods=ACT)
def decide(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = _case_and_stage(request, number, stage)
    form = _bound(request, acts.DecideForm, "decide", case, stage=home)
    if form.is_valid():
        data = form.cleaned_data
        asked = tried(
            form,
            transitions.decide,
            case=case,
            way=data["way"],
            reason=data["reason"],
            until_on=data.get("until_on"),
            **_usual(request, form, case, home),
        )
        if asked:
            messages.success(request, _("Keputusan diajukan kepada supervisor, lalu Kepala UPT."))
            return redirect(links.stage(case, home))
    return page(request, case, home, form)


@doors.roles(Role.SOCIAL_WORKER, methods=ACT)
def withdraw(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = _case_and_stage(request, number, stage)
    asked = _asked(request, case, home)
    form = _bound(request, acts.WithdrawForm, "withdraw", asked)
    if form.is_valid():
        data = form.cleaned_data
        done = tried(
            form, transitions.withdraw, request=asked, by=request.user, note=data["note"], key=data["form_key"]
        )
        if done:
            messages.success(request, _("Pengajuan ditarik. Isi tahap terbuka lagi."))
            return redirect(links.stage(case, home))
    return page(request, case, home, form)


@doors.roles(*readers.SUPERVISION, methods=ACT)
def supervise(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = _case_and_stage(request, number, stage)
    form = _bound(request, acts.SuperviseForm, "supervise", case, stage=home)
    if form.is_valid():
        data = form.cleaned_data
        given = tried(
            form,
            transitions.supervise,
            case=case,
            **{name: data[name] for name in ("code", "note", "on", "verdict", "directions", "due_on")},
            **_usual(request, form, case, home),
        )
        if given:
            messages.success(request, _("Supervisi %s disimpan.") % given.code)
            return redirect(links.stage(case, home, "tanda"))
    return page(request, case, home, form)


@doors.roles(*readers.SUPERVISION, methods=ACT)
def approve_or_return(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = _case_and_stage(request, number, stage)
    asked = _asked(request, case, home)
    form = _bound(request, acts.VerdictForm, "verdict", asked)
    if form.is_valid():
        if form.is_return:
            done = _given_back(request, form, asked)
            words = _("Pengajuan dikembalikan untuk diperbaiki.")
        else:
            done = tried(form, transitions.approve, note=form.cleaned_data["note"], **_on(request, form, asked))
            words = _approved(asked)
        if done:
            return _answered(request, case, form, words)
    return page(request, case, home, form)


@doors.roles(Role.HEAD, methods=ACT)
def endorse_or_return(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    case, home = _case_and_stage(request, number, stage)
    asked = _asked(request, case, home)
    form = _bound(request, acts.EndorseForm, "endorse", asked)
    if form.is_valid():
        if form.is_return:
            done = _given_back(request, form, asked)
            words = _("Keputusan dikembalikan untuk diperbaiki.")
        else:
            done = tried(form, transitions.endorse, note=form.cleaned_data["note"], **_on(request, form, asked))
            words = _("Keputusan disahkan.")
        if done:
            return _answered(request, case, form, words)
    return page(request, case, home, form)


@doors.roles(*readers.SUPERVISION, methods=ACT)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "stage")
    form = _bound(request, acts.SendBackForm, "send_back", case, stage=case.at)
    if form.is_valid():
        data = form.cleaned_data
        moved = tried(
            form,
            transitions.send_back,
            case=case,
            to=data["to_stage"],
            reason=data["reason"],
            **_usual(request, form, case, case.at),
        )
        if moved:
            messages.success(request, _("Kasus mundur ke tahap %s.") % Stage(data["to_stage"]).label)
            return redirect("services:case", number)
    return page(request, case, case.at, form)


def _case_and_stage(request: HttpRequest, number: str, stage: str) -> tuple[Case, Stage]:
    return fetch.case(request, number, "stage"), fetch.stage(stage)


def _asked(request: HttpRequest, case: Case, home: Stage) -> Request:
    """The request the form is about, of this very stage."""
    pk = request.POST.get("request", "")
    rows = Request.objects.filter(case=case, stage=home).select_related("case", "requested_by")
    found = rows.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None
    if found is None:
        raise Http404(_("Pengajuan tidak ditemukan."))
    return found


def _bound(request: HttpRequest, make: type[KeyedForm], act: str, subject: object, **options: object) -> KeyedForm:
    return make(request.POST, user=request.user, act=act, subject=subject, auto_id=f"{act}-%s", **options)


def _usual(request: HttpRequest, form: KeyedForm, case: Case, home: Stage) -> dict:
    """Who acts, from which version, with which key. A form of another stage than the present one is an old one."""
    version = form.cleaned_data["version"] if home == case.at else -1
    return {"by": request.user, "version": version, "key": form.cleaned_data["form_key"]}


def _on(request: HttpRequest, form: KeyedForm, asked: Request) -> dict:
    data = form.cleaned_data
    return {"request": asked, "by": request.user, "version": data["version"], "key": data["form_key"]}


def _given_back(request: HttpRequest, form: KeyedForm, asked: Request) -> Request | None:
    return tried(form, transitions.give_back, reason=form.cleaned_data["note"], **_on(request, form, asked))


def _approved(asked: Request) -> str:
    if asked.kind == Kind.STAGE:
        return _("Disetujui: tahap %s selesai.") % Stage(asked.stage).label
    return _("Disetujui. Keputusan menunggu pengesahan Kepala UPT.")


def _answered(request: HttpRequest, case: Case, form: KeyedForm, words: str) -> HttpResponse:
    """On to where the form wants to go (the queue), else to the case, which may be in another stage now."""
    messages.success(request, words)
    return doors.safe_redirect(request, form.cleaned_data["next"], reverse("services:case", args=[case.number]))
