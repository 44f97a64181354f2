"""A document in the worker's own case, a colleague's and another UPT's; a photo of a resident here and elsewhere."""

from io import BytesIO

from PIL import Image

from accounts.rights import COLLEAGUE, ELSEWHERE, OWN
from cases.files import JPEG, PDF, Checked
from cases.models import Case
from services import documents
from services.models import CaseDocument, ClientPhoto
from tests.access.things.scene import Scene

SCAN = Checked("kk.pdf", PDF.content_type, b"%PDF-1.4\n%%EOF\n")


def picture() -> Checked:
    drawn = BytesIO()
    Image.new("RGB", (40, 60), "navy").save(drawn, "JPEG")
    return Checked("foto.jpg", JPEG.content_type, drawn.getvalue())


def settle(scene: Scene) -> None:
    world, teams = scene.world, {OWN: scene.team, COLLEAGUE: scene.rival, ELSEWHERE: scene.other}
    found = {which: _document(scene.cases[which], team.worker) for which, team in teams.items()}
    world.things["document"] = {which: {"number": row.case.number, "pk": row.pk} for which, row in found.items()}
    photos = {which: _photo(world.things["resident"][which]["number"], teams[which]) for which in (OWN, ELSEWHERE)}
    world.things["photo"] = {which: {"pk": row.thumbnail_id} for which, row in photos.items()}


def _document(case: Case, by) -> CaseDocument:
    return documents.add(case=case, values={"kind": "family_card"}, file=SCAN, by=by)


def _photo(number: str, team) -> ClientPhoto:
    return documents.take_photo(case=Case.objects.get(number=number), photo=picture(), by=team.worker)
