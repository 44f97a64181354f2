"""What one person did and whose files they read: one's own, and for the head that of the UPT's staff."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts import told
from accounts.enums import Role
from accounts.models import User
from accounts.views import fetch as accounts
from audit import trail
from rehsos import doors
from services.forms.person_trail import READINGS, PersonTrailFilter
from services.pages import person_trail as pages
from services.views import fetch
from services.views.paging import page_of

PAGE = 100


@doors.signed_in
def own_trail(request: HttpRequest) -> HttpResponse:
    """One's own acts and readings, wherever one worked."""
    context = _lines(request, request.user, {})
    return render(request, "services/person_trail.html", {**context, "is_own": True, "title": _("Jejak saya")})


@doors.roles(Role.HEAD, Role.ADMINISTRATOR)
def person_trail(request: HttpRequest, pk: int) -> HttpResponse:
    """The head sees what happened in their UPT; the administrator acts on accounts alone, for those name no client."""
    person = accounts.person(request, pk)
    is_head = request.user.has_role(Role.HEAD)
    fetch.seen(request, "person_trail", [told.of(person)])
    where = {"institution_id": request.user.institution.pk} if is_head else {"verb__in": list(told.VERBS)}
    context = _lines(request, person, where, of_accounts=not is_head)
    title = _("Jejak %s") % person.full_name
    return render(request, "services/person_trail.html", {**context, "may_open_cases": is_head, "title": title})


def _lines(request: HttpRequest, person: User, where: dict[str, Any], of_accounts: bool = False) -> dict[str, Any]:
    is_reading = request.GET.get("bagian") == READINGS and not of_accounts
    form = PersonTrailFilter(request.GET, is_reading=is_reading, of_accounts=of_accounts)
    rows: QuerySet[Any] = trail.accesses_by(person.pk) if is_reading else trail.entries_by(person.pk)
    zone = request.user.institution.time_zone if request.user.institution else "UTC"
    rows = rows.filter(**where, **form.moments(zone))
    if form.kind:
        rows = rows.filter(**{"page" if is_reading else "verb": form.kind})
    page = page_of(request, rows, PAGE)
    return {
        "person": person,
        "form": form,
        "page": page,
        "days": pages.readings(page) if is_reading else pages.acts(page),
        "is_reading": is_reading,
        "of_accounts": of_accounts,
    }
