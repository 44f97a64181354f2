"""Acts on somebody's account that need a reason: close it, open it, take the password or the code back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts import authority, duties, staffing
from accounts.enums import Role
from accounts.forms.keyed import tried
from accounts.forms.staff import ReasonForm
from accounts.models import User
from accounts.views import fetch, links
from rehsos import doors


@dataclass(frozen=True)
class Act:
    """The words of one act and the function that does it."""

    name: str
    title: str
    lead: str
    done: str
    do: Callable[..., User]


DEACTIVATE = Act(
    "deactivate",
    _("Nonaktifkan akun"),
    _("Orang ini langsung keluar dari aplikasi dan tidak dapat masuk lagi. Tulisannya tetap atas namanya."),
    _("Akun %s sudah nonaktif."),
    staffing.deactivate,
)
REACTIVATE = Act(
    "reactivate",
    _("Aktifkan lagi"),
    _("Orang ini dapat masuk lagi dengan peran yang masih berlaku. Periksa perannya sesudah ini."),
    _("Akun %s aktif lagi."),
    staffing.reactivate,
)
PASSWORD = Act(
    "reset_password",
    _("Hapus kata sandi"),
    _("Kata sandi lama tidak berlaku lagi dan semua sesinya berakhir. Anda mendapat tautan sekali pakai."),
    _("Kata sandi %s sudah dihapus."),
    staffing.reset_password,
)
CODE = Act(
    "reset_second_factor",
    _("Hapus kode masuk"),
    _("Untuk ponsel yang hilang atau rusak. Pastikan dahulu bahwa yang meminta memang orangnya."),
    _("Kode masuk %s sudah dihapus; ia diminta mengaktifkannya lagi."),
    staffing.reset_second_factor,
)


@doors.roles(*authority.MANAGERS, methods=fetch.FORM)
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, fetch.person(request, pk), DEACTIVATE)


@doors.roles(*authority.MANAGERS, methods=fetch.FORM)
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, fetch.person(request, pk), REACTIVATE)


@doors.roles(*authority.MANAGERS, methods=fetch.FORM)
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, fetch.person(request, pk), PASSWORD)


@doors.roles(Role.ADMINISTRATOR, methods=fetch.FORM)
def reset_code(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, fetch.person(request, pk), CODE)


def _page(request: HttpRequest, person: User, act: Act) -> HttpResponse:
    user = request.user
    form = ReasonForm(fetch.posted(request), user=user, act=act.name, subject=person, version=person.version)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        reason, version, key = data["reason"], data["version"], data["form_key"]
        if tried(form, act.do, person=person, reason=reason, by=user, version=version, key=key):
            messages.success(request, act.done % person.full_name)
            return links.to_link(request, person) if act is PASSWORD else redirect("accounts:staff", person.pk)
    context = {
        "act": act,
        "form": form,
        "person": person,
        "why_not": authority.why_not_manage(user, person),
        "left": duties.of(person) if act is DEACTIVATE else [],
        "may_hand_over": user.has_role(Role.HEAD, Role.SUPERVISOR),
    }
    return render(request, "accounts/staff_act.html", context, status=422 if form.is_bound else 200)
