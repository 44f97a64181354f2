"""Handing a worker's cases over, for good or to a substitute."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from accounts.views import tabs
from cases import registry
from cases.models import Case
from rehsos import doors
from services import handing_over
from services.acts import case_subject
from services.forms.base import tried
from services.forms.handover import FromForm, HandOverForm
from services.views import fetch


@doors.roles(Role.SUPERVISOR, Role.HEAD, methods=("GET", "POST"))
def handover(request: HttpRequest) -> HttpResponse:
    """Choose whose cases, look at them, choose who takes them."""
    choice = FromForm(request.GET if "dari" in request.GET else None, user=request.user)
    worker = choice.cleaned_data["dari"] if choice.is_bound and choice.is_valid() else None
    if worker is None:
        context = {"choice": choice, "tabs": tabs.of(request, "services:handover")}
        return render(request, "services/handover.html", context)
    form = HandOverForm(fetch.posted(request), user=request.user, act="handover", subject=worker, from_worker=worker)
    if request.method == "POST" and form.is_valid() and (count := _given(request, form, worker)):
        messages.success(request, _("%(count)d kasus diserahkan.") % {"count": count})
        return redirect("services:handover")
    return _shown(request, choice, form, worker)


def _given(request: HttpRequest, form: HandOverForm, worker: User) -> int | None:
    data = form.cleaned_data
    return tried(
        form,
        handing_over.hand_over,
        from_worker=worker,
        to_worker=data["to_worker"],
        until_on=data["until_on"],
        by=request.user,
        key=data["form_key"],
    )


def _shown(request: HttpRequest, choice: FromForm, form: HandOverForm, worker: User) -> HttpResponse:
    in_sight = Case.objects.visible_to(request.user)
    held = registry.caseload(worker, request.user.institution)
    cases = list(in_sight.filter(pk__in=held).select_related("client").order_by("opened_on", "pk"))
    fetch.seen(request, "handover", map(case_subject, cases))
    context = {
        "choice": choice,
        "form": form,
        "worker": worker,
        "cases": cases,
        "tabs": tabs.of(request, "services:handover"),
    }
    return render(request, "services/handover.html", context, status=422 if form.is_bound else 200)
