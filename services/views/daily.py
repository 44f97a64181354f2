"""Buku harian: the roster with where everybody is, one resident, going out and coming back, alerts."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases.models import Case, Stay
from rehsos import doors, formatting
from services import deposits, presence, residence, roster
from services.acts import case_subject
from services.enums import AlertKind, PresenceKind
from services.forms.base import KeyedForm, tried
from services.forms.daily import ConfirmForm
from services.forms.residence import QUICK, AlertForm, AnnulForm, InForm, LeaveForm, OutForm
from services.models import Incident, Presence, Visit
from services.pages import daily as pages
from services.views import fetch, readers

ACT = ("POST",)
SHOWN = 20


@doors.roles(*readers.WORKLOG)
def daily(request: HttpRequest) -> HttpResponse:
    user, today = request.user, request.user.institution.today()
    rows = roster.residents(user, today)
    kind = request.GET.get("keadaan", "")
    house = request.GET.get("asrama", "")
    shown = [row for row in rows if (not kind or row.kind == kind) and (not house or row.stay.house == house)]
    fetch.seen(request, "daily", [case_subject(row.case) for row in rows])
    counts = roster.counts(rows)
    context = {
        "tabs": pages.tabs(user, "daily"),
        "today": today,
        "figures": [
            {"kind": one, "number": number, "is_alarm": one == PresenceKind.NOT_BACK and number}
            for one, number in counts.items()
        ],
        "missing": [row for row in rows if row.is_missing],
        "houses": [
            (name, [(row, _back_form(request, row.stay) if row.away else None) for row in inside])
            for name, inside in roster.by_house(shown)
        ],
        "number": len(rows),
        "kind": PresenceKind(kind) if kind in PresenceKind.values else None,
        "house": house,
        "may_read_cases": user.has_role(*readers.CASES),
    }
    return render(request, "services/daily/roster.html", context)


def _back_form(request: HttpRequest, stay: Stay) -> InForm:
    today = request.user.institution.today()
    subject = f"stay:{stay.pk}"
    return InForm(
        user=request.user, act="presence_in", subject=subject, initial={"on": today}, auto_id=f"in-{stay.pk}-%s"
    )


@doors.roles(*readers.WORKLOG)
def resident(request: HttpRequest, number: str) -> HttpResponse:
    return _page(request, _stay(request, number))


@doors.roles(*readers.WORKLOG, methods=ACT)
def presence_out(request: HttpRequest, number: str) -> HttpResponse:
    """One of the buttons, or the form of a home leave."""
    stay = _stay(request, number)
    is_leave = request.POST.get("kind") == PresenceKind.HOME_LEAVE
    form = _form(request, LeaveForm if is_leave else OutForm, "leave" if is_leave else "presence_out", stay)
    if form.is_valid():
        data = form.cleaned_data
        kind = PresenceKind.HOME_LEAVE if is_leave else data["kind"]
        row = tried(
            form,
            presence.go_out,
            stay_id=stay.pk,
            kind=kind,
            on=data["on"],
            values=form.values(),
            by=request.user,
            key=data["form_key"],
        )
        if row:
            messages.success(request, _("Tercatat: %s.") % PresenceKind(row.kind).label)
            return redirect("services:resident", number)
    return _page(request, stay, form)


@doors.roles(*readers.WORKLOG, methods=ACT)
def presence_in(request: HttpRequest, number: str) -> HttpResponse:
    stay = _stay(request, number)
    form = _form(request, InForm, "presence_in", stay)
    if form.is_valid():
        data = form.cleaned_data
        if tried(form, presence.come_in, stay_id=stay.pk, on=data["on"], by=request.user, key=data["form_key"]):
            told = {"name": stay.case.client.shown_name, "on": formatting.long_date(data["on"])}
            messages.success(request, _("%(name)s tercatat kembali di asrama, %(on)s.") % told)
            return redirect("services:daily")
    return _page(request, stay, form)


@doors.roles(*readers.WORKLOG, methods=ACT)
def presence_annul(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    stay = _stay(request, number)
    if not Presence.objects.filter(stay=stay, pk=pk).exists():
        raise Http404(_("Catatan tidak ditemukan."))
    form = _form(request, AnnulForm, f"presence_annul-{pk}", stay)
    if form.is_valid():
        data = form.cleaned_data
        words = {"reason": data["reason"], "by": request.user, "key": data["form_key"]}
        if tried(form, presence.annul, presence_id=pk, **words):
            messages.success(request, _("Catatan kehadiran dibatalkan."))
            return redirect("services:resident", number)
    return _page(request, stay, form)


@doors.roles(*readers.WORKLOG, methods=ACT)
def alert_add(request: HttpRequest, number: str) -> HttpResponse:
    stay = _stay(request, number)
    form = _form(request, AlertForm, "alert_add", stay)
    if form.is_valid():
        data = form.cleaned_data
        words = {"kind": data["kind"], "text": data["text"], "by": request.user, "key": data["form_key"]}
        if tried(form, residence.add_alert, stay_id=stay.pk, **words):
            messages.success(request, _("Peringatan tampil di daftar penghuni."))
            return redirect("services:resident", number)
    return _page(request, stay, form)


@doors.roles(*readers.WORKLOG, methods=ACT)
def alert_end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    stay = _stay(request, number)
    form = _form(request, ConfirmForm, f"alert_end-{pk}", stay)
    if form.is_valid():
        words = {"alert_id": pk, "by": request.user, "key": form.cleaned_data["form_key"]}
        if tried(form, residence.end_alert, stay_id=stay.pk, **words):
            messages.success(request, _("Peringatan diakhiri."))
            return redirect("services:resident", number)
    return _page(request, stay, form)


def _stay(request: HttpRequest, number: str) -> Stay:
    """The last stay of a case in one's UPT, else 404."""
    rows = presence.visible_stays(request.user).select_related("case__client", "institution")
    found: Stay | None = rows.filter(case__number=number).order_by("-placed_on", "-pk").first()
    if found is None:
        raise Http404(_("Penghuni tidak ditemukan."))
    return found


