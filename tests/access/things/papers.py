"""Issued papers: of the worker's own case, secret, a colleague's, another UPT's, cancelled; and one not yet issued."""

from cases.enums import Stage
from cases.files import PDF, Checked
from cases.models import Case
from reports import issuing
from reports.enums import PaperKind
from reports.issuable import ONLY
from reports.models import IssuedPaper
from services.demo.walk import Team
from tests import factories
from tests.access.things.scene import Scene

SCAN = Checked("pindaian.pdf", PDF.content_type, b"%PDF-1.4\n%%EOF\n")


def settle(scene: Scene) -> None:
    """Every client here is new: the papers of the scene's own cases are of other kinds."""
    own = _placed(scene.team, "Slamet Widodo")
    cases = {"rekan": _placed(scene.rival, "Budi Hartono"), "UPT lain": _placed(scene.other, "Mbah Wongso")}
    report = _issued(scene.team, own, PaperKind.STAGE_REPORT, "pendekatan-awal-1")
    cancelled = _issued(scene.team, own, PaperKind.PLACEMENT)
    issuing.cancel(paper=cancelled, reason="Salah nama asrama.", by=scene.team.head)
    papers = {
        "sendiri": _issued(scene.team, own),
        "rahasia": report,
        "rekan": _issued(scene.rival, cases["rekan"]),
        "UPT lain": _issued(scene.other, cases["UPT lain"]),
        "selesai": cancelled,
    }
    parts = {thing: {"code": paper.spelled_code, "pk": _scan(paper)} for thing, paper in papers.items()}
    scene.world.things["paper"] = parts
    written = {"sendiri": own, **cases}
    scene.world.things["written"] = {
        thing: {"number": case.number, "kind": PaperKind.PLACEMENT.slug, "subject": ONLY}
        for thing, case in written.items()
    }
    scene.know(own, cases["rekan"], cases["UPT lain"])


def _placed(team: Team, name: str) -> Case:
    return factories.case(team, Stage.ASSESSMENT, factories.client(team, name=name))


def _issued(team: Team, case: Case, kind: PaperKind = PaperKind.AGREEMENT, subject: str = ONLY) -> IssuedPaper:
    paper = issuing.issue(kind=kind, subject=subject, cases=[case], by=team.worker)
    issuing.sign(paper=paper, scan=SCAN, on=paper.issued_on, by=team.worker)
    return paper


def _scan(paper: IssuedPaper) -> int:
    return paper.facts.filter(file__isnull=False).get().pk
