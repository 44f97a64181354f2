"""Running cases: a list in each UPT, and what people have sent and not imported yet."""

from accounts.enums import Role
from accounts.models import Institution
from accounts.rights import ELSEWHERE, OWN
from cases.enums import Stage
from services import logos, transitions
from services.models import OpeningList
from services.opening import uploads
from tests.access.things.scene import Scene
from tests.services import pictures, running

NOT_HERE = 7


def settle(scene: Scene) -> None:
    office, supervisor = (scene.world.people[role] for role in (Role.ADMIN_OFFICE, Role.SUPERVISOR))
    here, there = office.institution, scene.other.worker.institution
    row = running.cells(Stage.ASSESSMENT, scene.team.worker.username, house=None, room=None)
    rows = running.rows(here.today(), row)
    found = transitions.take_over(institution=here, rows=rows, by=office)
    OpeningList.objects.create(institution=there, number=NOT_HERE, opened_by=scene.other.supervisor)
    _logos(scene, here, there)
    transitions.endorse_list(opening=found, by=scene.team.head, version=found.version)
    scene.world.things["endorsed"] = {OWN: {"number": found.number}, ELSEWHERE: {"number": NOT_HERE}}
    rows = running.rows(here.today(), {**row, "old_number": "2/X", "name": "Tono Prabowo"})
    found = transitions.take_over(institution=here, rows=rows, by=office)
    for person in (office, supervisor):
        uploads.keep(sent=uploads.opened("kasus.xlsx", running.book({**row, "name": ""})), by=person)
    scene.world.things["opening"] = {OWN: {"number": found.number}, ELSEWHERE: {"number": NOT_HERE}}


def _logos(scene: Scene, here: Institution, there: Institution) -> None:
    """Everybody's own institution has one; people of the dinas have the dinas's."""
    admin = scene.world.people[Role.ADMINISTRATOR]
    for upt in (here, there, admin.institution):
        logos.change(institution=upt, logo=pictures.logo(), by=admin, version=upt.version)
    own = {(role, OWN): {"code": person.institution.code} for role, person in scene.world.people.items()}
    scene.world.things["logo_of"] = {OWN: {"code": here.code}, ELSEWHERE: {"code": there.code}, **own}
