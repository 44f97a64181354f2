"""The accounts of an institution: find one, make one, correct what papers print, give roles."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import authority, staffing, told
from accounts.enums import Role
from accounts.forms import compare
from accounts.forms.keyed import tried
from accounts.forms.staff import NewPersonForm, PersonForm, RolesForm, StaffFilter
from accounts.models import Institution, User
from accounts.views import fetch, links, tabs
from audit import trail
from rehsos import doors, navigation

PAGE = 50
PAST_SHOWN = 20


@doors.roles(*authority.MANAGERS)
def staff_list(request: HttpRequest) -> HttpResponse:
    form = StaffFilter(request.GET, user=request.user)
    people = _found(User.objects.visible_to(request.user), form)
    page = Paginator(people.prefetch_related("memberships__institution"), PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "shows_places": request.user.has_role(Role.ADMINISTRATOR),
        "tabs": tabs.of(request, "accounts:staff_list"),
    }
    return render(request, "accounts/staff_list.html", context)


@doors.roles(*authority.MANAGERS, methods=fetch.FORM)
def staff_new(request: HttpRequest) -> HttpResponse:
    user = request.user
    about = {"user": user, "act": "staff_new", "subject": user.institution}
    form = NewPersonForm(fetch.posted(request), initial=_asked(request), **about)
    if request.method == "POST" and form.is_valid():
        person = tried(
            form,
            staffing.create,
            username=form.cleaned_data["username"],
            values=form.person(),
            grants=form.grants(),
            by=user,
            key=form.cleaned_data["form_key"],
        )
        if person:
            messages.success(request, _("Akun %s sudah dibuat.") % person.full_name)
            return links.to_link(request, person)
    return render(request, "accounts/staff_new.html", {"form": form}, status=422 if form.is_bound else 200)


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What a link to the page asks for: a role in a UPT."""
    place = Institution.objects.filter(code=request.GET.get("tempat", "")).first()
    roles = {"roles": [request.GET["peran"]]} if request.GET.get("peran") in Role.values else {}
    return roles | ({"institution": place} if place else {})


@doors.roles(*authority.MANAGERS)
def staff(request: HttpRequest, pk: int) -> HttpResponse:
    person = fetch.person(request, pk)
    entries = trail.entries_for("user", person.pk).filter(verb__in=told.VERBS)[:PAST_SHOWN]
    context = {
        "person": person,
        "memberships": person.memberships.select_related("institution").order_by("pk"),
        "why_not": authority.why_not_manage(request.user, person),
        "is_coded": person.authenticator_set.exists(),
        "may_see_trail": request.user.has_role(Role.HEAD, Role.ADMINISTRATOR),
        "may_reset_code": request.user.has_role(Role.ADMINISTRATOR),
        "past": [(entry, told.VERBS[entry.verb]) for entry in entries],
    }
    return render(request, "accounts/staff.html", context)


@doors.roles(*authority.MANAGERS, methods=fetch.FORM)
def staff_edit(request: HttpRequest, pk: int) -> HttpResponse:
    person, user = fetch.person(request, pk), request.user

    def draw(data: QueryDict | None = None) -> PersonForm:
        return _person_form(user, fetch.person(request, pk), data)

    form = draw(fetch.posted(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        values, version, key = form.person(), data["version"], data["form_key"]
        saved, form = compare.tried_beside(
            form, draw, staffing.edit, person=person, values=values, by=user, version=version, key=key
        )
        if saved:
            messages.success(request, _("Data %s sudah diubah.") % person.full_name)
            return redirect(navigation.start_url(request) or reverse("accounts:staff", args=[person.pk]))
    context = {"form": form, "person": person}
    return render(request, "accounts/staff_edit.html", context, status=form.status)


def _person_form(user: User, person: User, data: QueryDict | None = None) -> PersonForm:
    initial = {name: getattr(person, name) for name in staffing.PERSON}
    return PersonForm(data, initial=initial, user=user, act="staff_edit", subject=person, version=person.version)


@doors.roles(*authority.MANAGERS, methods=fetch.FORM)
def staff_roles(request: HttpRequest, pk: int) -> HttpResponse:
    person, user = fetch.person(request, pk), request.user

    def draw(data: QueryDict | None = None) -> RolesForm:
        found = fetch.person(request, pk)
        rows = {"initial": _present(found, user), "form_kwargs": _choices(found, user)}
        return RolesForm(data, rows=rows, user=user, act="staff_roles", subject=found, version=found.version)

    form = draw(fetch.posted(request))
    if request.method == "POST" and form.is_valid():
        version, key = form.cleaned_data["version"], form.cleaned_data["form_key"]
        saved, form = compare.tried_beside(
            form, draw, staffing.set_roles, person=person, grants=form.grants(), by=user, version=version, key=key
        )
        if saved:
            messages.success(request, _("Peran %s sudah diubah.") % person.full_name)
            return redirect("accounts:staff", person.pk)
    why_not = authority.why_not_manage(user, person)
    context = {"form": form, "rows": form.rows, "person": person, "why_not": why_not}
    return render(request, "accounts/staff_roles.html", context, status=form.status)


def _found(people: QuerySet[User], form: StaffFilter) -> QuerySet[User]:
    form.is_valid()
    data = form.cleaned_data
    if words := data.get("q", "").strip():
        nip = words.replace(" ", "")
        people = people.filter(Q(name__icontains=words) | Q(username__icontains=words) | Q(nip=nip))
    if role := data.get("peran"):
        people = people.filter(pk__in=User.objects.filter(memberships__role=role))
    if place := data.get("tempat"):
        people = people.filter(pk__in=User.objects.filter(memberships__institution=place))
    if status := data.get("status"):
        people = people.filter(is_active=status == "aktif")
    return people.order_by("name", "pk")


def _present(person: User, user: User) -> list[dict]:
    rows = person.memberships.select_related("institution").order_by("pk")
    names = ("role", "institution", "since_on", "until_on")
    return [{name: getattr(row, name) for name in names} for row in rows if authority.is_within(user, row.institution)]


def _choices(person: User, user: User) -> dict:
    places = list(Institution.objects.all()) if user.has_role(Role.ADMINISTRATOR) else []
    return {"user": user, "places": places, "home": person.institution}
