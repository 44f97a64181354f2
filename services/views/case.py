"""The pages of a case: summary, stages, notes, plan, trail; and who works on it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.enums import Role
from audit import trail
from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services import handing_over
from services.catalogue import CATALOGUE, DEFINITIONS
from services.forms.acts import AssignForm
from services.forms.base import tried
from services.models import Activity, PlanConsent, Session
from services.pages import (
    exits,
    links,
    next_step,
    notices,
    panels,
    plan,
    programme_tab,
    reader,
    scores,
    stepper,
    timeline,
    trail_words,
    transfers,
)
from services.situation import Situation
from services.views import fetch, readers

LATEST = 8  # notes on the summary
PAGE = 30


@doors.roles(*readers.CASES)
def case(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.case(request, number, "case")
    context = around(request, found, "case")
    now: Situation = context["now"]
    rows = _activities(found)[:LATEST]
    beside = [event for event in timeline.events(now) if not rows or event["on"] >= rows[len(rows) - 1].on]
    told = scores.moments(found)
    context |= {
        "step": next_step.box(now, context["reader"]),
        "entries": timeline.notes(rows, beside)[:LATEST],
        "goals": plan.goals(now),
        "radar": scores.then_and_now(told),
        "progress": scores.over_time(told),
        "requests": list(reversed(now.requests))[:5],
        "exit_url": exits.entry_url(now, request.user),
        "transfer_url": transfers.entry_url(now, context["reader"]),
    }
    return render(request, "services/case.html", context)


@doors.roles(*readers.CASES)
def case_stages(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.case(request, number, "case_stages")
    context = around(request, found, "case_stages")
    context["stages"] = [_stage_line(context["now"], stage) for stage in Stage]
    return render(request, "services/case_stages.html", context)


@doors.roles(*readers.CASES)
def case_notes(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.case(request, number, "case_notes")
    context = around(request, found, "case_notes")
    code = request.GET.get("kode", "")
    rows = _activities(found).filter(code=code) if code in CATALOGUE else _activities(found)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    beside = [] if code in CATALOGUE else _events_beside(page, context["now"])
    context |= {
        "page": page,
        "entries": timeline.notes(page, beside),
        "item": CATALOGUE.get(code),
        "log_url": links.log(found, code if code in CATALOGUE else ""),
    }
    return render(request, "services/case_notes.html", context)


@doors.roles(*readers.CASES)
def case_plan(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.case(request, number, "case_plan")
    context = around(request, found, "case_plan")
    now: Situation = context["now"]
    context |= {
        "goals": plan.goals(now),
        "consents": [panels.card(row) for row in now.records_of(PlanConsent)],
        "stage_url": links.stage(found, Stage.PLANNING),
        "is_ahead": now.stage.position < Stage.PLANNING.position,
    }
    return render(request, "services/case_plan.html", context)


@doors.roles(*readers.CASES)
def case_sessions(request: HttpRequest, number: str) -> HttpResponse:
    """What was planned beside what was delivered, by bimbingan, by week, session by session."""
    found = fetch.case(request, number, "case_sessions")
    context = around(request, found, "case_sessions")
    context |= programme_tab.of(context["now"], request.user)
    page = Paginator(context["met"], PAGE).get_page(request.GET.get("page"))
    in_sight = Session.objects.visible_to(request.user).filter(pk__in=[met.session.pk for met in page])
    context |= {
        "page": page,
        "entries": programme_tab.entries(page, request.user, set(in_sight.values_list("pk", flat=True))),
    }
    return render(request, "services/case_sessions.html", context)


@doors.roles(*readers.CASES)
def case_trail(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.case(request, number, "case_trail")
    context = around(request, found, "case_trail")
    is_access = request.GET.get("bagian") == "pembacaan"
    rows = trail.accesses_for("case", found.pk) if is_access else trail.entries_for("case", found.pk)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    words = trail_words.access if is_access else trail_words.entry
    context |= {"page": page, "rows": [words(row) for row in page], "is_access": is_access}
    return render(request, "services/case_trail.html", context)


@doors.roles(Role.SUPERVISOR, Role.HEAD, methods=("GET", "POST"))
def case_assign(request: HttpRequest, number: str) -> HttpResponse:
    found = fetch.case(request, number, "case_assign")
    form = AssignForm(fetch.posted(request), user=request.user, act="assign", subject=found, case=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        row = tried(
            form,
            handing_over.assign,
            case=found,
            worker=data["worker"],
            only=data["only"],
            by=request.user,
            key=data["form_key"],
        )
        if row:
            messages.success(request, _("%s menangani kasus ini.") % row.worker.full_name)
            return redirect("services:case", number)
    if form.is_bound:
        fetch.seen_case(request, found, "case_assign")
    context = {
        "case": found,
        "form": form,
        "assignments": found.assignments.select_related("worker", "assigned_by").order_by("-since_on", "-pk"),
        "today": found.institution.today(),
        "crumbs": [*links.crumbs(found), (_("Pekerja sosial"), "")],
    }
    return render(request, "services/case_assign.html", context, status=422 if form.is_bound else 200)


def around(request: HttpRequest, found: Case, tab: str) -> dict[str, Any]:
    """What surrounds every tab of a case."""
    now = Situation(found, at_once=True)
    by = reader.of(request.user, now)
    client = found.client
    return {
        "case": found,
        "client": client,
        "now": now,
        "reader": by,
        "age": client.age_on(now.today),
        "days": (now.today - found.opened_on).days + 1,
        "place": next((stay.place for stay in reversed(now.stays) if not stay.left_on), ""),
        "origin": ", ".join(filter(None, [client.get_district_display(), client.get_regency_display()])),
        "category": client.categories.first(),
        "steps": stepper.steps(now),
        "notices": notices.of(now),
        "tabs": _tabs(found, tab),
        "crumbs": [(_("Kasus"), reverse("services:case_list")), (found.number, "")],
        "log_url": links.log(found),
    }


def _tabs(found: Case, tab: str) -> list[dict[str, Any]]:
    """The papers of a case are of an app above this one, so their page is known by name only."""
    words = {
        "services:case": _("Ringkasan"),
        "services:case_stages": _("Tahap"),
        "services:case_notes": _("Catatan"),
        "services:case_plan": _("Rencana"),
        "services:case_work": _("Perorangan"),
        "services:case_sessions": _("Bimbingan"),
        "services:case_daily": _("Harian"),
        "services:case_deposits": _("Titipan"),
        "services:case_referrals": _("Rujukan"),
        "services:case_documents": _("Dokumen & foto"),
        "reports:case_papers": _("Surat"),
        "services:case_trail": _("Jejak"),
    }
    if found.at == Stage.AFTERCARE:
        words["services:case_aftercare"] = _("Bimbingan lanjut")
    return [
        {"url": reverse(name, args=[found.number]), "label": label, "is_current": name.partition(":")[2] == tab}
        for name, label in words.items()
    ]


def _activities(found: Case) -> Any:
    return Activity.objects.filter(links__case=found).select_related("by").order_by("-on", "-pk")


def _events_beside(page: Any, now: Situation) -> list[timeline.Entry]:
    """The events that belong between the activities of this page; the outermost pages take what lies beyond."""
    rows = list(page)
    newest = rows[0].on if rows and page.has_previous() else None
    oldest = rows[-1].on if rows and page.has_next() else None
    return [
        event
        for event in timeline.events(now)
        if (newest is None or event["on"] < newest) and (oldest is None or event["on"] >= oldest)
    ]


def _stage_line(now: Situation, stage: Stage) -> dict[str, Any]:
    began, ended = stepper.span(now, stage)
    is_now = stage == now.stage
    return {
        "stage": stage,
        "began": began,
        "ended": None if is_now else ended,
        "is_now": is_now,
        "is_past": stage.position < now.stage.position,
        "url": links.stage(now.case, stage),
        "definition": DEFINITIONS.stages[stage],
        "pdf_url": links.stage_pdf(now.case, stage) if stepper.is_reached(now, stage) else "",
    }
