"""The queue of a supervisor or head: what waits, what it needs, and the decision in place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Bimbingan, Stage
from cases.models import Case
from rehsos import doors, formatting
from services import caseload
from services.acts import case_subject
from services.enums import Act, Kind, State
from services.forms.acts import EndorseForm, VerdictForm
from services.models import ProgressSheet, StageRecord
from services.pages import exits, links, timeline
from services.pages.box import Box
from services.queue import Queue, Waiting
from services.views import fetch, readers
from services.workflow import WORKFLOW

SILENT_SHOWN = 8


@dataclass(frozen=True)
class Paper:
    """A waiting request as the page draws it; ``box`` holds the form of who may decide it."""

    waiting: Waiting
    title: str
    leads_to: Stage | None
    days: int
    lines: list[dict[str, Any]]
    approved_by: str
    box: Box | None


@doors.roles(*readers.SUPERVISION)
def supervision(request: HttpRequest) -> HttpResponse:
    user, today = request.user, request.user.institution.today()
    papers = [_paper(row, user, today) for row in Queue(user).waiting()]
    quiet = caseload.quiet(Case.objects.visible_to(user), today).annotate(contact_on=caseload.last_contact())
    silent = caseload.listed(quiet.order_by("contact_on", "opened_on"), today)[:SILENT_SHOWN]
    context = {
        "mine": [paper for paper in papers if paper.box],
        "others": [paper for paper in papers if not paper.box],
        "loads": caseload.loads(user.institution, today),
        "silent": caseload.rows(silent, today),
    }
    shown = [paper.waiting.case for paper in papers] + [row.case for row in context["silent"]]
    fetch.seen(request, "supervision", dict.fromkeys(map(case_subject, shown)))
    return render(request, "services/supervision.html", context)


def _paper(row: Waiting, user: User, today: date) -> Paper:
    asked = row.request
    is_end = asked.kind == Kind.STAGE
    stage = Stage(asked.stage)
    way = str(timeline.way_label(asked))
    return Paper(
        waiting=row,
        title=_("Akhir tahap") if is_end and not way else " – ".join(filter(None, (asked.get_kind_display(), way))),
        leads_to=WORKFLOW[stage].then if is_end and not way else None,
        days=(today - formatting.local_date(asked.requested_at)).days,
        lines=[_line(row.case, record) for record in row.judged],
        approved_by=next((d.decided_by.full_name for d in reversed(asked.decisions.all()) if d.act == Act.APPROVE), ""),
        box=None if row.why_not else _box(row, user),
    )


def _line(case: Case, judged: Any) -> dict[str, str]:
    """What is judged: a record of a stage, or the berita acara of an exit."""
    is_record = isinstance(judged, StageRecord)
    return {
        "code": next(iter(judged.activity_codes()), "") if is_record else "",
        "text": _title(judged) if is_record else _("Berita acara keluar"),
        "meta": f"{formatting.long_date(judged.on)}, {judged.author.name}",
        "url": links.record(case, judged) if is_record else exits.url(case, "berita-acara"),
    }


def _title(record: StageRecord) -> str:
    """Of several records of one kind, which: the bimbingan of a goal, the period of a sheet."""
    which = [Bimbingan(value).label.lower() for value in record.activity_bimbingan()]
    if isinstance(record, ProgressSheet):
        which.append(formatting.month_and_year(record.period_on))
    return " – ".join([str(record.title), *which])


def _box(row: Waiting, user: User) -> Box:
    """The same forms as on the page of the stage, which answers them; they come back here."""
    is_endorsement = row.request.state == State.AWAITING_HEAD
    make = EndorseForm if is_endorsement else VerdictForm
    name, act = ("endorse_or_return", "endorse") if is_endorsement else ("approve_or_return", "verdict")
    form = make(
        user=user,
        act=act,
        subject=row.request,
        version=row.case.version,
        auto_id=f"{act}-{row.request.pk}-%s",
        initial={"request": row.request.pk, "next": reverse("services:supervision")},
    )
    url = reverse(f"services:{name}", args=[row.case.number, row.case.at.slug])
    return Box(_("Keputusan Anda"), form=form, url=url, button=_("Simpan keputusan"))
