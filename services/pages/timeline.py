"""What happened with a case, newest first, as the timeline draws it."""

from collections.abc import Iterable
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from django.utils.translation import gettext as _

from cases.enums import Stage, StayEnd
from rehsos import formatting
from services.catalogue import CATALOGUE
from services.enums import Act, Kind, Move
from services.models import Activity, Decision, Departure, Request, Supervision, Transition
from services.pages import dated, links
from services.situation import Situation
from services.workflow import WORKFLOW

ICONS = {
    Act.SUBMIT: "send",
    Act.WITHDRAW: "arrow-left",
    Act.APPROVE: "check-lg",
    Act.RETURN: "arrow-return-left",
    Act.ENDORSE: "shield-check",
}

MOVED = {
    Move.SEND_BACK: "arrow-return-left",
    Move.CLOSE: "lock-fill",
    Move.EXIT: "door-open",
    Move.REVERSE: "arrow-return-left",
}

# Records whose activity carries their words; of a restricted note it carries no more than its name.
TOLD_IN_FULL = ("note", "obstacle", "courtdate")

Entry = dict[str, Any]


def sign_offs(now: Situation, stage: Stage) -> list[Entry]:
    """Requests of a stage with all that was done to them, and its supervisions."""
    entries = [
        _act(request, decision)
        for request in now.requests
        if request.stage == stage
        for decision in request.decisions.all()
    ]
    entries += [_supervision(row) for row in now.supervisions if row.stage == stage]
    entries += [_move(row) for row in now.transitions if row.from_stage == stage and row.move == Move.SEND_BACK]
    return sorted(entries, key=itemgetter("at"), reverse=True)


def notes(activities: Iterable[Activity], beside: Iterable[Entry]) -> list[Entry]:
    """Activities and other events by day; what happened on one day in the order it was written, newest first."""
    entries = [_activity(row) for row in activities] + list(beside)
    return sorted(entries, key=itemgetter("on", "written_at"), reverse=True)


def events(now: Situation) -> list[Entry]:
    """All that happened with a case besides its activities: moves, leaving and coming back, later notes."""
    has_left = now.case.is_leaving or any(stay.left_on for stay in now.stays) or now.case.is_closed
    gone = [entry for row in (now.departures if has_left else ()) for entry in _departure(row)]
    return [*map(_move, now.transitions), *gone, *dated.of(now, _entry)]


def way_label(request: Request) -> str:
    """The answer that a request proposes, in words."""
    if request.kind == Kind.EXIT:
        return str(StayEnd(request.way).label)
    if request.kind == Kind.TRANSFER:
        transfer = getattr(request, "transfer", None)
        return transfer.receiver.name if transfer else ""
    step = WORKFLOW[Stage(request.stage)]
    ways = {**step.endings, **(step.decision.ways if step.decision else {})}
    return ways[request.way].label if request.way in ways else ""


def _entry(on: date, written_at: datetime, icon: str, title: str, **more: Any) -> Entry:
    blank = {"at": None, "code": "", "url": "", "meta": "", "text": "", "by": ""}
    return {**blank, "on": on, "written_at": written_at, "icon": icon, "title": title, **more}


def _act(request: Request, decision: Decision) -> Entry:
    act = Act(decision.act)
    about = " – ".join(filter(None, [str(request.get_kind_display()), way_label(request)]))
    dates = [
        _("tanggal peristiwa %s") % formatting.long_date(request.event_on) if request.event_on else "",
        _("sampai %s") % formatting.long_date(request.until_on) if request.until_on else "",
        _("dilanjutkan dengan bimbingan lanjut") if request.opens_aftercare else "",
    ]
    escalated = _("dieskalasi ke Kepala UPT") if decision.is_escalated else ""
    meta = [about, *dates, escalated, decision.get_capacity_display()]
    return _entry(
        formatting.local_date(decision.decided_at),
        decision.decided_at,
        ICONS[act],
        str(act.label),
        at=decision.decided_at,
        meta=" · ".join(filter(None, meta)),
        text=quoted(decision.note),
        by=decision.decided_by.full_name,
    )


def _supervision(row: Supervision) -> Entry:
    text = [quoted(row.note), _("Arahan: %s") % row.directions if row.directions else ""]
    dated = _("bertanggal %s") % formatting.long_date(row.on)
    late = dated if row.on != formatting.local_date(row.at) else ""
    meta = [str(row.get_verdict_display()).lower(), late, row.get_capacity_display()]
    return _entry(
        formatting.local_date(row.at),
        row.at,
        "clipboard-check",
        _("Supervisi"),
        at=row.at,
        code=row.code,
        meta=" · ".join(filter(None, meta)),
        text="\n".join(filter(None, text)),
        by=row.by.full_name,
    )


def _move(row: Transition) -> Entry:
    move = Move(row.move)
    stages = {"from": Stage(row.from_stage).label if row.from_stage else "", "to": Stage(row.to_stage).label}
    title = {
        Move.OPEN: _("Kasus dibuka"),
        Move.OPENING: _("Diambil alih sebagai saldo awal di tahap %(to)s"),
        Move.FORWARD: _("Masuk tahap %(to)s"),
        Move.SEND_BACK: _("Mundur dari %(from)s ke %(to)s"),
        Move.CONTINUE: _("Lanjut ke putaran %(round)s: %(to)s"),
        Move.CLOSE: _("Kasus ditutup: %(outcome)s"),
        Move.EXIT: _("Keluar disahkan, kasus ditutup: %(outcome)s") if row.outcome else _("Keluar disahkan: %(to)s"),
        Move.RETURN: _("Klien kembali; lanjut di tahap %(to)s"),
        Move.REVERSE: _("Keputusan dibatalkan; kembali ke tahap %(to)s"),
    }[move] % {**stages, "round": row.round, "outcome": row.get_outcome_display()}
    icon = MOVED.get(move, "signpost-split")
    return _entry(row.on, row.at, icon, title, at=row.at, text=quoted(row.reason), by=row.by.full_name)


def _departure(row: Departure) -> list[Entry]:
    """That somebody left, and that they came back."""
    title = _("Klien keluar: %s") % row.get_way_display().lower()
    left = _entry(row.left_on, row.recorded_at, "door-open", title, text=row.account, by=row.recorded_by.full_name)
    if not row.returned_on:
        return [left]
    return [left, _entry(row.returned_on, row.undone_at, "box-arrow-in-right", _("Klien kembali"))]


def _activity(row: Activity) -> Entry:
    item = CATALOGUE.get(row.code)
    is_supervision = row.record_kind in ("supervision", "review")
    meta = [f"{row.starts_at:%H.%M}" if row.starts_at else "", row.place]
    is_paper = bool(row.record_kind) and not is_supervision and row.record_kind not in TOLD_IN_FULL
    text = [
        "" if is_paper else quoted(row.account) if is_supervision else row.account,
        _("Hasil: %s") % row.result if row.result else "",
        _("Hambatan: %s") % row.obstacle if row.obstacle else "",
    ]
    return _entry(
        row.on,
        row.created_at,
        "clipboard-check" if is_supervision else "journal-text" if is_paper else "journal-plus",
        row.account if is_paper else item.display if item else row.code,
        code=row.code,
        url=links.written(row),
        meta=" · ".join(filter(None, meta)),
        text="\n".join(filter(None, text)),
        by=row.by.full_name,
    )


def quoted(text: str) -> str:
    """What a person wrote, in quotation marks."""
    return f"“{text}”" if text else ""
