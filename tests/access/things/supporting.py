"""A piece of supporting work with a step, in each UPT."""

from accounts.models import User
from accounts.rights import ELSEWHERE, OWN
from services.supporting import works
from tests.access.things.scene import Scene


def settle(scene: Scene) -> None:
    for thing, by in ((OWN, scene.team.worker), (ELSEWHERE, scene.other.worker)):
        for key, pk in _begun(by).items():
            scene.world.things.setdefault(key, {})[thing] = {"pk": pk}


def _begun(by: User) -> dict[str, int]:
    today = by.institution.today()
    words = {"title": "Pemetaan anak jalanan", "aim": "Data terpilah.", "starts_on": today}
    team = {"lead": by, "members": [], "outside": []}
    work = works.begin(kind="II.A.a", values=words, team=team, by=by)
    step = works.add_step(work=work, code="II.A.a.a", values={"on": today, "account": "Rancangan."}, by=by)
    return {"supporting_work": work.pk, "supporting_step": step.pk}
