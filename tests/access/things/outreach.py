"""A programme and an event in each UPT, with somebody who came; one more written down by a colleague."""

from typing import Any

from accounts.rights import COLLEAGUE, ELSEWHERE, OWN
from services import outreach, outreach_events
from tests.access.things.scene import Scene


def settle(scene: Scene) -> None:
    here, there = _held(scene.team.worker), _held(scene.other.worker)
    colleague = _held(scene.rival.worker)
    for key in ("outreach_programme", "outreach_event", "participant"):
        scene.world.things[key] = {OWN: here[key], ELSEWHERE: there[key]}
    scene.world.things["participant"][COLLEAGUE] = colleague["participant"]


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
