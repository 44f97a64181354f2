"""A programme and an event in each UPT, with somebody who came; one more written down by a colleague."""

from typing import Any

from accounts import rights
from accounts.rights import COLLEAGUE, ELSEWHERE, OWN
from services import batches, models, outreach, outreach_events
from services.demo import walk
from services.demo.walk import Team
from tests import factories
from tests.access.things.scene import Known, Scene


def settle(scene: Scene) -> None:
    here, there = _held(scene.team.worker), _held(scene.other.worker)
    colleague = _held(scene.rival.worker)
    for key in ("outreach_programme", "outreach_event", "participant"):
        scene.world.things[key] = {OWN: here[key], ELSEWHERE: there[key]}
    scene.world.things["participant"][COLLEAGUE] = colleague["participant"]
    filled = {OWN: _filled(scene.team, "Bagas Kurnia"), ELSEWHERE: _filled(scene.other, "Mbok Darmi")}
    for key in ("batch", "batch_place"):
        scene.world.things[key] = {thing: found[key] for thing, found in filled.items()}
    in_sight = {OWN: rights.REGISTER, ELSEWHERE: rights.NOBODY}
    scene.world.known += [Known(found["case"], in_sight[thing]) for thing, found in filled.items()]


def _filled(team: Team, name: str) -> dict[str, Any]:
    case = walk.open_case(team, factories.client(team, name=name))
    walk.fill(team, case, models.AdminChecklist, models.Eligibility)
    walk.decide(team, case, "accepted")
    values = {"name": "Angkatan I", "quota": 3, "starts_on": case.institution.today(), "selection_until_on": None}
    batch = batches.add(values=values, by=team.head)
    batches.assign(batch=batch, cases=[case], by=team.supervisor)
    return {"case": case, "batch": {"pk": batch.pk}, "batch_place": {"pk": batch.places.get().pk}}


def _held(by: Any) -> dict[str, Any]:
    today = by.institution.today()
    words = {"title": "Desa peduli", "aim": "Dikenal.", "audience": "Warga", "plan": "Ceramah.", "on": today}
    programme = outreach.plan(values={**words, "starts_on": today, "ends_on": today}, by=by)
    values = {"programme": programme, "code": "A.l", "on": today, "place": "Terminal", "account": "Berkeliling."}
    event = outreach_events.record(values=values, by=by)
    (one,) = outreach_events.add_participants(event=event, people=[{"name": "Wiryo Tukul"}], by=by)
    return {
        "outreach_programme": {"pk": programme.pk},
        "outreach_event": {"pk": event.pk},
        "participant": {"pk": one.pk},
    }
