"""One week of a UPT as its page and its paper draw it: by day, what is made and what the pattern promises."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from rehsos import formatting
from services import arranging
from services.models import Holiday, Session
from services.session_enums import Mark, SessionState
from services.session_permissions import PLANNERS


@dataclass
class Meeting:
    """One line of a day. ``pk`` is None while the session is not made yet or is out of the reader's sight."""

    starts: str
    ends: str
    name: str
    code: str
    bimbingan: str
    room: str
    leader: str
    pk: int | None = None
    slot: int | None = None
    label: str = ""
    tone: str = ""
    is_promise: bool = False


@dataclass
class Day:
    on: date
    is_today: bool
    holiday: str = ""
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def name(self) -> str:
        return formatting.WEEKDAYS[self.on.weekday()]


def of(user: User, day: date, only: Any = None) -> list[Day]:
    """The seven days around a day, as somebody may read them."""
    institution: Institution = user.institution
    first = arranging.monday(day)
    last, today = first + timedelta(days=6), institution.today()
    free = dict(Holiday.objects.filter(institution=institution, on__range=(first, last)).values_list("on", "name"))
    days = [Day(on, on == today, free.get(on, "")) for on in (first + timedelta(days=n) for n in range(7))]
    made = set()
    for session in _sessions(user, first, last):
        made.add((session.slot_id, session.on))
        days[(session.on - first).days].meetings.append(_made(session, today))
    for one in arranging.occurrences(institution, first, last):
        is_open = not one.slot.activity.is_confidential or user.has_role(*PLANNERS)
        if (one.slot.pk, one.on) not in made and is_open and one.on >= today:
            days[(one.on - first).days].meetings.append(_promised(one))
    for one_day in days:
        one_day.meetings.sort(key=lambda meeting: (meeting.starts, meeting.ends, meeting.name))
    return days


def _sessions(user: User, first: date, last: date) -> list[Session]:
    in_sight = Session.objects.visible_to(user).order_by().values("pk")
    rows = Session.objects.on_the_wall(user).filter(on__range=(first, last))
    rows = rows.annotate(
        listed=Count("attendances"),
        present=Count("attendances", Q(attendances__mark=Mark.PRESENT)),
        is_mine=Q(pk__in=in_sight),
    )
    return list(rows.select_related("activity", "leader").order_by("on", "starts_at", "pk"))


def _made(session: Session, today: date) -> Meeting:
    label, tone = state_of(session, today)
    meeting = _meeting(session, session.activity)
    meeting.pk = session.pk if session.is_mine else None
    meeting.slot, meeting.label, meeting.tone = session.slot_id, label, tone
    return meeting


def state_of(session: Session, today: date) -> tuple[str, str]:
    """How a session stands, in a word and a tone."""
    if session.state == SessionState.CANCELLED:
        return _("dibatalkan"), "stop"
    if session.state == SessionState.HELD:
        told = {"present": session.present, "listed": session.listed}
        return (_("%(present)s dari %(listed)s hadir") % told if session.listed else _("terlaksana")), "ok"
    if session.on < today:
        return _("belum dicatat"), "wait"
    if session.first_saved_at:
        return _("belum lengkap"), "wait"
    return "", ""


def _promised(one: arranging.Occurrence) -> Meeting:
    meeting = _meeting(one.slot, one.slot.activity)
    meeting.slot, meeting.is_promise = one.slot.pk, True
    return meeting


def _meeting(row: Any, activity: Any) -> Meeting:
    return Meeting(
        starts=f"{row.starts_at:%H.%M}",
        ends=f"{row.ends_at:%H.%M}",
        name=activity.name,
        code=activity.code,
        bimbingan=activity.get_bimbingan_display(),
        room=row.room,
        leader=row.leader.name if row.leader else row.leader_name,
    )
