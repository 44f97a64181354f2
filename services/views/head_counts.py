"""Apel: the counts so far, a new one, one of them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rehsos import clock, doors, formatting
from services import head_counts, roster
from services.acts import case_subject
from services.enums import RollCall
from services.forms.base import tried
from services.forms.daily import HeadCountForm
from services.models import HeadCount
from services.pages import daily as pages
from services.views import fetch, readers
from services.views.paging import page_of

PAGE = 30
# From which hour on a roll-call is the usual one.
USUAL = ((19, RollCall.NIGHT), (15, RollCall.EVENING), (11, RollCall.NOON), (0, RollCall.MORNING))


@doors.roles(*readers.WORKLOG)
def head_counts_list(request: HttpRequest) -> HttpResponse:
    rows = HeadCount.objects.visible_to(request.user).select_related("by")
    context = {
        "tabs": pages.tabs(request.user, "head_counts"),
        "page": page_of(request, rows, PAGE),
        "houses": roster.houses(request.user),
    }
    return render(request, "services/daily/head_counts.html", context)


@doors.roles(*readers.WORKLOG, methods=("GET", "POST"))
def head_count_new(request: HttpRequest) -> HttpResponse:
    user, today = request.user, request.user.institution.today()
    house = request.GET.get("asrama", "")
    rows = roster.residents(user, today, house=house, with_alerts=False)
    here = [row for row in rows if row.is_here]
    form = HeadCountForm(
        fetch.posted(request),
        user=user,
        act="head_count_new",
        subject=f"house:{house}",
        residents=rows,
        initial={"on": today, "roll_call": _usual()},
    )
    if form.is_bound and form.is_valid() and (row := _signed(request, form, house)):
        messages.success(request, _("Apel ditandatangani: %(counted)d dari %(expected)d.") % row.__dict__)
        return redirect("services:head_count", row.pk)
    fetch.seen(request, "head_count_new", [case_subject(row.case) for row in rows])
    context = {
        "tabs": pages.tabs(user, "head_counts"),
        "form": form,
        "house": house,
        "houses": roster.houses(user),
        "expected": len(here),
        "away": [row for row in rows if not row.is_here],
        "here": here,
    }
    return render(request, "services/daily/head_count_new.html", context, status=422 if form.is_bound else 200)


def _usual() -> str:
    hour = formatting.local(clock.now()).hour
    return next(roll_call for since, roll_call in USUAL if hour >= since)


def _signed(request: HttpRequest, form: HeadCountForm, house: str) -> Any:
    data = form.cleaned_data
    return tried(
        form,
        head_counts.count,
        on=data["on"],
        roll_call=data["roll_call"],
        house=house,
        counted=data["counted"],
        missing=data["missing"],
        note=data["note"],
        by=request.user,
        key=data["form_key"],
    )


@doors.roles(*readers.WORKLOG)
def head_count(request: HttpRequest, pk: int) -> HttpResponse:
    found = HeadCount.objects.visible_to(request.user).select_related("by").filter(pk=pk).first()
    if found is None:
        raise Http404(_("Apel tidak ditemukan."))
    missing = list(found.missing.select_related("case__client").order_by("case__client__folded_name"))
    fetch.seen(request, "head_count", [case_subject(stay.case) for stay in missing])
    context = {"tabs": pages.tabs(request.user, "head_counts"), "count": found, "missing": missing}
    return render(request, "services/daily/head_count.html", context)
