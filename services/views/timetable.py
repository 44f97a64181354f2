"""The week, the pattern behind it, the days without, and sessions outside it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.forms import compare
from rehsos import doors
from services import arranging, session_permissions, timetable
from services.acts import case_subject
from services.forms import timetable as forms
from services.forms.base import tried
from services.forms.programme import PressForm
from services.models import Holiday, Slot
from services.pages import week as weeks
from services.views import fetch, readers

FORM = ("GET", "POST")
EARLIEST, LATEST = date(2000, 1, 3), date(2199, 12, 31)


@doors.roles(*readers.WORKLOG)
def week(request: HttpRequest) -> HttpResponse:
    user = request.user
    day = day_asked(request)
    first, today = arranging.monday(day), user.institution.today()
    days = weeks.of(user, day)
    may_plan = user.has_role(*session_permissions.PLANNERS)
    promises = sum(1 for one in days for meeting in one.meetings if meeting.is_promise)
    form = forms.WeekForm(user=user, act="sessions_generate", subject=user.institution, initial={"first": first})
    context = {
        "days": days,
        "first": first,
        "last": first + timedelta(days=6),
        "before": first - timedelta(days=7),
        "after": first + timedelta(days=7),
        "is_this_week": first == arranging.monday(today),
        "is_empty": not any(one.meetings for one in days),
        "has_pattern": Slot.objects.filter(institution=user.institution).exists() if may_plan else True,
        "may_plan": may_plan,
        "may_add": user.has_role(*readers.WORKLOG),
        "promises": promises,
        "recap_url": reverse("services:recap") if may_plan else "",
        "week_pdf_url": f"{reverse('reports:week_sheet')}?tanggal={first:%Y-%m-%d}",
        "form": form if may_plan else None,
    }
    return render(request, "services/timetable.html", context)


def day_asked(request: HttpRequest) -> date:
    """The day in the address, today without one; 404 for what is none."""
    asked = request.GET.get("tanggal")
    if not asked:
        return request.user.institution.today()
    try:
        day = date.fromisoformat(asked)
    except ValueError as wrong:
        raise Http404(_("Tanggal itu tidak ada. Tulis seperti 2026-07-03.")) from wrong
    if not EARLIEST <= day <= LATEST:
        raise Http404(_("Tanggal itu terlalu jauh."))
    return day


@doors.roles(*session_permissions.PLANNERS, methods=("POST",))
def generate(request: HttpRequest) -> HttpResponse:
    upt = request.user.institution
    form = forms.WeekForm(request.POST, user=request.user, act="sessions_generate", subject=upt)
    if not form.is_valid():
        raise doors.Refused(_("Buka lagi halaman jadwal, lalu tekan tombolnya sekali lagi."))
    first = arranging.monday(form.cleaned_data["first"])
    last = first + timedelta(days=7 * arranging.WEEKS_AHEAD - 1)
    key = form.cleaned_data["form_key"]
    number = arranging.generate(institution=upt, first=first, last=last, by=request.user, key=key)
    words = _("%s sesi dibuat.") % number if number else _("Semua sesi minggu-minggu ini sudah ada.")
    messages.success(request, words)
    return redirect(f"{reverse('services:timetable')}?tanggal={first:%Y-%m-%d}")


# --- The pattern ------------------------------------------------------------------------------------------------------
@doors.roles(*session_permissions.PLANNERS, methods=FORM)
def slot_new(request: HttpRequest) -> HttpResponse:
    upt = request.user.institution
    day = day_asked(request)
    initial = {"weekday": day.weekday(), "since_on": arranging.monday(day), "audience": "plan"}
    form = forms.SlotForm(fetch.posted(request), initial=initial, user=request.user, act="slot_new", subject=upt)
    clashing: list[str] = []
    if form.is_bound and form.is_valid():
        about = {"institution": upt, **_told(request, form)}
        saved, clashing = forms.tried_or_clashing(form, timetable.add_slot, **about)
        if saved:
            return _back_to_week(request, saved)
    return _slot_page(request, form, None, clashing)


@doors.roles(*session_permissions.PLANNERS, methods=FORM)
def slot(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(request, pk)

    def draw(data: QueryDict | None = None) -> forms.SlotForm:
        return _slot_form(request, _found(request, pk), data)

    form, clashing = draw(fetch.posted(request)), []
    if form.is_bound and form.is_valid():
        about = {"slot": row, "version": form.cleaned_data["version"], **_told(request, form)}
        try:
            saved, clashing = forms.tried_or_clashing(form, timetable.change_slot, **about)
        except doors.Stale as stale:
            saved, form = None, compare.beside(form, draw, stale)
        if saved:
            return _back_to_week(request, saved)
    return _slot_page(request, form, row, clashing)


def _slot_form(request: HttpRequest, row: Slot, data: QueryDict | None) -> forms.SlotForm:
    initial = {name: getattr(row, name) for name in timetable.FIELDS}
    chosen = [one.case_id for one in row.chosen.all()]
    about = {"user": request.user, "act": "slot_edit", "subject": row, "version": row.version}
    form = forms.SlotForm(data, initial=initial, **about)
    form.initial["stays"] = [stay.pk for stay in form.fields["stays"].queryset if stay.case_id in chosen]
    return form


def _told(request: HttpRequest, form: forms.SlotForm) -> dict[str, Any]:
    key = form.cleaned_data["form_key"]
    return {"values": form.values(), "cases": form.cases(), "by": request.user, "key": key}


def _slot_page(request: HttpRequest, form: forms.SlotForm, row: Slot | None, clashing: list[str]) -> HttpResponse:
    shown = form.fields["stays"].queryset
    fetch.seen(request, "slot", [case_subject(stay.case) for stay in shown])
    user = request.user
    context = {
        "form": form,
        "slot": row,
        "clashes": clashing,
        "end": forms.EndForm(user=user, act="slot_end", subject=row, version=row.version) if row else None,
        "skip": forms.SkipForm(user=user, act="slot_skip", subject=row) if row else None,
        "exceptions": row.exceptions.select_related("by") if row else [],
        "crumbs": [(_("Jadwal"), reverse("services:timetable")), (str(row) if row else _("Jadwal baru"), "")],
    }
    return render(request, "services/slot.html", context, status=form.status)


@doors.roles(*session_permissions.PLANNERS, methods=("POST",))
def slot_end(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(request, pk)
    form = forms.EndForm(request.POST, user=request.user, act="slot_end", subject=row)
    if not form.is_valid():
        raise doors.Refused(_("Isi hari terakhirnya."))
    data = form.cleaned_data
    timetable.end_slot(
        slot=row, until_on=data["until_on"], by=request.user, version=data["version"], key=data["form_key"]
    )
    messages.success(request, _("Jadwal %s berakhir.") % row)
    return redirect("services:timetable")


@doors.roles(*session_permissions.PLANNERS, methods=("POST",))
def slot_skip(request: HttpRequest, pk: int) -> HttpResponse:
    row = _found(request, pk)
    form = forms.SkipForm(request.POST, user=request.user, act="slot_skip", subject=row)
    if not form.is_valid():
        raise doors.Refused(_("Isi tanggal dan alasannya."))
    data = form.cleaned_data
    timetable.skip(slot=row, on=data["on"], reason=data["reason"], by=request.user, key=data["form_key"])
    messages.success(request, _("Tanggal itu dilewati."))
    return redirect("services:slot", pk)


@doors.roles(*session_permissions.PLANNERS, methods=FORM)
def holidays(request: HttpRequest) -> HttpResponse:
    upt = request.user.institution
    form = forms.HolidayForm(fetch.posted(request), user=request.user, act="holiday_new", subject=upt)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        made = tried(
            form,
            timetable.add_holiday,
            institution=upt,
            on=data["on"],
            name=data["name"],
            by=request.user,
            key=data["form_key"],
        )
        if made:
            messages.success(request, _("%s dicatat libur.") % made.name)
            return redirect("services:holidays")
    rows = Holiday.objects.filter(institution=upt).order_by("-on")[:100]
    lines = [(row, PressForm(user=request.user, act="holiday_remove", subject=row)) for row in rows]
    context = {"form": form, "rows": lines, "crumbs": [(_("Jadwal"), reverse("services:timetable")), (_("Libur"), "")]}
    return render(request, "services/holidays.html", context, status=422 if form.is_bound else 200)


@doors.roles(*session_permissions.PLANNERS, methods=("POST",))
def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = Holiday.objects.filter(institution=request.user.institution, pk=pk).select_related("institution").first()
    if row is None:
        raise Http404(_("Hari libur tidak ditemukan."))
    form = PressForm(request.POST, user=request.user, act="holiday_remove", subject=row)
    if not form.is_valid():
        raise doors.Refused(_("Buka lagi halaman hari libur, lalu tekan tombolnya sekali lagi."))
    timetable.remove_holiday(holiday=row, by=request.user, key=form.cleaned_data["form_key"])
    messages.success(request, _("Bukan hari libur lagi."))
    return redirect("services:holidays")


def _found(request: HttpRequest, pk: int) -> Slot:
    rows = Slot.objects.filter(institution=request.user.institution, pk=pk)
    found = rows.select_related("activity", "institution", "leader").prefetch_related("chosen").first()
    if found is None:
        raise Http404(_("Jadwal tidak ditemukan."))
    return found


def _back_to_week(request: HttpRequest, row: Slot) -> HttpResponse:
    messages.success(request, _("Jadwal %s disimpan.") % row)
    day = max(row.since_on, row.institution.today())
    return redirect(f"{reverse('services:timetable')}?tanggal={day:%Y-%m-%d}")
