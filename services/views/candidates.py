"""Calon klien: their list by how far they are; and the way from a participant of outreach to a candidate."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from cases.models import Client
from rehsos import doors
from services import candidates, caseload, outreach_events, register
from services.acts import case_subject
from services.candidates import CandidateState
from services.forms.base import KeyedForm, tried
from services.models import OutreachParticipant
from services.pages import outreach as pages
from services.views import fetch, readers
from services.views.paging import page_of

OPENING = (Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.HEAD)


@doors.roles(*readers.CASES)
def candidate_list(request: HttpRequest) -> HttpResponse:
    user, today = request.user, request.user.institution.today()
    rows = candidates.of(user, today.year)
    counts = candidates.counts(rows)
    asked = request.GET.get("keadaan", "")
    shown = rows.filter(state=asked) if asked in CandidateState.values else rows.filter(closed_on__isnull=True)
    page = page_of(request, caseload.listed(shown, today).order_by("stage_since_on", "pk"))
    fetch.seen(request, "candidates", map(case_subject, page))
    context = {
        "tabs": pages.tabs("candidates"),
        "page": page,
        "rows": [(row, CandidateState(row.case.state)) for row in caseload.rows(page, today)],
        "chips": _chips(counts, asked),
        "asked": asked,
        "year": today.year,
        "ended": sum(counts.get(state, 0) for state in CandidateState.ended()),
    }
    return render(request, "services/outreach/candidates.html", context)


def _chips(counts: dict[str, int], asked: str) -> list[dict[str, Any]]:
    """Open ones first; those that ended this year apart."""
    open_ones = sum(number for state, number in counts.items() if state not in CandidateState.ended())
    found: list[dict[str, Any]] = [{"value": "", "label": _("Semua yang berjalan"), "number": open_ones}]
    found += [
        {"value": state.value, "label": state.label, "number": counts.get(state, 0)}
        for state in CandidateState
        if state != CandidateState.OTHER or counts.get(state)
    ]
    return [chip | {"is_current": chip["value"] == asked} for chip in found]


class RecogniseForm(KeyedForm):
    """Who of the register a participant is."""

    number = forms.CharField(label=_("Nomor induk"), max_length=40, widget=forms.HiddenInput)


@doors.roles(*OPENING, methods=("GET", "POST"))
def candidate_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: on to the register where nobody is like them; else first say whether it is one of these."""
    one = participant(request, pk)
    if request.method != "POST" and one.client:
        return onwards(one.client, one)
    form = RecogniseForm(fetch.posted(request), user=request.user, act="outreach_candidate", subject=one)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        words = {"number": data["number"], "by": request.user, "key": data["form_key"]}
        if done := tried(form, candidates.recognise, participant=one, **words):
            messages.success(request, _("%s dikenali di register.") % done.name)
            return onwards(done.client, done)
    alike = register.alike(request.user, name=one.name, birth_on=None, nik="")
    registering = f"{reverse('services:client_new')}?peserta={one.pk}"
    if not alike and not form.is_bound:
        return redirect(registering)
    shown = [fetch.client_subject(row.client) for row in alike if row.client]
    fetch.seen(request, "outreach_candidate", [outreach_events.person(one), *shown])
    context = {"one": one, "alike": alike, "form": form, "registering": registering}
    return render(request, "services/outreach/candidate_new.html", context, status=422 if form.is_bound else 200)


def participant(request: HttpRequest, pk: int) -> OutreachParticipant:
    """A participant whose name the reader may see, else 404."""
    rows = OutreachParticipant.objects.visible_to(request.user).filter(pk=pk)
    found = rows.select_related("event__by", "event__programme", "client", "case").first()
    if found is None:
        raise Http404(_("Peserta tidak ditemukan."))
    return found


def participant_asked(request: HttpRequest, client: Client | None = None) -> OutreachParticipant | None:
    """Whom the address says a form is about; not somebody who is another client, or has their case already."""
    asked = request.GET.get("peserta", "")
    if not asked.isdecimal() or len(asked) > 18:
        return None
    found = participant(request, int(asked))
    if found.struck_at or found.client != client or found.case_id:
        # a form sent again is answered by its key
        return found if request.method == "POST" and found.client_id and client in (None, found.client) else None
    fetch.seen(request, "outreach_candidate", [outreach_events.person(found)])
    return found


def onwards(client: Client, one: OutreachParticipant | None) -> HttpResponse:
    """After the register: to the client; from outreach on to the case that makes a candidate."""
    if one is None:
        return redirect("services:client", client.number)
    if one.case:
        return redirect("services:case", one.case.number)
    return redirect(f"{reverse('services:case_new', args=[client.number])}?peserta={one.pk}")
