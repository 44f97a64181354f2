"""One's own filters of the list of cases: keep the one in force under a name, use it, let it go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case
from rehsos import doors
from services import filters as case_filters
from services import saved
from services.filters import CASE_LIST, CaseFilter, chips
from services.forms.base import tried
from services.forms.saved import SavedFilterForm
from services.views import fetch, readers


@doors.roles(*readers.REGISTER, methods=("GET", "POST"))
def filters(request: HttpRequest) -> HttpResponse:
    """The filter in the address, to be named; and all that were named before."""
    user = request.user
    narrowed = CaseFilter(request.GET, Case.objects.none(), user=user)
    query = case_filters.kept(narrowed)
    form = SavedFilterForm(fetch.posted(request), user=user, act="filter_keep", subject=CASE_LIST)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        kept = tried(form, saved.keep, page=CASE_LIST, name=data["name"], query=query, by=user, key=data["form_key"])
        if kept:
            messages.success(request, _("Filter “%s” disimpan.") % kept.name)
            return redirect(f"{reverse(CASE_LIST)}?{kept.query}")
    context = {
        "form": form,
        "words": _words(query, user),
        "query": query,
        "saved": [(row, _words(row.query, user)) for row in user.saved_filters.filter(page=CASE_LIST)],
        "most": saved.MOST,
    }
    return render(request, "services/filters.html", context, status=422 if form.is_bound else 200)


@doors.roles(*readers.REGISTER, methods=("POST",))
def filter_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Let one go and come back to the others."""
    name = saved.drop(page=CASE_LIST, pk=pk, by=request.user)
    messages.success(request, _("Filter “%s” dihapus.") % name)
    return redirect("services:filters")


def _words(query: str, user: User) -> list[tuple[str, str]]:
    """A filter in words: label and value."""
    narrowed = CaseFilter(QueryDict(query), Case.objects.none(), user=user)
    narrowed.form.is_valid()
    return [(label, value) for label, value, _url in chips(narrowed.form, QueryDict())]
