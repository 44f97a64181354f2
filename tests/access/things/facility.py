"""A house with a resident in the UPT, one in another, and clients without a bed."""

from accounts.rights import ELSEWHERE, OWN
from services import bed_moves, facility
from services.models import Bed
from tests.access.things.scene import Scene

VALUES = {"name": "Melati", "rooms": 1, "beds": 2}


def settle(scene: Scene) -> None:
    heads = {OWN: scene.team.head, ELSEWHERE: scene.other.head}
    made = {thing: facility.add_house(institution=by.institution, values=VALUES, by=by) for thing, by in heads.items()}
    scene.world.things["house"] = {thing: {"pk": house.pk} for thing, house in made.items()}
    resident = next(known.case for known in scene.world.known if known.case.stays.filter(left_on__isnull=True).exists())
    bed = Bed.objects.filter(room__house=made[OWN]).first()
    by, on = scene.team.worker, resident.institution.today()
    bed_moves.move(case=resident, bed=bed, on=on, reason="Penempatan.", by=by)
