"""What is missing before a case may move, in words: one answer for button, refusal, report and test."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from services import due_dates, records
from services.catalogue import CATALOGUE
from services.enums import ArrearKind, ConferenceKind, Kind, State, Verdict
from services.models import (
    AssessmentConference,
    Goal,
    Notice,
    OutcomeEvaluation,
    PlanningConference,
    ProcessEvaluation,
    ProgressSheet,
    StageRecord,
    Supervision,
)
from services.models.record import digest
from services.situation import Situation
from services.workflow import NAMED_PAPERS, PAIRS, Paper

MINUTES = "minutes"


@dataclass(frozen=True)
class Unmet:
    """One thing that is missing: what, under which code, and the record or activity that would fill it."""

    text: str
    code: str = ""
    record: str = ""
    bimbingan: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class SignOff:
    """One sign-off a supervisor owes for what is pending."""

    code: str
    bimbingan: str = ""

    @property
    def text(self) -> str:
        return CATALOGUE[self.code].display


def unmet(case: Case) -> list[Unmet]:
    """Everything that is missing before the pending request of a case may be made; empty when it is ready."""
    return unmet_in(Situation(case))


def unmet_in(now: Situation) -> list[Unmet]:
    """The same for a situation already read. A paper the head let follow later is no hindrance until its date."""
    if now.case.is_closed:
        return [Unmet(_("Kasus sudah ditutup"))]
    papers = now.papers
    if now.pending not in (Kind.EXIT, Kind.TRANSFER) and now.way and now.way.stays:
        papers = (*papers, *now.way.papers)
    missing = [one for paper in papers if not _is_waived(now, paper) for one in missing_of(now, paper)]
    if now.stage == Stage.INTAKE and now.settled_way and now.settled_way.ends and _runs(now):
        missing.append(Unmet(_("Klien masih tercatat tinggal; catat dahulu tanggal keluarnya")))
    return missing


def _runs(now: Situation) -> bool:
    return any(stay.left_on is None for stay in now.stays)


def _is_waived(now: Situation, paper: Paper) -> bool:
    code = paper_key(paper)
    return any(
        arrear.kind == ArrearKind.WAIVER and arrear.code == code and arrear.due_on >= now.asked_on
        for arrear in now.arrears
    )


def paper_key(paper: Paper) -> str:
    """What a waiver calls a paper: its name, its code, or the first of its alternatives."""
    return paper[0] if isinstance(paper, tuple) else paper


def waivable(now: Situation) -> list[tuple[Paper, str]]:
    """The papers of the present stage that are missing and may be let follow, with what is missing in words."""
    if now.pending == Kind.EXIT or now.case.is_closed:
        return []
    found = []
    for paper in now.papers:
        if paper in NAMED_PAPERS:
            continue
        missing = [] if _is_waived(now, paper) else missing_of(now, paper)
        if missing:
            found.append((paper, missing[0].text))
    return found


def missing_of(now: Situation, paper: Paper) -> list[Unmet]:
    """What is missing of one paper."""
    if paper == "minutes":
        return _minutes(now)
    if paper == "plan":
        return [] if now.records_of(Goal) else [Unmet(_("Rencana belum memuat satu pun tujuan"), record=Goal.slug)]
    if paper == "service":
        return _services(now)
    if paper == "progress":
        return [
            Unmet(_("Lembar perkembangan %s belum diisi") % _month(period), record=ProgressSheet.slug)
            for period in due_dates.sheets_due(now)
        ]
    codes = paper if isinstance(paper, tuple) else (paper,)
    kinds = records.behind(codes)
    return _record(now, codes, kinds[0]) if kinds else _activity(now, codes[0])


def _record(now: Situation, codes: tuple[str, ...], kind: type[StageRecord]) -> list[Unmet]:
    rows = now.records_of(kind)
    if kind is Notice and now.endorsed:
        rows = [row for row in rows if row.saved_at >= now.endorsed_at]
    if kind is PlanningConference and not rows and now.case.round == 1:
        rows = [row for row in now.records_of(AssessmentConference) if row.kind == ConferenceKind.BOTH]
    if kind is ProcessEvaluation and not rows and _is_evaluated(now, codes[0]):
        return []
    if not rows:
        shown = " / ".join(codes)
        text = _("%(title)s (%(code)s) belum diisi") % {"title": kind.title, "code": shown}
        return [Unmet(text, codes[0], kind.slug)]
    lacks = [row.lacks() for row in rows]
    if kind is OutcomeEvaluation:
        goals = now.records_of(Goal)
        lacks = [[*told, *row.without_outcome(goals)] for row, told in zip(rows, lacks, strict=True)]
    if not all(lacks):
        return []
    return [Unmet(text, codes[0], kind.slug) for text in lacks[-1]]


def _is_evaluated(now: Situation, code: str) -> bool:
    """By a process record, which is written once for many cases, since the stage began."""
    since = now.began_on(now.stage)
    rows = [done for done in now.activities if done.code == code and done.kind == "processrecord"]
    return any(not since or done.on >= since for done in rows)


def _activity(now: Situation, code: str, bimbingan: str = "") -> list[Unmet]:
    since = now.began_on(Stage(CATALOGUE[code].stage))
    for done in now.activities:
        if done.code == code and (not since or done.on >= since) and (not bimbingan or done.bimbingan == bimbingan):
            return []
    return [Unmet(_("%(text)s (%(code)s) belum dicatat") % {"text": CATALOGUE[code].display, "code": code}, code)]


def _minutes(now: Situation) -> list[Unmet]:
    row, minutes = now.exit, now.minutes
    if minutes is None:
        return [Unmet(_("Berita acara keluar belum dibuat"), MINUTES)]
    lacks = []
    if row and row.needs_receiver and not minutes.receiver_name:
        lacks.append(_("Berita acara: nama yang menerima belum diisi"))
    if row and row.needs_conference and not minutes.conference:
        lacks.append(_("Berita acara: temu bahas dan peringatan sebelumnya belum diisi"))
    return [Unmet(text, MINUTES) for text in lacks]


def _services(now: Situation) -> list[Unmet]:
    missing = []
    for bimbingan in now.planned:
        codes = PAIRS[bimbingan].service
        if all(_activity(now, code, bimbingan) for code in codes):
            text = _("Belum ada layanan %(name)s (%(codes)s) sejak tahap ini dimulai") % {
                "name": bimbingan.label.lower(),
                "codes": " / ".join(codes),
            }
            missing.append(Unmet(text, codes[0], bimbingan=bimbingan))
    return missing


def _month(day: date) -> str:
    return clock.spelled(day).split(" ", 1)[1]


def sign_offs(now: Situation) -> list[SignOff]:
    """Every sign-off that what is pending needs, given or not."""
    step = now.step
    if now.pending == Kind.EXIT:
        return [SignOff(code) for code in now.exit.supervision] if now.exit else []
    if now.pending in (Kind.TRANSFER, Kind.REVERSAL):
        return []
    if now.pending != Kind.STAGE and step.decision:
        return [SignOff(code) for code in step.decision.needs]
    done = {activity.code for activity in now.activities}
    wanted = [SignOff(code) for code in step.supervision]
    wanted += [SignOff(code) for code, causes in step.supervision_if.items() if done & set(causes)]
    if step.per_bimbingan:
        wanted += [SignOff(PAIRS[b].supervision, b) for b in now.planned]
    if now.is_revised:
        wanted += [SignOff("B.e")] if now.case.assessment_edition > 1 else []
        wanted += [SignOff("C.i")] if now.case.plan_edition > 1 else []
    if now.settled_way:
        wanted += [SignOff(code) for code in now.settled_way.supervision]
    return wanted


def unsigned(now: Situation) -> list[SignOff]:
    """The sign-offs still owed."""
    return [sign_off for sign_off in sign_offs(now) if not signed(now, sign_off.code)]


def signed(now: Situation, code: str) -> Supervision | None:
    """The sign-off that holds for a code: given in this dwelling, approving, on records unchanged since."""
    rows = [s for s in now.supervisions if s.code == code and s.case_version == now.case.version]
    if now.step.decision and code in now.step.decision.needs:
        rows = [sign_off for sign_off in rows if not _is_spent(now, sign_off)]
    if rows and rows[-1].verdict == Verdict.APPROVED and rows[-1].digest == judged_digest(now, code):
        return rows[-1]
    return None


def _is_spent(now: Situation, sign_off: Supervision) -> bool:
    """It stood under an earlier decision (a waiting list, an extension); the next one needs its own."""
    if now.endorsed is None or now.settled_way:
        return False
    if sign_off.request_id:
        return any(request.pk == sign_off.request_id for request in now.requests if request.state == State.ENDORSED)
    return sign_off.at <= now.endorsed_at


def judged_records(now: Situation, code: str) -> list[StageRecord]:
    """The records a sign-off judges: a decision's papers, or all papers of the stage (in D with the goals it serves).

    Sign-offs on identification and motivation (A.n, A.q) judge activities, which do not count.
    """
    step = now.step
    if now.pending == Kind.EXIT:
        return now.judged(now.papers)
    if now.is_revised and code in ("B.e", "C.i"):
        return now.judged(("B.d",) if code == "B.e" else ("plan", "C.n"))
    if step.decision and code in step.decision.needs:
        return now.judged(step.papers)
    if code in step.supervision_if:
        return []
    goals = [g for g in now.records_of(Goal) if PAIRS[g.bimbingan].supervision == code] if step.per_bimbingan else []
    return [*goals, *now.judged(now.papers)]


def judged_work(now: Situation) -> list[StageRecord]:
    """Everything that the sign-offs of the pending request judge: whoever wrote in it decides nothing about it."""
    return [*(now.records_of(Goal) if now.step.per_bimbingan else []), *now.judged(now.papers)]


def judged_digest(now: Situation, code: str) -> str:
    return digest(judged_records(now, code))


def next_step(now: Situation) -> tuple[str, date | None]:
    """One line and a due date for lists: what this case waits for."""
    if now.case.is_closed:
        return "", None
    if now.waiting:
        due = due_dates.reminder_on(now.waiting.requested_at, now.case.institution.time_zone)
        if now.waiting.state == State.AWAITING_HEAD:
            return _("Menunggu pengesahan Kepala UPT"), due
        return _("Menunggu keputusan supervisor"), due
    missing = unmet_in(now)
    if missing:
        return _shortened(missing), due_dates.stage_due_on(now)
    if now.pending == Kind.EXIT:
        return _("Ajukan pengesahan keluar"), due_dates.stage_due_on(now)
    if now.pending == Kind.STAGE:
        return _("Ajukan akhir tahap %s") % now.stage.label, due_dates.stage_due_on(now)
    return _("Ajukan keputusan %s") % now.pending.label.lower(), due_dates.stage_due_on(now)


def _shortened(missing: list[Unmet]) -> str:
    more = _(" dan %d hal lain") % (len(missing) - 1) if len(missing) > 1 else ""
    return missing[0].text[: 200 - len(more)] + more