def _form(request: HttpRequest, make: type[Any], act: str, stay: Stay, is_bound: bool = True) -> Any:
    today = request.user.institution.today()
    return make(
        request.POST if is_bound else None,
        user=request.user,
        act=act,
        subject=f"stay:{stay.pk}",
        initial={"on": today},
        auto_id=f"{act}-%s",
    )


def _page(request: HttpRequest, stay: Stay, tried_form: KeyedForm | None = None) -> HttpResponse:
    """Everything about one resident that somebody on duty may know; a refused form stands where it came from."""
    user = request.user
    fetch.seen_case(request, stay.case, "resident")

    def form(make: type[Any], act: str) -> Any:
        return tried_form if tried_form and tried_form.act == act else _form(request, make, act, stay, is_bound=False)

    row = roster.one(user, stay)
    history = list(Presence.objects.filter(stay=stay).select_related("recorded_by", "closed_by").order_by("-since_on"))
    context = {
        "row": row,
        "stay": stay,
        "client": stay.case.client,
        "case": stay.case,
        "today": user.institution.today(),
        "quick": [(kind.value, kind.label) for kind in QUICK if kind != row.kind],
        "out": form(OutForm, "presence_out"),
        "leave": form(LeaveForm, "leave"),
        "back": form(InForm, "presence_in") if row.away else None,
        "history": [(one, form(AnnulForm, f"presence_annul-{one.pk}")) for one in history if not one.annulled_at],
        "annulled": [one for one in history if one.annulled_at],
        "alert": form(AlertForm, "alert_add") if not residence.why_not_alert(user) else None,
        "alerts": [(one, form(ConfirmForm, f"alert_end-{one.pk}")) for one in row.alerts],
        "alert_kinds": AlertKind,
        "visits": Visit.objects.filter(stay=stay).select_related("by")[:SHOWN],
        "incidents": Incident.objects.filter(residents__stay=stay)[:SHOWN],
        "sick_notes": residence.sick_notes(user).filter(stay=stay).select_related("by")[:SHOWN],
        "may_nurse": not residence.why_not_nurse(user, stay),
        "may_keep": not deposits.why_not_keep(user),
        "may_read_case": Case.objects.visible_to(user).filter(pk=stay.case_id).exists()
        and user.has_role(*readers.CASES),
        "refused": tried_form,
    }
    return render(request, "services/daily/resident.html", context, status=422 if tried_form else 200)
