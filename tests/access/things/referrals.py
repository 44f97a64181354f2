"""Institutions to refer to: one of the reader's UPT, one of another."""

from accounts.rights import COLLEAGUE, ELSEWHERE, OWN
from services.models import Partner
from services.referrals import course, partners
from tests.access.things.scene import Scene

HOSPITAL = {"name": "RSUD Contoh", "kind": "hospital", "services": ["health"]}


def settle(scene: Scene) -> None:
    by = {OWN: scene.team.worker, ELSEWHERE: scene.other.worker}
    scene.world.things["partner"] = {thing: {"pk": _partner(who)} for thing, who in by.items()}
    teams = {OWN: scene.team, COLLEAGUE: scene.rival, ELSEWHERE: scene.other}
    scene.world.things["referral"] = {
        thing: {"pk": _course(scene.cases[thing], team.worker), "act": "hambatan"} for thing, team in teams.items()
    }


def _course(case, by):
    partner = Partner.objects.get(institution=by.institution)
    values = {"partner": partner, "need": "health", "reason": "Sakit.", "asked": "Periksa.", "parts": ["identity"]}
    return course.design(case=case, values={**values, "summary": "Inisial W.S."}, by=by).pk


def _partner(by):
    return partners.add(institution=by.institution, values=HOSPITAL, by=by).pk
