"""What the residents of the day book left with their UPT, and a tool of it that each of them has."""

from accounts.rights import ELSEWHERE, OWN
from cases.models import Case
from services import deposits, tools
from tests.access.things.papers import SCAN
from tests.access.things.scene import Scene


def settle(scene: Scene) -> None:
    residents = scene.world.things["resident"]
    made = {OWN: scene.team.worker, ELSEWHERE: scene.other.worker}
    scene.world.things["deposit"] = {thing: _deposit(residents[thing]["number"], by) for thing, by in made.items()}
    heads = {OWN: scene.team.head, ELSEWHERE: scene.other.head}
    scene.world.things["tool"] = {
        thing: _tool(residents[thing]["number"], made[thing], heads[thing]) for thing in (OWN, ELSEWHERE)
    }


def _deposit(number, by):
    stay = Case.objects.get(number=number).stays.get()
    values = {"on": by.institution.today(), "amount": 50_000, "party": "Siti", "relation": "ibu"}
    things = [{"name": "Telepon genggam", "count": 1, "condition": "baik"}]
    row = deposits.take_in(stay_id=stay.pk, values=values, items=things, scan=SCAN, by=by)
    return {"number": number, "pk": row.pk}


def _tool(number, by, head):
    values = {"name": "Gitar", "kind": "art", "number": "A-01"}
    tool = tools.add(institution=head.institution, values=values, by=head)
    stay, today = Case.objects.get(number=number).stays.get(), by.institution.today()
    tools.lend(tool_id=tool.pk, stay=stay, out_on=today, due_on=today, by=by)
    return {"pk": tool.pk}
