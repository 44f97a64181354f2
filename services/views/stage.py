"""The page of one stage: what is done, what is written, who decided, and what this reader can do now."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services.catalogue import DEFINITIONS
from services.forms.base import KeyedForm
from services.models import Addendum
from services.pages import (
    before,
    boxes,
    checklist,
    editions,
    later_boxes,
    links,
    notices,
    panels,
    reader,
    stepper,
    timeline,
)
from services.pages.box import Desk
from services.situation import Situation
from services.views import fetch, readers


@doors.roles(*readers.CASES)
def stage(request: HttpRequest, number: str, stage: str) -> HttpResponse:
    return page(request, fetch.case(request, number, "stage"), fetch.stage(stage))


def page(request: HttpRequest, case: Case, home: Stage, refused: KeyedForm | None = None) -> HttpResponse:
    """The page; with a refused form it is the answer to a POST, says why, and keeps what was typed."""
    if refused:
        fetch.seen_case(request, case, "stage")
    now = Situation(case, at_once=True)
    by = reader.of(request.user, now)
    ticks = checklist.ticks(now, home, by)
    first, rest = checklist.folded(ticks)
    desk = Desk(now, by, {refused.act: refused} if refused else None)
    earlier = before.of(desk, home)
    addendum = later_boxes.addendum(desk, home)
    shown = boxes.boxes(desk, home)
    written = panels.panels(now, home, by)
    context = {
        "case": case,
        "stage": home,
        "title": f"{home.letter}. {home.label}",
        "age": case.client.age_on(now.today),
        "workers": by.workers,
        "steps": stepper.steps(now),
        "notices": notices.of(now),
        "frozen": panels.frozen_words(now, home),
        "still_open": [panel.title for panel in written if panel.may_write],
        "before": earlier,
        "ticks": ticks,
        "shown_ticks": first,
        "folded_ticks": rest,
        "summary": checklist.summary(ticks),
        "definition": DEFINITIONS.stages[home],
        "panels": written,
        "rounds": [*_rounds(request, now, home), *editions.of(now, home, request.GET.get("versi", ""))],
        "entries": timeline.sign_offs(now, home),
        "addenda": Addendum.objects.filter(case=case, stage=home).select_related("by"),
        "addendum": addendum,
        "boxes": shown,
        "decides": any(box.anchor == "putusan" for box in shown),
        "crumbs": [*links.crumbs(case), (home.label, "")],
        "pdf_url": links.stage_pdf(case, home) if stepper.is_reached(now, home) else "",
    }
    return render(request, "services/stage.html", context, status=422 if refused else 200)


def _rounds(request: HttpRequest, now: Situation, home: Stage) -> list[dict]:
    """The earlier rounds of a stage; the one that is asked for is shown with what was written in it."""
    asked = request.GET.get("putaran", "")
    numbers = range(1, now.case.round) if home.is_per_round else ()
    return [
        {
            "label": _("Putaran %s") % number,
            "query": f"?putaran={number}",
            "panels": panels.of_round(now, home, number) if asked == str(number) else None,
        }
        for number in numbers
    ]
