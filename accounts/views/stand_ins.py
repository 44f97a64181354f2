"""Stand-ins: who stands in for whom, a new order, the second person's confirmation, and the end before its day."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from accounts import standins
from accounts.acts import allow
from accounts.enums import Role, StandInKind, StandInState
from accounts.forms.keyed import KeyedForm, tried
from accounts.forms.staff import ReasonForm
from accounts.forms.stand_in import StandInForm
from accounts.mandates import READERS, StandIn
from accounts.views import fetch, tabs
from rehsos import doors

HERE = "accounts:stand_in_list"
SHOWN = 60
GROUPS = (
    ((StandInState.WAITING,), StandInState.WAITING.label),
    ((StandInState.IN_FORCE,), _("Berlaku hari ini")),
    ((StandInState.COMING,), StandInState.COMING.label),
    ((StandInState.OVER, StandInState.REVOKED), _("Sudah lewat atau dicabut")),
)


@doors.roles(*READERS, Role.ADMINISTRATOR)
def stand_in_list(request: HttpRequest) -> HttpResponse:
    """Waiting for a second person, in force, coming, past; the newest first."""
    rows = [(row, _acts(request, row)) for row in _rows(request)[:SHOWN]]
    context = {
        "groups": [
            (title, found)
            for states, title in GROUPS
            if (found := [(row, acts) for row, acts in rows if row.state in states])
        ],
        "kinds": standins.enterable(request.user),
        "shows_places": request.user.has_role(Role.ADMINISTRATOR),
        "tabs": tabs.of(request, HERE),
    }
    return render(request, "accounts/stand_in_list.html", context)


@doors.roles(Role.ADMIN_OFFICE, Role.HEAD, Role.SUPERVISOR, methods=fetch.FORM)
def stand_in_new(request: HttpRequest, kind: str) -> HttpResponse:
    user = request.user
    if kind not in StandInKind:
        raise Http404(_("Jenis pengganti ini tidak ada."))
    kind = StandInKind(kind)
    allow(standins.why_not_enter(user, kind))
    form = StandInForm(fetch.posted(request), user=user, act=f"stand_in_{kind}", subject=user.institution, kind=kind)
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data["form_key"]
        if row := tried(form, standins.enter, kind=kind, values=form.values(), by=user, key=key):
            messages.success(request, _entered(row))
            return redirect(HERE)
    context = {"form": form, "kind": kind}
    return render(request, "accounts/stand_in_new.html", context, status=422 if form.is_bound else 200)


@doors.roles(*READERS, Role.ADMINISTRATOR, methods=fetch.FORM)
def stand_in_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = _form(request, KeyedForm, "stand_in_confirm", row)
    if request.method == "POST" and form.is_valid():
        version, key = form.cleaned_data["version"], form.cleaned_data["form_key"]
        if tried(form, standins.confirm, stand_in=row, by=request.user, version=version, key=key):
            messages.success(request, _("%(post)s %(name)s dikonfirmasi.") % _named(row))
            return redirect(HERE)
    context = {"row": row, "form": form, "why_not": standins.why_not_confirm(request.user, row)}
    return render(request, "accounts/stand_in_confirm.html", context, status=422 if form.is_bound else 200)


@doors.roles(*READERS, Role.ADMINISTRATOR, methods=fetch.FORM)
def stand_in_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    form = _form(request, ReasonForm, "stand_in_revoke", row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = {"reason": data["reason"], "version": data["version"], "key": data["form_key"]}
        if tried(form, standins.revoke, stand_in=row, by=request.user, **told):
            messages.success(request, _("%(post)s %(name)s dicabut.") % _named(row))
            return redirect(HERE)
    context = {"row": row, "form": form, "why_not": standins.why_not_revoke(request.user, row)}
    return render(request, "accounts/stand_in_revoke.html", context, status=422 if form.is_bound else 200)


def _rows(request: HttpRequest) -> QuerySet[StandIn]:
    people = ("institution", "holder", "for_whom", "entered_by", "confirmed_by", "revoked_by")
    return StandIn.objects.visible_to(request.user).select_related(*people).order_by("-until_on", "-pk")


def _row(request: HttpRequest, pk: int) -> StandIn:
    """One in the reader's sight, else 404."""
    row = _rows(request).filter(pk=pk).first()
    if row is None:
        raise Http404(_("Pengganti tidak ditemukan."))
    return row


def _acts(request: HttpRequest, row: StandIn) -> dict[str, bool]:
    """What this reader may do with a row that is not over yet."""
    is_standing = row.revoked_at is None and row.until_on >= row.institution.today()
    return {
        "confirm": is_standing and row.needs_confirming and not standins.why_not_confirm(request.user, row),
        "revoke": is_standing and not standins.why_not_revoke(request.user, row),
    }


def _form(request: HttpRequest, make: type[KeyedForm], act: str, row: StandIn) -> KeyedForm:
    return make(fetch.posted(request), user=request.user, act=act, subject=row, version=row.version)


def _entered(row: StandIn) -> str:
    if row.needs_confirming:
        return _("%(post)s %(name)s dicatat; berlaku sesudah dikonfirmasi orang kedua.") % _named(row)
    return _("%(post)s %(name)s dicatat.") % _named(row)


def _named(row: StandIn) -> dict[str, str]:
    return {"post": row.post, "name": row.holder.full_name}
