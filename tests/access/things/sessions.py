"""Lines of the pattern, days without, activities and sessions: own, a colleague's, another UPT's."""

from dataclasses import replace
from datetime import time, timedelta
from typing import Any

from accounts import rights
from accounts.models import User
from accounts.rights import COLLEAGUE, ELSEWHERE, OUTGOING, OWN
from cases.models import Stay
from services import timetable
from services.demo.walk import Team
from services.models import Review, Session
from services.session_enums import Audience
from tests.access.things.scene import Scene
from tests.services import meetings


def settle(scene: Scene) -> None:
    world = scene.world
    here, there = scene.team, scene.other
    mine, theirs = _programme(here), _programme(there)
    lines = {OWN: _slot(here, mine), ELSEWHERE: _slot(there, theirs)}
    world.things["programme"] = {OWN: {"pk": mine.pk}, ELSEWHERE: {"pk": theirs.pk}}
    world.things["slot"] = {thing: {"pk": row.pk} for thing, row in lines.items()}
    world.things["holiday"] = {OWN: _holiday(here), ELSEWHERE: _holiday(there)}
    stay = Stay.objects.filter(institution=here.worker.institution, left_on__isnull=True).order_by("pk").first()
    sessions: dict[Any, Session] = {
        (role, OWN): _session(here, mine, stay, world.people[role]) for role in rights.WORKLOG
    }
    sessions[OWN] = sessions[here.worker.active_memberships[0].role, OWN]
    sessions[COLLEAGUE] = _session(here, mine, None, scene.rival.worker)
    sessions[ELSEWHERE] = _session(there, theirs, None, there.worker)
    world.things["session"] = {key: {"pk": session.pk} for key, session in sessions.items()}
    world.things["review"] = {
        OWN: _reviewed(here, sessions[OWN]),
        ELSEWHERE: _reviewed(there, sessions[ELSEWHERE]),
    }
    world.queries["reports:supervisions"] = world.queries["reports:supervisions_pdf"] = "?oleh=semua"
    # Residents are on the roster of everybody on duty, by name and number.
    placed = {stay.case_id for stay in Stay.objects.filter(institution=here.worker.institution)}
    world.known = [
        replace(known, in_sight=known.in_sight | rights.WORKLOG) if known.case.pk in placed else known
        for known in world.known
    ]
    assert OUTGOING in world.things["transfer"]


def _programme(team: Team) -> Any:
    return meetings.activity(team.supervisor, "Morning Meeting")


def _slot(team: Team, activity: Any) -> Any:
    today = team.worker.institution.today()
    values = {
        "activity": activity,
        "weekday": today.weekday(),
        "starts_at": time(13),
        "ends_at": time(14),
        "audience": Audience.PLAN,
        "since_on": today,
    }
    return timetable.add_slot(institution=team.worker.institution, values=values, by=team.supervisor)


def _holiday(team: Team) -> dict[str, int]:
    upt = team.worker.institution
    row = timetable.add_holiday(
        institution=upt, on=upt.today() + timedelta(days=40), name="Hari Raya", by=team.supervisor
    )
    return {"pk": row.pk}


def _session(team: Team, activity: Any, stay: Stay | None, leader: User) -> Session:
    stays = [stay] if stay else []
    return meetings.session(team.supervisor, activity, *stays, leader=leader, audience=Audience.CHOSEN)


def _reviewed(team: Team, session: Session) -> dict[str, int]:
    """A session with a supervisor's word."""
    words = {"code": "D.z", "bimbingan": "social", "note": "Baik.", "on": session.on, "by": team.supervisor}
    review = Review.objects.create(institution=session.institution, session=session, **words)
    return {"pk": session.pk, "review": review.pk}
