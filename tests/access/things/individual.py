"""Tasks: one for each role, a colleague's about a case, one of another UPT."""

from datetime import timedelta

from accounts import rights
from accounts.enums import Role
from accounts.rights import COLLEAGUE, ELSEWHERE, OWN
from services import tasks
from tests.access.things.scene import Scene


def settle(scene: Scene) -> None:
    world, team = scene.world, scene.team
    due_on = team.worker.institution.today() + timedelta(days=3)
    found = {}
    for role in (*rights.WORKLOG, Role.ADMIN_OFFICE):
        person = world.people[role]
        case = scene.cases[OWN] if role in rights.REGISTER else None
        task = tasks.give_by_hand(
            for_user=person, text="Lengkapi laporan.", due_on=due_on, by=team.supervisor, case=case
        )
        found[role, OWN] = {"pk": task.pk}
    about = {"text": "Hubungi keluarga.", "due_on": due_on, "case": scene.cases[COLLEAGUE]}
    found[COLLEAGUE] = {"pk": tasks.give_by_hand(for_user=scene.rival.worker, by=team.head, **about).pk}
    other = scene.other
    elsewhere = {"text": "Hubungi keluarga.", "due_on": due_on, "case": scene.cases[ELSEWHERE]}
    found[ELSEWHERE] = {"pk": tasks.give_by_hand(for_user=other.worker, by=other.supervisor, **elsewhere).pk}
    found[OWN] = found[Role.SOCIAL_WORKER, OWN]
    world.things["task"] = found
