"""Filters of the case list: one kept by each reader, and a colleague's."""

from accounts import rights
from accounts.enums import Role
from accounts.rights import COLLEAGUE, OWN
from accounts.saved_filters import SavedFilter
from services.filters import CASE_LIST
from tests.access.things.scene import Scene


def settle(scene: Scene) -> None:
    people = scene.world.people
    kept = {
        (role, OWN): SavedFilter.objects.create(user=people[role], page=CASE_LIST, name="Sendiri", query="due=late")
        for role in rights.REGISTER
    }
    kept[OWN] = kept[Role.SOCIAL_WORKER, OWN]
    kept[COLLEAGUE] = SavedFilter.objects.create(
        user=scene.rival.worker, page=CASE_LIST, name="Rekan", query="due=late"
    )
    scene.world.things["saved_filter"] = {key: {"pk": row.pk} for key, row in kept.items()}
