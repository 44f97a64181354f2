"""Which papers of a case can be issued, what each is written from, and what speaks against it yet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Stage
from cases.models import Case
from rehsos.formatting import long_date, month_and_year
from reports import (
    aftercare_paper,
    agreement_paper,
    aid_paper,
    departure_paper,
    documents,
    given,
    notice_paper,
    placement_paper,
    plan_paper,
    progress_paper,
    supervision_paper,
)
from reports.dossier import Dossier, NotReached, written_out
from reports.enums import PaperKind, Restriction
from reports.paper import Stamp
from services.models import (
    AftercareVisit,
    Agreement,
    BusinessAid,
    Departure,
    Goal,
    Notice,
    Placement,
    PlanConsent,
    ProgressSheet,
    Transition,
)

Drawn = tuple[str, dict[str, Any]]
Draw = Callable[[User, Stamp | None], Drawn]
ONLY = "1"  # the subject of a paper of which a case has one


@dataclass(frozen=True)
class Offer:
    """A paper as it can be printed now. ``draw`` gives template and context, for a draft or under a stamp.

    ``written_at`` is when what it says was last written; ``reasons`` keep it from being issued, never from printing.
    """

    kind: PaperKind
    subject: str
    title: str
    restriction: Restriction
    draw: Draw
    written_at: datetime | None = None
    reasons: Sequence[str] = ()

    @property
    def key(self) -> str:
        return f"{self.kind.value}:{self.subject}"


def offers(case: Case) -> list[Offer]:
    """Every paper that the records of a case allow, in the order of the process."""
    return [
        *_intake(case),
        *_plan(case),
        *_departures(case),
        *_stages(case),
        *_progress(case),
        *_aids(case),
        *_aftercare(case),
    ]


def offer(case: Case, kind: PaperKind, subject: str) -> Offer | None:
    """One of them; nothing where the case has no such paper."""
    found = _BY_KIND[kind](case)
    return next((one for one in found if one.subject == subject and one.kind == kind), None)


def batch(placed: placement_paper.Placed) -> Offer:
    """One decree about many cases."""
    upt = placed[0][0].institution

    def draw(by: User, stamp: Stamp | None) -> Drawn:
        with timezone.override(ZoneInfo(upt.time_zone)):
            return placement_paper.TEMPLATE, placement_paper.context(upt, placed, by=by, stamp=stamp)

    title = _("SK penempatan") if len(placed) == 1 else _("SK penempatan (%d orang)") % len(placed)
    at = max(record.saved_at for _case, record in placed)
    return Offer(PaperKind.PLACEMENT, ONLY, title, Restriction.ORDINARY, draw, at)


def placed(cases: Sequence[Case]) -> list[tuple[Case, Placement]]:
    """The cases that have a placement, each with its last one, in the order given."""
    rows = Placement.objects.filter(case__in=cases).select_related("author").order_by("on", "pk")
    last = {record.case_id: record for record in rows}
    return [(case, last[case.pk]) for case in cases if case.pk in last]


def _intake(case: Case) -> list[Offer]:
    return [*_notices(case), *_agreements(case), *_placements(case)]


def _notices(case: Case) -> list[Offer]:
    found = []
    for record in Notice.of(case).select_related("author").prefetch_related("recipients"):
        settled = notice_paper.settled_for(case, record)
        reasons = [] if settled else [_("Keputusan seleksi belum disahkan Kepala UPT.")]
        draw = _drawing(case, notice_paper, record)
        title = str(PaperKind.NOTICE.label)
        found.append(
            Offer(PaperKind.NOTICE, str(record.pk), title, Restriction.ORDINARY, draw, record.saved_at, reasons)
        )
    return found


def _agreements(case: Case) -> list[Offer]:
    record = Agreement.of(case).select_related("author").last()
    if record is None:
        return []
    title, draw = str(PaperKind.AGREEMENT.label), _drawing(case, agreement_paper, record)
    return [
        Offer(PaperKind.AGREEMENT, ONLY, title, Restriction.ORDINARY, draw, record.saved_at, _dotted(record.lacks()))
    ]


def _placements(case: Case) -> list[Offer]:
    rows = placed([case])
    return [batch(rows)] if rows else []


def _plan(case: Case) -> list[Offer]:
    goals = list(Goal.of(case).select_related("author").order_by("pk"))
    if not goals:
        return []
    consent = PlanConsent.of(case).select_related("author").last()
    reasons = _dotted(consent.lacks()) if consent else [_("Persetujuan klien atas rencana (C.n) belum ada.")]

    def draw(by: User, stamp: Stamp | None) -> Drawn:
        with timezone.override(ZoneInfo(case.institution.time_zone)):
            return plan_paper.TEMPLATE, plan_paper.context(case, goals, consent, by=by, stamp=stamp)

    at = max(record.saved_at for record in (*goals, *([consent] if consent else [])))
    subject, title = f"{case.round}-{case.plan_edition}", str(PaperKind.PLAN.label)
    return [Offer(PaperKind.PLAN, subject, title, Restriction.SECRET, draw, at, reasons)]


def _departures(case: Case) -> list[Offer]:
    """The berita acara of the last exit."""
    rows = Departure.objects.filter(case=case, minutes__isnull=False).select_related("minutes")
    event = rows.order_by("recorded_at", "pk").last()
    if event is None:
        return []

    def draw(by: User, stamp: Stamp | None) -> Drawn:
        return "reports/print/departure.html", departure_paper.departure_context(case, by=by, stamp=stamp)

    title = str(departure_paper.TITLES.get(event.way, PaperKind.DEPARTURE.label)).capitalize()
    reasons = [_("Keluarnya klien sudah dibatalkan.")] if event.undone_at else []
    at = event.minutes.saved_at
    return [Offer(PaperKind.DEPARTURE, str(event.pk), title, Restriction.SECRET, draw, at, reasons)]


def _stages(case: Case) -> list[Offer]:
    """The reports on the stages that the case has been in."""
    reached = set(Transition.objects.filter(case=case).values_list("to_stage", flat=True))
    return [found for stage in Stage if stage in reached and (found := _stage(case, stage))]


def _stage(case: Case, stage: Stage) -> Offer | None:
    try:
        dossier = Dossier(case, stage)
    except NotReached:
        return None
    end = dossier.end
    reasons = [] if end else [_("Tahap ini belum berakhir.")]

    def draw(by: User, stamp: Stamp | None) -> Drawn:
        return "reports/print/stage_report.html", documents.stage_context(case, stage, by=by, stamp=stamp)

    subject = f"{stage.slug}-{dossier.round}"
    title = _("Laporan tahap %s") % written_out(stage)
    return Offer(PaperKind.STAGE_REPORT, subject, title, Restriction.SECRET, draw, end.at if end else None, reasons)


def _progress(case: Case) -> list[Offer]:
    """One for every progress sheet, the newest first."""
    sheets = ProgressSheet.objects.filter(case=case).select_related("author").prefetch_related("aspects", "goals")
    found = []
    for sheet in sheets.order_by("-period_on", "-round", "-pk"):
        title = _("Laporan perkembangan %s") % month_and_year(sheet.period_on)
        reasons, subject = _dotted(sheet.lacks()), progress_paper.subject(sheet)
        draw = _drawing(case, progress_paper, sheet)
        found.append(Offer(PaperKind.PROGRESS, subject, title, Restriction.SECRET, draw, sheet.saved_at, reasons))
    return found


def _aids(case: Case) -> list[Offer]:
    """A receipt for every aid that was given."""
    found = []
    for aid in BusinessAid.of(case).select_related("author"):
        title = _("Tanda terima bantuan %s") % long_date(aid.on)
        draw = _drawing(case, aid_paper, aid)
        found.append(Offer(PaperKind.AID, str(aid.pk), title, Restriction.ORDINARY, draw, aid.saved_at))
    return found


def _aftercare(case: Case) -> list[Offer]:
    """One report on the visits so far; under a number once there was one."""
    visits = list(AftercareVisit.of(case).select_related("author"))
    if not visits:
        return []
    draw, title = _drawing(case, aftercare_paper, visits), str(PaperKind.AFTERCARE.label)
    at = max(visit.saved_at for visit in visits)
    return [Offer(PaperKind.AFTERCARE, ONLY, title, Restriction.SECRET, draw, at)]


def _supervisions(case: Case) -> list[Offer]:
    """Every supervision of a case; they are given out from the list of them, not from among its papers."""
    return [_supervision(case, one) for one in given.of_case(case)]


def _supervision(case: Case, one: given.Given) -> Offer:
    def draw(by: User, stamp: Stamp | None) -> Drawn:
        return supervision_paper.TEMPLATE, supervision_paper.context(case.institution, one, by=by, stamp=stamp)

    title = _("Catatan supervisi %(code)s, %(day)s") % {"code": one.row.code, "day": long_date(one.on)}
    return Offer(PaperKind.SUPERVISION, one.subject, title, Restriction.SECRET, draw, one.written_at)


def _drawing(case: Case, paper: Any, record: Any) -> Draw:
    """A paper written from one record, every date in the UPT's time zone."""

    def draw(by: User, stamp: Stamp | None) -> Drawn:
        with timezone.override(ZoneInfo(case.institution.time_zone)):
            return paper.TEMPLATE, paper.context(case, record, by=by, stamp=stamp)

    return draw


def _dotted(reasons: list[str]) -> list[str]:
    return [f"{reason.rstrip('.')}." for reason in reasons]


_BY_KIND: dict[PaperKind, Callable[[Case], list[Offer]]] = {
    PaperKind.NOTICE: _notices,
    PaperKind.AGREEMENT: _agreements,
    PaperKind.PLACEMENT: _placements,
    PaperKind.STAGE_REPORT: _stages,
    PaperKind.PLAN: _plan,
    PaperKind.DEPARTURE: _departures,
    PaperKind.PROGRESS: _progress,
    PaperKind.SUPERVISION: _supervisions,
    PaperKind.AID: _aids,
    PaperKind.AFTERCARE: _aftercare,
}
