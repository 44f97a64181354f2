"""One's own work: record an activity, find it again by month, read it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Count, Prefetch, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from rehsos import doors
from services import places, recording, worktime
from services.acts import case_subject
from services.catalogue import CATALOGUE, DEFINITIONS
from services.forms.activity import ActivityForm
from services.forms.base import tried
from services.models import Activity, ActivityCase
from services.views import fetch, readers
from services.views.paging import page_of

KEPT = "activity"
CODES_KEPT = 5
PAGE = 50


@doors.roles(*readers.WORKLOG, methods=("GET", "POST"))
def activity_new(request: HttpRequest) -> HttpResponse:
    form = ActivityForm(
        fetch.posted(request),
        request.FILES or None,
        initial=_initial(request),
        user=request.user,
        act="activity_new",
        subject=request.user,
    )
    if form.is_bound and not form.finding and form.is_valid():
        activity = tried(
            form,
            recording.log_activity,
            code=form.cleaned_data["code"],
            by=request.user,
            on=form.cleaned_data["on"],
            cases=form.cleaned_data.get("cases", ()),
            bimbingan=form.cleaned_data["bimbingan"],
            values=form.details(),
            evidence=form.cleaned_data["evidence"],
            key=form.cleaned_data["form_key"],
        )
        if activity:
            _remember(request, form)
            messages.success(request, _("Tercatat: %s.") % CATALOGUE[activity.code].label)
            return redirect(_next(request))
    return _drawn(request, form)


def _drawn(request: HttpRequest, form: ActivityForm) -> HttpResponse:
    shown = form.fields["cases"].drawn if "cases" in form.fields else []
    fetch.seen(request, "activity_new", map(case_subject, shown))
    item = form.item
    kept = request.session.get(KEPT, {})
    context = {
        "form": form,
        "item": item,
        "where": places.where(item) if item else "",
        "definition": DEFINITIONS.lists[item.list_code] if item else "",
        "recent": [CATALOGUE[code] for code in kept.get("codes", ()) if code in CATALOGUE],
        "had_file": bool(request.FILES),
    }
    is_refused = form.is_bound and not form.finding
    return render(request, "services/activity_new.html", context, status=422 if is_refused else 200)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """Today, what was chosen last time, what the address brings; after "simpan & catat lagi" the day and the cases."""
    kept = request.session.get(KEPT, {})
    again = ("on", "method", "place", "cases") if "lagi" in request.GET else ("method", "place")
    return {
        "on": request.user.institution.today(),
        **{name: kept[name] for name in again if name in kept},
        **({"code": code} if (code := request.GET.get("kode", "")) in CATALOGUE else {}),
        **({"cases": numbers} if (numbers := request.GET.getlist("kasus")) else {}),
        **({"bimbingan": chosen} if (chosen := request.GET.getlist("bimbingan")) else {}),
    }


def _remember(request: HttpRequest, form: ActivityForm) -> None:
    data = form.cleaned_data
    codes = [data["code"], *request.session.get(KEPT, {}).get("codes", ())]
    request.session[KEPT] = {
        "on": data["on"].isoformat(),
        "method": data["method"],
        "place": data["place"],
        "cases": [case.number for case in data.get("cases", ())],
        "codes": list(dict.fromkeys(codes))[:CODES_KEPT],
    }


def _next(request: HttpRequest) -> str:
    """On with the next one, back to the case it was recorded from, or to one's worklog."""
    if request.POST.get("again"):
        return f"{reverse('services:activity_new')}?lagi=1"
    numbers = request.GET.getlist("kasus")
    case = len(numbers) == 1 and Case.objects.visible_to(request.user).filter(number=numbers[0]).first()
    return reverse("services:case", args=[case.number]) if case else reverse("services:activity_list")


@doors.roles(*readers.WORKLOG)
def activity_list(request: HttpRequest) -> HttpResponse:
    """One's own worklog of a month, with its sums by code."""
    user = request.user
    month = _month(request)
    done = Activity.objects.visible_to(user).filter(worktime.in_month(month), by=user)
    sums = _sums(done)
    code = request.GET.get("kode", "")
    shown = done.filter(code=code) if code in sums else done
    page = page_of(request, shown.prefetch_related("lines", _cases_in_sight(user)), PAGE)
    fetch.seen(request, "activity_list", {case_subject(link.case) for row in page for link in row.in_sight})
    number, minutes = sums.get(code, (sum(n for n, _m in sums.values()), sum(m for _n, m in sums.values())))
    context = {
        "month": month,
        "before": worktime.month_before(month),
        "after": worktime.month_after(month),
        "today": user.institution.today(),
        "page": page,
        "rows": [(row, CATALOGUE.get(row.code)) for row in page],
        "sums": [(CATALOGUE.get(key), key, *values) for key, values in sums.items()],
        "code": code if code in sums else "",
        "number": number,
        "minutes": minutes,
    }
    return render(request, "services/activity_list.html", context)


@doors.roles(*readers.WORKLOG)
def activity(request: HttpRequest, pk: int) -> HttpResponse:
    user = request.user
    rows = Activity.objects.visible_to(user).select_related("by", "evidence")
    found = rows.prefetch_related("lines", _cases_in_sight(user)).filter(pk=pk).first()
    if found is None:
        raise Http404(_("Kegiatan tidak ditemukan."))
    in_sight = [link.case for link in found.in_sight]
    fetch.seen(request, "activity", [fetch.activity_subject(found), *map(case_subject, in_sight)])
    item = CATALOGUE.get(found.code)
    context = {
        "activity": found,
        "item": item,
        "cases": in_sight,
        "hidden": found.links.count() - len(in_sight),
        "definition": DEFINITIONS.lists[item.list_code] if item else "",
        "where": places.where(item) if item and found.record_kind else "",
    }
    return render(request, "services/activity.html", context)


def _cases_in_sight(user: User) -> Prefetch:
    """Links to the cases a reader may see; of others only their number may be told."""
    rows = ActivityCase.objects.filter(case__in=Case.objects.visible_to(user)).select_related("case__client")
    return Prefetch("links", rows.defer("case__client__nik").order_by("case__client__folded_name"), "in_sight")


def _sums(done: Any) -> dict[str, tuple[int, int]]:
    """Number and minutes by code, in the order of the catalogue."""
    rows = done.order_by().values_list("code").annotate(Count("pk"), Sum("minutes"))
    found = {code: (number, minutes or 0) for code, number, minutes in rows}
    order = {code: place for place, code in enumerate(CATALOGUE)}
    return dict(sorted(found.items(), key=lambda pair: order.get(pair[0], len(order))))


def _month(request: HttpRequest) -> date:
    """The first day of the month asked for, as ``2026-07``; 404 for a month that no calendar has."""
    asked = request.GET.get("bulan")
    if not asked:
        return request.user.institution.today().replace(day=1)
    try:
        return worktime.month(asked)
    except ValueError as unknown:
        raise Http404(_("Bulan itu tidak ada. Tulis seperti 2026-07.")) from unknown
