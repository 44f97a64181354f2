"""Tunggakan: papers that may follow later, opened by a waiver, an exit or an emergency, settled when they come."""

from datetime import date, timedelta

from accounts.models import User
from rehsos import clock
from services import gates
from services.enums import ArrearKind
from services.models import Arrear
from services.situation import Situation
from services.workflow import WORKFLOW, Paper

EXIT_PAPER_DAYS = 7


def open_one(now: Situation, kind: ArrearKind, paper: Paper, *, due_on: date, by: User, reason: str = "") -> Arrear:
    """Let one missing paper follow until a date; a paper that already may follow keeps its earlier row."""
    missing = gates.missing_of(now, paper)
    arrear, _created = Arrear.objects.get_or_create(
        case=now.case,
        code=gates.paper_key(paper),
        settled_at=None,
        defaults={
            "institution_id": now.case.institution_id,
            "kind": kind,
            "text": missing[0].text[:200] if missing else gates.paper_key(paper),
            "reason": reason,
            "due_on": due_on,
            "opened_by": by,
        },
    )
    now.case.has_arrears = True
    return arrear


def open_for_exit(now: Situation, papers: tuple[Paper, ...], *, by: User) -> None:
    """The papers of an exit follow within a week."""
    for paper in papers:
        open_one(now, ArrearKind.EXIT, paper, due_on=now.today + timedelta(days=EXIT_PAPER_DAYS), by=by)


def settle(now: Situation) -> None:
    """Close every arrear whose paper has come; ``case.has_arrears`` says whether any is left (saved by the caller)."""
    came = [arrear for arrear in now.arrears if not gates.missing_of(now, _paper_of(arrear.code))]
    _close(came)
    now.arrears = [arrear for arrear in now.arrears if arrear not in came]  # what is due next is asked right after
    now.case.has_arrears = bool(now.arrears)


def drop(now: Situation, kind: ArrearKind) -> None:
    """What asked for these papers is undone, so nothing is owed any more."""
    _close([arrear for arrear in now.arrears if arrear.kind == kind])


def drop_one(now: Situation, code: str) -> None:
    """A new date for the same paper takes the place of the old one."""
    _close([arrear for arrear in now.arrears if arrear.code == code])


def _close(arrears: list[Arrear]) -> None:
    Arrear.objects.filter(pk__in=[arrear.pk for arrear in arrears]).update(settled_at=clock.now())


def _paper_of(code: str) -> Paper:
    """The paper of the table behind an arrear's code: alternatives count as one paper."""
    for step in WORKFLOW.values():
        for paper in step.papers:
            if isinstance(paper, tuple) and paper[0] == code:
                return paper
    return code
