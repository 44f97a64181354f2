"""The day book: a resident of each UPT with all that is noted of them; a log of a shift by each who may write one."""

from datetime import time
from typing import Any

from accounts import rights
from accounts.enums import Role
from accounts.rights import ELSEWHERE, OWN
from cases.enums import Stage
from cases.models import Case
from services import head_counts, incidents, presence, residence, shift_logs
from services.demo.walk import Team
from services.enums import PresenceKind
from tests import factories
from tests.access.things.scene import Scene


def settle(scene: Scene) -> None:
    world = scene.world
    here, there = _residence(scene.team, "Slamet Raharjo"), _residence(scene.other, "Mbah Parti")
    for key in ("resident", "resident_part", "home_leave", "head_count", "incident", "shift_log"):
        world.things[key] = {OWN: here[key], ELSEWHERE: there[key]}
    for number, role in enumerate(sorted(rights.WORKLOG)):
        log = _log(world.people[role], f"Jaga {chr(ord('A') + number)}")
        world.things["shift_log"][role, OWN] = {"pk": log.pk}
        words = {"kind": "allergy", "text": f"Udang {number}", "by": scene.team.worker}
        alert = residence.add_alert(stay_id=here["stay"].pk, **words)
        world.things["resident"][role, OWN] = {**here["resident"], "pk": alert.pk}
    in_sight = rights.REGISTER | rights.WORKLOG
    world.known.append(_known(scene, here["stay"].case, in_sight))
    world.known.append(_known(scene, there["stay"].case, rights.NOBODY))


def _known(scene: Scene, case: Case, in_sight: frozenset[Role]) -> Any:
    return type(scene.world.known[0])(case, in_sight)


def _residence(team: Team, name: str) -> dict[str, Any]:
    case = factories.case(team, Stage.ASSESSMENT, factories.client(team, name=name))
    stay, by, today = case.stays.get(), team.worker, team.worker.institution.today()
    counted = head_counts.count(
        on=today, roll_call="morning", counted=0, missing=_all(team), note="Semua di lapangan.", by=by
    )
    log = _log(by, "Pagi", {stay.pk: "Batuk."})
    words = {"on": today, "at_time": time(8), "place": "Aula", "account": "Jatuh.", "first_action": "Dirawat."}
    values = {"kind": "injury", "severity": "light", **words}
    happened = incidents.record(values=values, residents={stay.pk: "victim"}, by=by)
    alert = residence.add_alert(stay_id=stay.pk, kind="allergy", text="Udang", by=by)
    visit = {"on": today, "visitor": "Siti", "relation": "Ibu", "came_at": time(9)}
    residence.note_visit(stay_id=stay.pk, values=visit, by=by)
    sick = {"on": today, "at_time": time(8), "complaint": "Pusing", "care": "Istirahat"}
    residence.note_sickness(stay_id=stay.pk, values=sick, by=by)
    out = presence.go_out(stay_id=stay.pk, kind=PresenceKind.SCHOOL, on=today, values={}, by=by)
    presence.come_in(stay_id=stay.pk, on=today, by=by)
    words = {"letter": "400.9/1", "due_on": today, "place": "Waru"}
    leave = presence.go_out(stay_id=stay.pk, kind=PresenceKind.HOME_LEAVE, on=today, values=words, by=by)
    presence.come_in(stay_id=stay.pk, on=today, by=by)
    return {
        "stay": stay,
        "resident": {"number": case.number, "pk": alert.pk},
        "resident_part": {"number": case.number, "pk": out.pk},
        "home_leave": {"number": case.number, "pk": leave.pk},
        "head_count": {"pk": counted.pk},
        "shift_log": {"pk": log.pk},
        "incident": {"pk": happened.pk},
    }


def _all(team: Team) -> list[int]:
    upt = team.worker.institution
    return list(presence.living_here(upt, upt.today()).values_list("pk", flat=True))


def _log(by, shift, lines=None):
    upt = by.institution
    stay = presence.living_here(upt, upt.today()).first()
    words = {"on": upt.today(), "shift": shift, "remarks": "Tenang.", "lines": lines or {stay.pk: "Batuk."}}
    if shift not in shift_logs.names(upt):
        upt.shifts = f"{upt.shifts}, {shift} 00.00"
    return shift_logs.write(by=by, **words)
