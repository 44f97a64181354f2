"""Money and things that the residents of the day book left with their UPT."""

from accounts.rights import ELSEWHERE, OWN
from cases.models import Case
from services import deposits
from tests.access.things.papers import SCAN
from tests.access.things.scene import Scene


def settle(scene: Scene) -> None:
    residents = scene.world.things["resident"]
    made = {OWN: scene.team.worker, ELSEWHERE: scene.other.worker}
    scene.world.things["deposit"] = {thing: _deposit(residents[thing]["number"], by) for thing, by in made.items()}


def _deposit(number, by):
    stay = Case.objects.get(number=number).stays.get()
    values = {"on": by.institution.today(), "amount": 50_000, "party": "Siti", "relation": "ibu"}
    things = [{"name": "Telepon genggam", "count": 1, "condition": "baik"}]
    row = deposits.take_in(stay_id=stay.pk, values=values, items=things, scan=SCAN, by=by)
    return {"number": number, "pk": row.pk}
