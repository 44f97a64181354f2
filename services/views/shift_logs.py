"""Buku jaga: the logs so far, a new one, one of them, its change, and the confirmation of the next officer."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts import shifts
from accounts.forms import compare
from accounts.models import User
from rehsos import clock, doors, formatting
from services import roster, shift_logs
from services.acts import case_subject
from services.forms.base import tried
from services.forms.daily import ConfirmForm, ShiftLogChangeForm, ShiftLogForm
from services.models import ShiftLog
from services.pages import daily as pages
from services.views import fetch, readers
from services.views.paging import page_of

PAGE = 30


@doors.roles(*readers.WORKLOG)
def shift_logs_list(request: HttpRequest) -> HttpResponse:
    user = request.user
    rows = ShiftLog.objects.visible_to(user).select_related("by", "confirmed_by")
    context = {
        "tabs": pages.tabs(user, "shift_logs"),
        "page": page_of(request, rows, PAGE),
        "waiting": ShiftLog.objects.visible_to(user).filter(confirmed_at__isnull=True).exclude(by=user).count(),
    }
    return render(request, "services/daily/shift_logs.html", context)


@doors.roles(*readers.WORKLOG, methods=("GET", "POST"))
def shift_log_new(request: HttpRequest) -> HttpResponse:
    user, house = request.user, request.GET.get("asrama", "")
    options = {"user": user, "act": "shift_log_new", "subject": f"house:{house}"}
    if request.method == "POST":
        form = ShiftLogForm(request.POST, **options)
        if form.is_valid() and (log := _written(request, form, house)):
            messages.success(request, _("Buku jaga tersimpan; menunggu konfirmasi giliran berikutnya."))
            return redirect("services:shift_log", log.pk)
    today = user.institution.today()
    rows = roster.residents(user, today, house=house)
    if request.method == "POST":
        _label(form, rows)
    else:
        shift, on = _running(user, today)
        form = ShiftLogForm(residents=_here(rows), initial={"on": on, "shift": shift}, **options)
    fetch.seen(request, "shift_log_new", [case_subject(row.case) for row in rows])
    context = {
        "tabs": pages.tabs(user, "shift_logs"),
        "form": form,
        "house": house,
        "houses": roster.houses(user),
        "lines": [(row, form[f"note-{row.stay.pk}"]) for row in _here(rows) if f"note-{row.stay.pk}" in form.fields],
        "away": [row for row in rows if not row.is_here],
    }
    return render(request, "services/daily/shift_log_new.html", context, status=422 if form.is_bound else 200)


def _here(rows: list[roster.Resident]) -> list[roster.Resident]:
    return [row for row in rows if row.is_here]


def _label(form: ShiftLogForm, rows: list[roster.Resident]) -> None:
    """A refused form was made from what was posted; now it learns whose lines they are."""
    for row in rows:
        if name := form.line_names.get(row.stay.pk):
            form.fields[name].label = row.client.shown_name


def _running(user: User, today: date) -> tuple[str, date]:
    """The shift that is on, and the day it began: in the small hours that is the day before."""
    known = shifts.shifts_of(user.institution.shifts)
    now = formatting.local(clock.now()).time()
    shift = shifts.running(known, now)
    return shift.name, today if shift.begins <= now else today - timedelta(days=1)


def _written(request: HttpRequest, form: ShiftLogForm, house: str) -> Any:
    data = form.cleaned_data
    return tried(
        form,
        shift_logs.write,
        on=data["on"],
        shift=data["shift"],
        house=house,
        remarks=data["remarks"],
        handed_note=data["handed_note"],
        lines=form.lines(),
        by=request.user,
        key=data["form_key"],
    )


def _fetched(request: HttpRequest, pk: int) -> ShiftLog:
    rows = ShiftLog.objects.visible_to(request.user).select_related("by", "confirmed_by", "institution")
    found: ShiftLog | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Buku jaga tidak ditemukan."))
    return found


@doors.roles(*readers.WORKLOG)
def shift_log(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _fetched(request, pk))


def _page(request: HttpRequest, log: ShiftLog, refused: ConfirmForm | None = None) -> HttpResponse:
    user = request.user
    lines = list(log.lines.select_related("stay__case__client").order_by("stay__case__client__folded_name"))
    fetch.seen(request, "shift_log", [case_subject(line.stay.case) for line in lines])
    may_confirm = log.confirmed_at is None and log.by_id != user.pk
    confirm = refused or ConfirmForm(user=user, act="shift_log_confirm", subject=log)
    context = {
        "tabs": pages.tabs(user, "shift_logs"),
        "log": log,
        "lines": lines,
        "number": log.activity.links.count(),
        "confirm": confirm if may_confirm else None,
        "may_change": not shift_logs.why_not_change(log, user),
        "is_correction": shift_logs.needs_reason(log, user),
        "revisions": list(log.revisions.select_related("by")),
    }
    return render(request, "services/daily/shift_log.html", context, status=422 if refused else 200)


@doors.roles(*readers.WORKLOG, methods=("GET", "POST"))
def shift_log_edit(request: HttpRequest, pk: int) -> HttpResponse:
    log, user = _fetched(request, pk), request.user
    if why_not := shift_logs.why_not_change(log, user):
        raise PermissionDenied(why_not)
    rows = [row for row in roster.residents(user, log.on, house=log.house) if row.is_here]

    def draw(data: QueryDict | None = None) -> ShiftLogChangeForm:
        return _change_form(user, _fetched(request, pk), rows, data)

    form = draw(fetch.posted(request))
    if form.is_bound and form.is_valid():
        changed, form = _changed(request, form, log, draw)
        if changed:
            messages.success(request, _("Buku jaga diubah."))
            return redirect("services:shift_log", log.pk)
    fetch.seen(request, "shift_log", [case_subject(row.case) for row in rows])
    context = {
        "tabs": pages.tabs(user, "shift_logs"),
        "form": form,
        "log": log,
        "lines": [(row, form[f"note-{row.stay.pk}"]) for row in rows],
    }
    return render(request, "services/daily/shift_log_edit.html", context, status=form.status)


def _change_form(user: User, log: ShiftLog, rows: list[roster.Resident], data: QueryDict | None) -> ShiftLogChangeForm:
    kept = {f"note-{line.stay_id}": line.text for line in log.lines.all()}
    return ShiftLogChangeForm(
        data,
        user=user,
        act="shift_log_edit",
        subject=log,
        version=log.version,
        is_correction=shift_logs.needs_reason(log, user),
        residents=rows,
        initial={"remarks": log.remarks, "handed_note": log.handed_note, **kept},
    )


def _changed(request: HttpRequest, form: ShiftLogChangeForm, log: ShiftLog, draw: compare.Draw) -> Any:
    data = form.cleaned_data
    return compare.tried_beside(
        form,
        draw,
        shift_logs.change,
        log_id=log.pk,
        remarks=data["remarks"],
        handed_note=data["handed_note"],
        lines=form.lines(),
        reason=data.get("reason", ""),
        by=request.user,
        version=data["version"],
        key=data["form_key"],
    )


@doors.roles(*readers.WORKLOG, methods=("POST",))
def shift_log_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    log = _fetched(request, pk)
    form = ConfirmForm(request.POST, user=request.user, act="shift_log_confirm", subject=log)
    if form.is_valid():
        key = form.cleaned_data["form_key"]
        if tried(form, shift_logs.confirm, log_id=log.pk, by=request.user, key=key):
            messages.success(request, _("Serah terima dikonfirmasi."))
            return redirect("services:shift_log", log.pk)
    return _page(request, log, form)
