"""What tests of papers share: the text of a PDF, and people whose names are printed with titles, rank and NIP."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from io import BytesIO

from pypdf import PdfReader

from accounts.enums import Employment
from accounts.models import Institution
from tests import factories

LETTERHEAD = "PEMERINTAH PROVINSI JAWA TIMUR\nDINAS SOSIAL"


def wib(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    """A moment by the clock of Surabaya."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


def reader(paper: bytes) -> PdfReader:
    return PdfReader(BytesIO(paper))


def lines(paper: bytes) -> list[str]:
    """The words of a paper line by line, white space evened out."""
    pages = [page.extract_text() for page in reader(paper).pages]
    return [" ".join(line.split()) for text in pages for line in text.splitlines() if line.strip()]


def text(paper: bytes) -> str:
    """The words of a paper in one line, so that where a line breaks does not matter."""
    return " ".join(lines(paper))


def words(html: str) -> list[str]:
    """The words of a paper before it is printed, one line for each row, paragraph and heading."""
    body = html[html.index("<h1>") :]
    ends = re.sub(r"</(?:tr|p|h[1-6]|caption|title|div)>|<br>", "\n", body)
    texts = unescape(re.sub(r"<[^>]+>", " ", ends)).splitlines()
    return [" ".join(line.split()) for line in texts if line.strip()]


def team(upt: Institution | None = None) -> factories.Team:
    """A team as papers print it."""
    people = factories.team(upt)
    _named(people.worker, "Dian Permatasari", "", "S.Tr.Sos.", "199202142019032011", "Penata Muda Tk. I", "III/b")
    _named(people.supervisor, "Moch. Yusuf", "Drs.", "M.Kesos.", "196811301994011002", "Pembina", "IV/a")
    _named(people.head, "Retno Wulandari", "Dra.", "M.Si.", "196904171994032006", "Pembina Tk. I", "IV/b")
    return people


def upt(code: str = "ANKN") -> Institution:
    return factories.institution(code, letterhead=LETTERHEAD, address="Jalan Contoh Raya No. 12, Surabaya")


def _named(user, name: str, before: str, after: str, nip: str, rank: str, group: str) -> None:
    user.name, user.title_before, user.title_after = name, before, after
    user.nip, user.rank, user.rank_group, user.employment = nip, rank, group, Employment.CIVIL_SERVANT
    user.save()
