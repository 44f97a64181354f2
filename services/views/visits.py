"""The page of a trip: several former clients in one entry."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services.acts import case_subject
from services.aftercare import visiting
from services.forms.base import tried
from services.forms.visits import TripForm
from services.views import fetch


@doors.roles(Role.SOCIAL_WORKER, methods=("GET", "POST"))
def trip_new(request: HttpRequest) -> HttpResponse:
    """Whose numbers stand in the address; without any, the page says where to choose them."""
    cases = _chosen(request)
    form = TripForm(
        fetch.posted(request),
        request.FILES or None,
        user=request.user,
        act="trip_new",
        subject=",".join(case.number for case in cases) or "-",
        cases=cases,
    )
    if form.is_bound and form.is_valid():
        words = {"values": form.told(), "found": form.found(), "key": form.cleaned_data["form_key"]}
        if tried(form, visiting.record_trip, by=request.user, **words):
            messages.success(request, _("Kunjungan tercatat; jadwal berikutnya dihitung ulang."))
            return redirect(_back(cases))
    fetch.seen(request, "trip_new", map(case_subject, cases))
    context = {"form": form, "cases": cases, "back": _back(cases), "most": visiting.MOST}
    return render(request, "services/aftercare/trip_new.html", context, status=422 if form.is_bound else 200)


def _chosen(request: HttpRequest) -> list[Case]:
    """One's own cases in aftercare, in the order of the address; one that is not in sight is not found."""
    numbers = list(dict.fromkeys(request.GET.getlist("kasus")))[: visiting.MOST + 1]
    rows = Case.objects.visible_to(request.user).assigned_to(request.user).filter(number__in=numbers)
    found = {case.number: case for case in rows.filter(stage=Stage.AFTERCARE).select_related("client", "institution")}
    if len(found) < len(numbers):
        raise Http404(_("Kasus tidak ditemukan."))
    return [found[number] for number in numbers]


def _back(cases: list[Case]) -> str:
    if len(cases) == 1:
        return reverse("services:case_aftercare", args=[cases[0].number])
    return reverse("services:aftercare")
