"""Mutasi: the sender proposes and may take back; the receiver reads the package while it is offered, and answers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from cases.models import Case
from rehsos import doors
from services import offers, register, transitions
from services.acts import case_subject
from services.enums import TransferState
from services.forms.base import KeyedForm, tried
from services.forms.transfers import AcceptForm, ProposeTransferForm, RefuseForm, RevokeForm
from services.models import Transfer
from services.pages import links, reader
from services.pages import transfers as pages
from services.pages.box import Desk
from services.situation import Situation
from services.views import fetch, readers

ACT, FORM = ("POST",), ("GET", "POST")
LISTED = 50
DECIDING = (Role.SUPERVISOR, Role.HEAD)


@doors.roles(*readers.CASES, methods=FORM)
def transfer_new(request: HttpRequest, number: str) -> HttpResponse:
    """The page of a case's transfers, where one is proposed."""
    case = fetch.case(request, number, "transfer_new")
    if request.method != "POST":
        return _of_case(request, case)
    form = _bound(request, ProposeTransferForm, "transfer", case)
    if form.is_valid():
        data = form.cleaned_data
        asked = tried(
            form,
            transitions.propose_transfer,
            case=case,
            receiver=data["receiver"],
            reason=data["reason"],
            by=request.user,
            version=data["version"],
            key=data["form_key"],
        )
        if asked:
            messages.success(request, _("Mutasi diajukan kepada supervisor, lalu Kepala UPT."))
            return redirect("services:transfer_new", number)
    return _of_case(request, case, form)


@doors.roles(*DECIDING, methods=ACT)
def transfer_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """The sender takes an offer back."""
    transfer = _found(offers.outgoing(request.user), pk)
    form = _bound(request, RevokeForm, "revoke", transfer)
    if form.is_valid():
        data = form.cleaned_data
        values = {"reason": data["reason"], "key": data["form_key"]}
        if tried(form, transitions.revoke, transfer=transfer, by=request.user, **values):
            messages.success(request, _("Tawaran mutasi dibatalkan."))
            return redirect("services:transfer_new", transfer.case.number)
    return _of_case(request, transfer.case, form)


@doors.roles(*DECIDING)
def transfers(request: HttpRequest) -> HttpResponse:
    """What is offered to this UPT, and what it offers."""
    incoming = [pages.line(row) for row in offers.incoming(request.user)[:LISTED]]
    outgoing = [pages.line(row) for row in offers.outgoing(request.user)[:LISTED]]
    shown = [row["transfer"].case for row in outgoing]
    shown += [row["transfer"].case for row in incoming if row["transfer"].state == TransferState.SENT]
    fetch.seen(request, "transfers", dict.fromkeys(map(case_subject, shown)))
    return render(request, "services/transfers.html", {"incoming": incoming, "outgoing": outgoing})


@doors.roles(*DECIDING)
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """What the receiver reads of a case that is offered to it, and no longer."""
    return _package(request, _found(offers.waiting(request.user), pk))


@doors.roles(*DECIDING, methods=ACT)
def transfer_accept(request: HttpRequest, pk: int) -> HttpResponse:
    transfer = _found(offers.incoming(request.user), pk)
    form = _bound(request, AcceptForm, "accept", transfer)
    if form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("worker", "on", "note")}
        new = tried(form, transitions.accept, transfer=transfer, by=request.user, key=data["form_key"], **values)
        if new:
            messages.success(request, _("Klien diterima; kasus %s dibuka.") % new.number)
            return redirect("services:case", new.number)
    return _package(request, transfer, form)


@doors.roles(*DECIDING, methods=ACT)
def transfer_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    transfer = _found(offers.incoming(request.user), pk)
    form = _bound(request, RefuseForm, "refuse", transfer)
    if form.is_valid():
        data = form.cleaned_data
        values = {"reason": data["reason"], "key": data["form_key"]}
        if tried(form, transitions.refuse_transfer, transfer=transfer, by=request.user, **values):
            messages.success(request, _("Mutasi ditolak; UPT pengirim diberi tahu."))
            return redirect("services:transfers")
    return _package(request, transfer, form)


def _found(rows: Any, pk: int) -> Transfer:
    transfer = rows.filter(pk=pk).first()
    if transfer is None:
        raise Http404(_("Mutasi tidak ditemukan."))
    return transfer


def _bound(request: HttpRequest, make: type[KeyedForm], act: str, subject: object) -> KeyedForm:
    return make(request.POST, user=request.user, act=act, subject=subject, auto_id=f"{act}-%s")


def _of_case(request: HttpRequest, case: Case, refused: KeyedForm | None = None) -> HttpResponse:
    if refused:
        fetch.seen_case(request, case, "transfer_new")
    now = Situation(case, at_once=True)
    desk = Desk(now, reader.of(request.user, now), {refused.act: refused} if refused else None)
    made = list(offers.outgoing(request.user).filter(case=case))
    context = {
        "case": case,
        "offers": [pages.line(offer) for offer in made],
        "boxes": pages.beside(desk, made),
        "crumbs": [*links.crumbs(case), (_("Mutasi"), "")],
    }
    return render(request, "services/transfer_new.html", context, status=422 if refused else 200)


def _package(request: HttpRequest, transfer: Transfer, refused: KeyedForm | None = None) -> HttpResponse:
    """Identity, assessment, plan and the stages so far. Once the offer is answered or gone, nothing of it."""
    if transfer.state != TransferState.SENT:
        raise doors.Stale(_("Mutasi ini sudah tidak ditawarkan: %s.") % transfer.get_state_display().lower())
    case = transfer.case
    fetch.seen_case(request, case, "package")
    now = Situation(case, at_once=True)
    desk = Desk(now, reader.of(request.user, now), {refused.act: refused} if refused else None)
    context = {
        "transfer": transfer,
        "client": case.client,
        "told": pages.told(transfer, case),
        "sections": register.sections(case.client),
        "package": pages.package(now),
        "history": pages.history(now),
        "boxes": pages.answers(transfer, desk),
        "crumbs": [(_("Mutasi"), reverse("services:transfers")), (case.client.shown_name, "")],
    }
    return render(request, "services/package.html", context, status=422 if refused else 200)
