"""The tab of a case that sets what was planned beside what was delivered."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Bimbingan
from services import delivered, session_permissions
from services.arranging import monday
from services.delivered import Met, Sums
from services.pages import heat
from services.session_enums import Mark, SessionState
from services.situation import Situation

GAP_DAYS = 14


@dataclass(frozen=True)
class Line:
    """One bimbingan: its sums, whether the plan has it, and what is lacking in words."""

    bimbingan: Bimbingan
    sums: Sums
    is_planned: bool
    gap: str


@dataclass(frozen=True)
class Entry:
    """One session in the list of a client."""

    met: Met
    label: str
    tone: str
    url_pk: int | None
    is_limited: bool


def of(now: Situation, user: User) -> dict[str, Any]:
    """Lines, picture and list; four queries whatever the number of sessions."""
    planned = [bimbingan.value for bimbingan in now.planned]
    met = delivered.of_case(now.case, now.stays, planned, now.today)
    sums = delivered.sums(met)
    wanted = [one for one in Bimbingan if one in sums or one.value in planned]
    weeks = delivered.weeks_up_to(now.today)
    return {
        "lines": [_line(one, sums.get(one, Sums()), planned, met, now.today) for one in wanted],
        "total": sum(sums.values(), Sums()),
        "heat": heat.of(weekly(met, wanted), weeks) if met else None,
        "met": met,
        "user": user,
    }


def entries(met: list[Met], user: User, in_sight: set[int]) -> list[Entry]:
    """The rows of one page of the list."""
    return [_entry(one, user, in_sight) for one in met]


def _line(bimbingan: Bimbingan, sums: Sums, planned: list[str], met: list[Met], today: date) -> Line:
    is_planned = bimbingan.value in planned
    return Line(bimbingan, sums, is_planned, _gap(bimbingan, met, today) if is_planned else "")


def _gap(bimbingan: Bimbingan, met: list[Met], today: date) -> str:
    """What the plan promises and nobody has given lately."""
    came = [one.session.on for one in met if one.bimbingan == bimbingan and one.mark == Mark.PRESENT]
    if not came:
        return _("belum pernah hadir")
    days = (today - max(came)).days
    return _("terakhir hadir %s hari lalu") % days if days > GAP_DAYS else ""


def weekly(met: list[Met], wanted: list[Bimbingan]) -> dict[str, dict[date, Sums]]:
    """A client's marks by bimbingan and Monday."""
    found: dict[str, dict[date, Sums]] = {one.value: defaultdict(Sums) for one in wanted}
    for one in met:
        if one.session.is_held and one.mark:
            found[one.bimbingan.value][monday(one.session.on)].marks[one.mark] += 1
    return {name: dict(here) for name, here in found.items()}


def _entry(met: Met, user: User, in_sight: set[int]) -> Entry:
    session = met.session
    is_limited = not session_permissions.may_read_notes(user, session)
    if session.state == SessionState.CANCELLED:
        label, tone = _("dibatalkan"), ""
    elif session.state == SessionState.PLANNED:
        label, tone = _("belum dicatat"), "wait"
    else:
        label = str(Mark(met.mark).label).lower() if met.mark else "–"
        tone = {Mark.PRESENT: "ok", Mark.ABSENT: "stop"}.get(Mark(met.mark), "info") if met.mark else ""
    return Entry(met, label, tone, session.pk if session.pk in in_sight else None, is_limited)
