"""Issued papers: of the worker's own case, secret, a colleague's, another UPT's, cancelled; and one not yet issued."""

from accounts import rights
from accounts.models import User
from accounts.rights import CLOSED, COLLEAGUE, ELSEWHERE, OWN, SECRET
from cases.enums import Stage
from cases.files import PDF, Checked
from cases.models import Case
from reports import incoming, issuing
from reports.enums import PaperKind
from reports.issuable import ONLY
from reports.models import IncomingLetter, IssuedPaper
from services.demo.walk import Team
from tests import factories
from tests.access.things.scene import Known, Scene

SCAN = Checked("pindaian.pdf", PDF.content_type, b"%PDF-1.4\n%%EOF\n")


def settle(scene: Scene) -> None:
    """About clients who are placed: those of the scene are not."""
    own = _placed(scene.team, "Slamet Widodo")
    cases = {COLLEAGUE: _placed(scene.rival, "Budi Hartono"), ELSEWHERE: _placed(scene.other, "Mbah Wongso")}
    report = _issued(scene.team, own, PaperKind.STAGE_REPORT, "pendekatan-awal-1")
    cancelled = _issued(scene.team, own, PaperKind.PLACEMENT)
    issuing.cancel(paper=cancelled, reason="Salah nama asrama.", by=scene.team.head)
    papers = {
        OWN: _issued(scene.team, own),
        SECRET: report,
        COLLEAGUE: _issued(scene.rival, cases[COLLEAGUE]),
        ELSEWHERE: _issued(scene.other, cases[ELSEWHERE]),
        CLOSED: cancelled,
    }
    parts = {thing: {"code": paper.spelled_code, "pk": _scan(paper)} for thing, paper in papers.items()}
    scene.world.things["paper"] = parts
    letters = {OWN: _received(scene.team.head), ELSEWHERE: _received(scene.other.head)}
    scene.world.things["letter_in"] = {
        thing: {"pk": letter.pk, "scan": letter.scans.get().pk} for thing, letter in letters.items()
    }
    written = {OWN: own, **cases}
    scene.world.things["written"] = {
        thing: {"number": case.number, "kind": PaperKind.PLACEMENT.slug, "subject": ONLY}
        for thing, case in written.items()
    }
    sights = {own: rights.REGISTER, cases[COLLEAGUE]: rights.UPT_WIDE, cases[ELSEWHERE]: rights.NOBODY}
    scene.world.known += [Known(case, roles) for case, roles in sights.items()]


def _placed(team: Team, name: str) -> Case:
    return factories.case(team, Stage.ASSESSMENT, factories.client(team, name=name))


def _issued(team: Team, case: Case, kind: PaperKind = PaperKind.AGREEMENT, subject: str = ONLY) -> IssuedPaper:
    paper = issuing.issue(kind=kind, subject=subject, cases=[case], by=team.worker)
    issuing.sign(paper=paper, scan=SCAN, on=paper.issued_on, by=team.worker)
    return paper


def _scan(paper: IssuedPaper) -> int:
    return paper.facts.filter(file__isnull=False).get().pk


def _received(head: User) -> IncomingLetter:
    upt, today = head.institution, head.institution.today()
    values = {"number": "460/12", "dated_on": today, "received_on": today, "sender": "Dinsos", "about": "Rapat"}
    return incoming.record(institution=upt, values=values, scan=SCAN, by=head)
