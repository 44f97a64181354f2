"""Institutions to refer to: one of the reader's UPT, one of another."""

from accounts.rights import ELSEWHERE, OWN
from services.referrals import partners
from tests.access.things.scene import Scene

HOSPITAL = {"name": "RSUD Contoh", "kind": "hospital", "services": ["health"]}


def settle(scene: Scene) -> None:
    by = {OWN: scene.team.worker, ELSEWHERE: scene.other.worker}
    scene.world.things["partner"] = {thing: {"pk": _partner(who)} for thing, who in by.items()}


def _partner(by):
    return partners.add(institution=by.institution, values=HOSPITAL, by=by).pk
