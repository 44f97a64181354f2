"""Who is on the list of a session: read in one query with the session, told in Python for every page and write."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Aggregate, Exists, JSONField, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from cases.enums import Stage
from cases.models import Stay
from services import meeting
from services.models import Activity, Attendance, Goal, Session, SlotCase
from services.models.programme import SERVICE_CODES

CODES = tuple(dict.fromkeys(code for codes in SERVICE_CODES.values() for code in codes))


class JSONList(Aggregate):
    """All values of a group as one JSON list."""

    output_field = JSONField()
    name = "JSONList"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **context)


@dataclass(frozen=True)
class Place:
    """One stay as a session sees it: on the list or not, and what is on record so far."""

    stay: int
    case: int
    number: str
    is_listed: bool
    is_saved: bool
    mark: str = ""
    score: int | None = None
    note: str = ""
    is_unplanned: bool = False
    awaits_service: bool = False  # the case may be waiting for its first service in this bimbingan


@dataclass(frozen=True)
class AtHand:
    """A session with everybody who could be on its list, by stay."""

    session: Session
    places: dict[int, Place]

    @property
    def listed(self) -> list[Place]:
        return [place for place in self.places.values() if place.is_listed]


def at_hand(pk: int, *, by: User) -> AtHand:
    """A session the reader may see, with its list; 404 else."""
    rows = Session.objects.visible_to(by).filter(pk=pk).select_related("activity", "institution", "leader", "saved_by")
    found = rows.annotate(people=_people(), marked=_marked()).first()
    if found is None:
        raise Http404(_("Sesi tidak ditemukan."))
    return AtHand(found, _places(found))


def of_sessions(sessions: Any) -> list[AtHand]:
    """The same for many sessions, still one query."""
    rows = sessions.select_related("activity", "institution", "leader", "saved_by")
    return [AtHand(one, _places(one)) for one in rows.annotate(people=_people(), marked=_marked())]


def _people() -> Subquery:
    """The stays that ran on the day of the session of the outer query, the day of leaving included."""
    runs = Q(placed_on__lte=OuterRef("on")) & (Q(left_on__isnull=True) | Q(left_on__gte=OuterRef("on")))
    session = OuterRef(OuterRef("activity__bimbingan"))
    goals = Goal.objects.filter(
        case=OuterRef("case"), round=OuterRef("case__round"), edition=OuterRef("case__plan_edition"), bimbingan=session
    )
    chosen = SlotCase.objects.filter(slot=OuterRef(OuterRef("slot")), case=OuterRef("case"))
    served = Activity.objects.filter(
        links__case=OuterRef("case"), code__in=CODES, lines__bimbingan=session, on__gte=OuterRef("case__stage_since_on")
    )
    row = JSONObject(
        stay="pk",
        case="case_id",
        number="case__number",
        stage="case__stage",
        house="house",
        left="left_on",
        religion="case__client__religion",
        planned=Exists(goals),
        chosen=Exists(chosen),
        served=Exists(served),
    )
    stays = Stay.objects.filter(runs, institution=OuterRef("institution")).order_by().values("institution")
    return Subquery(stays.annotate(all=JSONList(row)).values("all"))


def _marked() -> Subquery:
    """What is on record of the session of the outer query."""
    row = JSONObject(
        stay="stay_id",
        case="stay__case_id",
        number="stay__case__number",
        stage="stay__case__stage",
        mark="mark",
        score="score",
        note="note",
        unplanned="is_unplanned",
    )
    rows = Attendance.objects.filter(session=OuterRef("pk")).order_by().values("session")
    return Subquery(rows.annotate(all=JSONList(row)).values("all"))


def _places(session: Session) -> dict[int, Place]:
    marked = {row["stay"]: row for row in session.marked or ()}
    people = {row["stay"]: row for row in session.people or ()}
    is_open = session.first_saved_at is None and not session.is_cancelled
    found = {}
    for stay, row in {**marked, **people}.items():
        kept = marked.get(stay)
        found[stay] = Place(
            stay=stay,
            case=row["case"],
            number=row["number"],
            is_listed=kept is not None or (is_open and _is_meant(session, row)),
            is_saved=kept is not None,
            mark=kept["mark"] if kept else "",
            score=kept["score"] if kept else None,
            note=kept["note"] if kept else "",
            is_unplanned=bool(kept["unplanned"]) if kept else not (is_open and _is_meant(session, row)),
            awaits_service=row["stage"] == Stage.INTERVENTION and bool(row.get("planned")) and not row.get("served"),
        )
    return found


def _is_meant(session: Session, row: dict[str, Any]) -> bool:
    """Whether the audience takes somebody in; who leaves that day is not expected."""
    if row["left"] and date.fromisoformat(row["left"]) <= session.on:
        return False
    return meeting.means(
        session,
        house=row["house"],
        religion=row["religion"],
        is_planned=bool(row["planned"]),
        is_chosen=bool(row["chosen"]),
    )
