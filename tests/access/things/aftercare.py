"""A former client who is visited."""

from accounts import rights
from cases.enums import Stage
from tests import factories
from tests.access.things.scene import Known, Scene


def settle(scene: Scene) -> None:
    case = factories.case(scene.team, Stage.AFTERCARE, factories.client(scene.team, name="Yoga Pratama"))
    scene.world.known.append(Known(case, rights.REGISTER))
    scene.world.queries["services:aftercare"] = "?tampil=semua"
    left = case.stays.get().left_on
    scene.world.queries["reports:outcomes"] = f"?dari={left:%Y-%m}&sampai={left:%Y-%m}&siapa=keluar"
