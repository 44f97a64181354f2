"""Plan against delivered: what was planned, held, attended; by client, by session, by bimbingan, by month.

Marks count where a session was held. Every sum reads the same rows, so that they agree whichever way they are made.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from accounts.models import Institution
from cases.enums import Bimbingan
from cases.models import Case, Stay
from services.arranging import monday
from services.models import Attendance, Session, SlotCase
from services.session_enums import Audience, Mark, SessionState

WEEKS = 12


@dataclass
class Sums:
    """Sessions by how they ended, and marks by kind."""

    planned: int = 0  # whatever became of them
    held: int = 0
    cancelled: int = 0
    unrecorded: int = 0
    marks: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            self.planned + other.planned,
            self.held + other.held,
            self.cancelled + other.cancelled,
            self.unrecorded + other.unrecorded,
            self.marks + other.marks,
        )

    @property
    def seats(self) -> int:
        """Everybody who was on a list of a held session."""
        return self.marks.total()

    @property
    def present(self) -> int:
        return self.marks[Mark.PRESENT]

    @property
    def rate(self) -> int | None:
        """Attendance in whole per cent; None where nobody was expected."""
        return round(100 * self.present / self.seats) if self.seats else None

    @property
    def delivered(self) -> int | None:
        """Sessions held out of those planned, in whole per cent."""
        return round(100 * self.held / self.planned) if self.planned else None

    def count(self, state: str) -> None:
        self.planned += 1
        self.held += state == SessionState.HELD
        self.cancelled += state == SessionState.CANCELLED
        self.unrecorded += state == SessionState.PLANNED


@dataclass(frozen=True)
class Met:
    """One session as a client's list has it."""

    session: Session
    mark: str
    score: int | None = None
    note: str = ""

    @property
    def bimbingan(self) -> Bimbingan:
        return Bimbingan(self.session.activity.bimbingan)


# --- A client ---------------------------------------------------------------------------------------------------------
def of_case(
    case: Case, stays: Iterable[Stay], planned: Iterable[str], until: date, since: date = date.min
) -> list[Met]:
    """Every session between two days that had this client on its list, the newest first; two queries."""
    mine = list(stays)
    if not mine:
        return []
    rows = Attendance.objects.filter(stay__in=[stay.pk for stay in mine], session__on__range=(since, until))
    today = case.institution.today()
    rows = rows.exclude(session__state=SessionState.PLANNED, session__on__gte=today)  # they may still come
    found = [
        Met(row.session, row.mark, row.score, row.note)
        for row in rows.select_related("session__activity", "session__leader", "session__institution")
    ]
    found += [Met(session, "") for session in _unsaved(case, mine, set(planned), (since, until), today)]
    return sorted(found, key=lambda met: (met.session.on, met.session.starts_at, met.session.pk), reverse=True)


def _unsaved(case: Case, stays: list[Stay], planned: set[str], days: tuple[date, date], today: date) -> list[Session]:
    """Sessions of days gone by that nobody has marked and that meant this client; today's may still come."""
    chosen = SlotCase.objects.filter(case=case).values("slot")
    meant = (
        Q(audience=Audience.EVERYONE)
        | Q(audience=Audience.HOUSE, house__in=[stay.house for stay in stays])
        | Q(audience=Audience.PLAN, activity__bimbingan__in=planned)
        | Q(audience=Audience.CHOSEN, slot__in=chosen)
    )
    own = Q(activity__religion="") | Q(activity__religion=case.client.religion) | Q(audience=Audience.CHOSEN)
    first = max(days[0], min(stay.placed_on for stay in stays))
    rows = Session.objects.filter(
        meant, own, institution=case.institution, state=SessionState.PLANNED, first_saved_at__isnull=True,
        on__range=(first, days[1]), on__lt=today,
    )  # fmt: skip
    return [row for row in rows.select_related("activity", "leader") if _ran(stays, row)]


def _ran(stays: list[Stay], session: Session) -> bool:
    return any(
        stay.placed_on <= session.on
        and (stay.left_on is None or stay.left_on > session.on)
        and (session.audience != Audience.HOUSE or stay.house == session.house)
        for stay in stays
    )


def sums(met: Iterable[Met]) -> dict[Bimbingan, Sums]:
    """A client's sessions by bimbingan."""
    found: dict[Bimbingan, Sums] = defaultdict(Sums)
    for one in met:
        here = found[one.bimbingan]
        here.count(one.session.state)
        if one.session.is_held and one.mark:
            here.marks[one.mark] += 1
    return dict(found)


# --- A UPT ------------------------------------------------------------------------------------------------------------
def of_upt(institution: Institution, first: date, last: date) -> dict[tuple[str, int, str], Sums]:
    """(bimbingan, key and name of the activity) → sums of the days from first to last; two queries."""
    days = _gone_by(institution, first, last)
    found: dict[tuple[str, int, str], Sums] = defaultdict(Sums)
    what = ("activity__bimbingan", "activity", "activity__name")
    for *key, state, number in days.values_list(*what, "state").annotate(Count("pk")):
        here = found[tuple(key)]
        here.planned += number
        here.held += number * (state == SessionState.HELD)
        here.cancelled += number * (state == SessionState.CANCELLED)
        here.unrecorded += number * (state == SessionState.PLANNED)
    marks = marked(institution, first, last)
    told = marks.values_list(*(f"session__{name}" for name in what), "mark").annotate(Count("pk"))
    for *key, mark, number in told:
        found[tuple(key)].marks[mark] += number
    return dict(found)


def _gone_by(institution: Institution, first: date, last: date) -> Any:
    """The sessions of these days; of today's only those about which something is known."""
    days = Session.objects.filter(institution=institution, on__range=(first, last)).order_by()
    return days.exclude(state=SessionState.PLANNED, on__gte=institution.today())


def unmarked(institution: Institution) -> Any:
    """Sessions of days gone by in which somebody is still without a mark, the oldest first."""
    rows = Session.objects.filter(institution=institution, state=SessionState.PLANNED, on__lt=institution.today())
    return rows.order_by("on", "starts_at", "pk")


def marked(institution: Institution, first: date, last: date) -> Any:
    """The marks that count: of sessions that were held."""
    return Attendance.objects.filter(
        session__institution=institution,
        session__on__range=(first, last),
        session__state=SessionState.HELD,
    ).order_by()


def by_bimbingan(activities: Mapping[tuple[str, int, str], Sums]) -> dict[str, Sums]:
    found: dict[str, Sums] = defaultdict(Sums)
    for (bimbingan, _pk, _name), here in activities.items():
        found[bimbingan] += here
    return dict(found)


def by_week(institution: Institution, until: date) -> dict[tuple[str, date], Sums]:
    """(bimbingan, Monday) → sums of the last weeks; two queries."""
    first = weeks_up_to(until)[0]
    days = _gone_by(institution, first, until)
    found: dict[tuple[str, date], Sums] = defaultdict(Sums)
    for bimbingan, on, state, number in days.values_list("activity__bimbingan", "on", "state").annotate(Count("pk")):
        here = found[bimbingan, monday(on)]
        here.planned += number
        here.held += number * (state == SessionState.HELD)
    marks = marked(institution, first, until)
    told = marks.values_list("session__activity__bimbingan", "session__on", "mark").annotate(Count("pk"))
    for bimbingan, on, mark, number in told:
        found[bimbingan, monday(on)].marks[mark] += number
    return dict(found)


def weeks_up_to(until: date) -> list[date]:
    """The Mondays of the last weeks, that of ``until`` last."""
    last = monday(until)
    return [last - timedelta(weeks=back) for back in reversed(range(WEEKS))]
