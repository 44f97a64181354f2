"""The page of an exit: the event, its berita acara, its endorsement; coming back, and undoing what was wrong."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.forms import compare
from cases.models import Case
from rehsos import clock, doors
from services import leftovers, transitions
from services.enums import Kind
from services.forms.base import KeyedForm, tried
from services.forms.exits import ComeBackForm, DepartForm, MinutesForm, ProposeExitForm, ReversalForm
from services.models import Departure
from services.pages import boxes, exit_boxes, exits, links, reader
from services.pages.box import Box, Desk
from services.situation import Situation
from services.views import fetch, readers, stage

ACT, FORM = ("POST",), ("GET", "POST")


@doors.roles(*readers.CASES, methods=FORM)
def leaving(request: HttpRequest, number: str) -> HttpResponse:
    """Where somebody's leaving is recorded, and what follows from it."""
    case = fetch.case(request, number, "leaving")
    if request.method != "POST":
        return _page(request, case)
    form = _bound(request, DepartForm, "depart", case, ways=exits.ways(Situation(case)))
    if form.is_valid():
        data = form.cleaned_data
        values = {name: data[name] for name in ("way", "left_on", "account")} | form.settled()
        departure = tried(form, transitions.depart, case=case, by=request.user, key=data["form_key"], **values)
        if departure:
            messages.success(request, _("Klien dicatat keluar %s.") % clock.spelled(departure.left_on))
            return redirect("services:leaving", number)
    return _page(request, case, form)


@doors.roles(*readers.CASES, methods=ACT)
def minutes(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "leaving")
    departure = exits.last(Situation(case))
    form = _bound(request, MinutesForm, "minutes", departure or case, row=exits.row_of(departure))
    if form.is_valid():
        data = form.cleaned_data
        act = {"values": form.content(), "version": data["version"], "key": data["form_key"]}
        try:
            saved = tried(form, transitions.write_minutes, case=case, by=request.user, **act)
        except doors.Stale as stale:
            return _overtaken(request, case, stale)
        if saved:
            messages.success(request, _("Berita acara keluar disimpan."))
            return redirect("services:leaving", number)
    return _page(request, case, form)


def _overtaken(request: HttpRequest, case: Case, stale: doors.Stale) -> HttpResponse:
    """409: somebody wrote the berita acara meanwhile. Both texts come back, and a form that knows of theirs."""
    now = Situation(case, at_once=True)
    stored = _minutes_form(Desk(now, reader.of(request.user, now), None), exits.last(now))
    if stored is None:
        raise stale
    about = {"row": now.exit, "version": stored.initial["version"]}
    mine = _bound(request, MinutesForm, "minutes", stored.subject, data=compare.renewed(request.POST, stored), **about)
    compare.overtaken(mine, stale)
    return _page(request, case, mine, differences=compare.differences(mine, stored), status=409)


@doors.roles(*readers.CASES, methods=ACT)
def propose(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "leaving")
    form = _bound(request, ProposeExitForm, "propose_exit", case, row=exits.row_of(exits.last(Situation(case))))
    if form.is_valid():
        data = form.cleaned_data
        asked = tried(
            form,
            transitions.propose_exit,
            case=case,
            reason=data["reason"],
            opens_aftercare=data.get("opens_aftercare", False),
            by=request.user,
            version=data["version"],
            key=data["form_key"],
        )
        if asked:
            messages.success(request, _("Pengesahan keluar diajukan kepada supervisor, lalu Kepala UPT."))
            return redirect("services:leaving", number)
    return _page(request, case, form)


@doors.roles(*readers.CASES, methods=ACT)
def come_back(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "leaving")
    form = _bound(request, ComeBackForm, "come_back", case, case=case)
    if form.is_valid():
        data = form.cleaned_data
        values = form.content()
        stay = tried(form, transitions.come_back, case=case, by=request.user, key=data["form_key"], **values)
        if stay:
            messages.success(request, _("Klien dicatat kembali %s.") % clock.spelled(stay.placed_on))
            return redirect("services:case", number)
    return _page(request, case, form)


@doors.roles(*readers.CASES, methods=ACT)
def reverse(request: HttpRequest, number: str) -> HttpResponse:
    case = fetch.case(request, number, "leaving")
    form = _bound(request, ReversalForm, "reverse", case)
    if form.is_valid():
        data = form.cleaned_data
        asked = tried(
            form,
            transitions.propose_reversal,
            case=case,
            reason=data["reason"],
            by=request.user,
            version=data["version"],
            key=data["form_key"],
        )
        if asked:
            messages.success(request, _("Pembatalan diajukan kepada supervisor, lalu Kepala UPT."))
            return redirect(links.stage(case, case.at))
    return stage.page(request, case, case.at, form)


def _bound(
    request: HttpRequest,
    make: type[KeyedForm],
    act: str,
    subject: object,
    data: QueryDict | None = None,
    **options: Any,
) -> KeyedForm:
    return make(data or request.POST, user=request.user, act=act, subject=subject, auto_id=f"{act}-%s", **options)


def _page(
    request: HttpRequest,
    case: Case,
    refused: KeyedForm | None = None,
    *,
    differences: list[compare.Difference] | None = None,
    status: int = 422,
) -> HttpResponse:
    """The page; with a refused form it is the answer to a POST, says why, and keeps what was typed."""
    if refused:
        fetch.seen_case(request, case, "leaving")
    now = Situation(case, at_once=True)
    desk = Desk(now, reader.of(request.user, now), {refused.act: refused} if refused else None)
    departure = exits.last(now)
    minutes_form, entry = _minutes_form(desk, departure), exit_boxes.depart(desk)
    beside = _beside(desk)
    context = {
        "case": case,
        "departure": departure,
        "told": exits.told(departure) if departure else [],
        "papers": exits.papers(now, departure, desk.reader) if departure and not departure.undone_at else [],
        "minutes_form": minutes_form,
        "differences": differences,
        "minutes": exits.facts(departure.minutes) if departure and hasattr(departure, "minutes") else [],
        "entry": entry,
        "left": leftovers.of_case(case.pk) if departure and not departure.undone_at else None,
        "is_held": exits.is_held(now),
        "boxes": beside,
        "decides": any(box.anchor == "putusan" for box in beside),
        "crumbs": [*links.crumbs(case), (_("Keluar"), "")],
    }
    return render(request, "services/leaving.html", context, status=status if refused else 200)


def _beside(desk: Desk) -> list[Box]:
    """What may be done about the exit; the work of the stage itself has its own page."""
    back = exit_boxes.come_back(desk)
    if desk.now.pending in (Kind.EXIT, Kind.REVERSAL):
        owed = "tunggakan"  # stands among the papers already
        return [*(box for box in boxes.boxes(desk, desk.now.stage) if box.anchor != owed), *back]
    return [*exit_boxes.reversal(desk), *back, *boxes.refused(desk)]


def _minutes_form(desk: Desk, departure: Departure | None) -> KeyedForm | None:
    """Open to the worker of the case until the exit is proposed."""
    if refused := desk.bound.pop("minutes", None):
        return refused
    if departure is None or not departure.is_open or desk.now.waiting or not desk.reader.is_worker:
        return None
    written = desk.now.minutes
    return MinutesForm(
        user=desk.reader.user,
        act="minutes",
        subject=departure,
        version=written.version if written else 0,
        auto_id="minutes-%s",
        instance=written,
        initial={} if written else {"on": desk.now.today, "place": desk.case.institution.name},
        row=desk.now.exit,
    )
