"""What tests of issued papers share: giving one out, its kept bytes, a scan, and a signed-in reader."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from cases import files
from cases.enums import Stage
from cases.files import PDF, Checked
from cases.models import Case
from reports import issuing
from reports.enums import PaperKind
from reports.issuable import ONLY
from reports.models import IssuedPaper
from services.demo.walk import Team
from tests import factories

ADDRESS = "https://rehsos.example/periksa/"
SCAN = Checked("pindaian.pdf", PDF.content_type, b"%PDF-1.4\nbertanda tangan\n%%EOF\n")


def placed(people: Team, name: str = "M. Rafi Pratama", **values) -> Case:
    """A case whose intake has ended: selection told, agreement signed, client placed."""
    person = {"guardian_name": "Slamet Riyadi", "guardian_relation": "Ayah", "address": "Jalan Contoh Gang III No. 7"}
    return factories.case(people, Stage.ASSESSMENT, factories.client(people, name=name, **person, **values))


def issued(
    people: Team, *cases: Case, kind: PaperKind = PaperKind.AGREEMENT, subject: str = ONLY, by: User | None = None
) -> IssuedPaper:
    paper = issuing.issue(kind=kind, subject=subject, cases=cases, by=by or people.worker, address=ADDRESS)
    return again(paper)


def again(paper: IssuedPaper) -> IssuedPaper:
    """The paper as the database has it now."""
    return IssuedPaper.objects.whole().get(pk=paper.pk)


def kept(paper: IssuedPaper) -> bytes:
    return files.path(paper.file).read_bytes()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def scan(name: str = "foto.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, SCAN.content, content_type=SCAN.content_type)


def body(answer) -> bytes:
    """The bytes of a download, read to the end so that its file is closed."""
    return b"".join(answer.streaming_content)
