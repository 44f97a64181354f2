"""Sosialisasi: what took place outside, and who came."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rehsos import doors
from services import outreach, outreach_events
from services.forms.base import tried
from services.forms.outreach import MOST_ROWS, ROWS, EventForm, PeopleForm, StrikeForm
from services.models import OutreachEvent, OutreachParticipant
from services.models.outreach import OUTREACH
from services.outreach_enums import OutreachKind
from services.pages import outreach as pages
from services.views import candidates, fetch
from services.views.paging import page_of

FORM, ACT = ("GET", "POST"), ("POST",)


@doors.roles(*OUTREACH)
def events(request: HttpRequest) -> HttpResponse:
    today = request.user.institution.today()
    asked = {name: request.GET.get(name, "") for name in ("jenis", "tahun", "hanya")}
    found = OutreachEvent.objects.visible_to(request.user)
    if asked["tahun"].isdecimal() and len(asked["tahun"]) == 4 and asked["tahun"] > "1900":
        found = found.filter(on__year=int(asked["tahun"]))
    if asked["hanya"] == "calon":
        waiting = OutreachParticipant.objects.standing().filter(is_prospect=True, client__isnull=True)
        found = found.filter(pk__in=waiting.values("event"))
    rows = found.filter(code=asked["jenis"]) if asked["jenis"] in OutreachKind.values else found
    standing = Q(participants__struck_at__isnull=True)
    rows = (
        rows.select_related("by", "programme")
        .order_by("-on", "-pk")
        .annotate(
            names=Count("participants", filter=standing),
            prospects=Count("participants", filter=standing & Q(participants__is_prospect=True)),
        )
    )
    context = {
        "tabs": pages.tabs("outreach"),
        "page": page_of(request, rows),
        "figures": pages.figures(request.user, today),
        "chips": pages.chips(found, asked),
        "is_narrowed": any(asked.values()),
    }
    return render(request, "services/outreach/events.html", context)


@doors.roles(*OUTREACH, methods=FORM)
def event_new(request: HttpRequest) -> HttpResponse:
    user = request.user
    initial = {
        "on": user.institution.today(),
        "code": request.GET.get("butir"),
        "programme": request.GET.get("program"),
    }
    data, files = fetch.posted(request), request.FILES or None
    form = EventForm(data, files, initial=initial, user=user, act="outreach_new", subject=user)
    if form.is_bound and form.is_valid():
        found = tried(
            form,
            outreach_events.record,
            values=form.values(),
            evidence=form.cleaned_data["evidence"],
            by=user,
            key=form.cleaned_data["form_key"],
        )
        if found:
            messages.success(request, _("Tercatat sebagai kegiatan %s. Tulis siapa yang hadir, bila ada.") % found.code)
            return redirect("services:outreach_event", found.pk)
    context = {"tabs": pages.tabs("outreach"), "form": form, "had_file": bool(request.FILES)}
    return render(request, "services/outreach/event_new.html", context, status=422 if form.is_bound else 200)


@doors.roles(*OUTREACH)
def event(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _fetched(request, pk))


def _fetched(request: HttpRequest, pk: int) -> OutreachEvent:
    rows = OutreachEvent.objects.visible_to(request.user).select_related("by", "programme", "evidence")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404(_("Kegiatan tidak ditemukan."))
    return found


def _page(request: HttpRequest, found: OutreachEvent, refused: StrikeForm | None = None) -> HttpResponse:
    people = _in_sight(request, found)
    standing = [one for one in people if not one.struck_at]
    fetch.seen(request, "outreach_event", map(outreach_events.person, people))
    context = {
        "tabs": pages.tabs("outreach"),
        "event": found,
        "rows": [(one, _strike_form(request, one, refused)) for one in standing],
        "may_open": request.user.has_role(*candidates.OPENING),
        "struck": [one for one in people if one.struck_at],
        "evidence": found.evidence if outreach.may_read_names(request.user, found) else None,
        "hidden": found.participants.standing().count() - len(standing),
    }
    return render(request, "services/outreach/event.html", context, status=422 if refused else 200)


def _in_sight(request: HttpRequest, found: OutreachEvent) -> list[OutreachParticipant]:
    rows = OutreachParticipant.objects.visible_to(request.user).filter(event=found)
    return list(rows.select_related("by", "client", "case", "struck_by").defer("client__nik"))


def _strike_form(request: HttpRequest, one: OutreachParticipant, refused: StrikeForm | None) -> StrikeForm | None:
    if one.client_id:
        return None
    if refused and refused.subject == one:
        return refused
    return StrikeForm(user=request.user, act="outreach_strike", subject=one, auto_id=f"strike-{one.pk}-%s")


@doors.roles(*OUTREACH, methods=FORM)
def participants_new(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetched(request, pk)
    asked = request.GET.get("baris", "")
    rows = min(int(asked), MOST_ROWS) if asked.isdecimal() and len(asked) < 3 else ROWS
    form = PeopleForm(fetch.posted(request), user=request.user, act="outreach_participants", subject=found, rows=rows)
    if form.is_bound and form.is_valid():
        made = tried(
            form,
            outreach_events.add_participants,
            event=found,
            people=form.people(),
            by=request.user,
            key=form.cleaned_data["form_key"],
        )
        if made:
            messages.success(request, _("%d peserta ditulis.") % len(made))
            return redirect("services:outreach_event", found.pk)
    context: dict[str, Any] = {"event": found, "form": form, "more": min(len(form.rows) + 5, MOST_ROWS)}
    return render(request, "services/outreach/participants.html", context, status=422 if form.is_bound else 200)


@doors.roles(*OUTREACH, methods=ACT)
def participant_strike(request: HttpRequest, pk: int) -> HttpResponse:
    one = candidates.participant(request, pk)
    form = StrikeForm(
        request.POST, user=request.user, act="outreach_strike", subject=one, auto_id=f"strike-{one.pk}-%s"
    )
    if form.is_valid():
        data = form.cleaned_data
        if tried(
            form,
            outreach_events.strike,
            participant=one,
            because=data["because"],
            by=request.user,
            key=data["form_key"],
        ):
            messages.success(request, _("Nama dicoret; catatannya tetap tersimpan."))
            return redirect("services:outreach_event", one.event_id)
    return _page(request, one.event, form)
