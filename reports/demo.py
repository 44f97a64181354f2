"""The papers of the demo: letters out and in, a decree with its annex, one cancelled and replaced, months frozen."""

import random
import tomllib
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from accounts.models import User
from cases import files
from cases.files import PDF, Checked
from cases.models import Case
from reports import freezing, given, incoming, issuable, issuing
from reports.enums import PaperKind
from reports.models import IssuedPaper
from reports.months import Month
from services.demo.people import House
from services.demo.plan import Life
from services.models import Supervision

ADDRESS = "https://rehsos.contoh.example/periksa/"
FROZEN_MONTHS = {"ANKN": 2, "PSTW": 1}
IN_ANNEX = 4


def lives(houses: list[House], end: datetime, chance: random.Random) -> list[Life]:
    """What the office and the head do with papers, in each UPT."""
    found: list[Life] = []
    for house in houses:
        found += [_letters_in(house, end), _months(house, end)]
    return [*found, _papers(houses[0], end), _agreements(houses[1], end)]


def _letters_in(house: House, end: datetime) -> Iterator[datetime]:
    told = tomllib.loads((Path(__file__).parent / "demo_letters.toml").read_text(encoding="utf-8"))["letter"]
    for number, row in enumerate(told):
        yield _at(end, row["ago"], 9)
        today = house.institution.today()
        values = {
            "number": f"{row['code']}/{110 + number * 7}/{row['office']}/{today.year}",
            "dated_on": today - timedelta(days=row["travelled"]),
            "received_on": today,
            "sender": row["sender"],
            "about": row["about"],
        }
        incoming.record(institution=house.institution, values=values, by=house.staff["tatausaha"])


def _months(house: House, end: datetime) -> Iterator[datetime]:
    """The head freezes a month in the first week of the next."""
    wanted = FROZEN_MONTHS.get(house.institution.code, 0)
    days = [day for ago in range(100, 0, -1) if (day := _at(end, ago, 14)).day == 5]
    for day in days[-wanted:] if wanted else []:
        yield day
        month = Month(day.date().replace(day=1)).previous
        values = {
            "events": "Pelayanan berjalan sesuai jadwal; kebutuhan harian terpenuhi.",
            "obstacles": "Instruktur las sakit satu pekan; sesi digabung.",
            "efforts": "Instruktur pengganti dari BLK diundang.",
            "plan": "Kunjungan keluarga bersama dinas kabupaten.",
            "budget": "Sesuai DPA; tidak ada pergeseran.",
            "facilities": "Dua kasur diganti; atap dapur diperbaiki.",
        }
        office, head = house.staff["tatausaha"], house.staff["kepala"]
        freezing.write(institution=house.institution, month=month, values=values, version=0, by=office)
        freezing.freeze(institution=house.institution, month=month, by=head, address=ADDRESS)


def _papers(house: House, end: datetime) -> Iterator[datetime]:
    head, office = house.staff["kepala"], house.staff["tatausaha"]
    yield _at(end, 75, 10)
    if placed := list(islice(_that_offer(house, PaperKind.PLACEMENT), IN_ANNEX)):
        decree = issuing.issue(
            kind=PaperKind.PLACEMENT, subject=issuable.ONLY, cases=placed, by=office, address=ADDRESS
        )
        yield _at(end, 72, 11)
        _signed(decree, house)
        issuing.hand_over(paper=decree, to="Dinas Sosial Provinsi", on=house.institution.today(), by=office)
    yield _at(end, 60, 13)
    for case in islice(_that_offer(house, PaperKind.NOTICE), 1):
        wrong = _issue(case, PaperKind.NOTICE, by=head)
        yield _at(end, 59, 9)
        issuing.cancel(paper=wrong, reason="Salah menulis nama keluarga pada tembusan.", by=head)
        _issue(case, PaperKind.NOTICE, by=head)
    yield _at(end, 40, 10)
    for case in islice(_that_offer(house, PaperKind.STAGE_REPORT), 1):
        _signed(_issue(case, PaperKind.STAGE_REPORT, by=head), house)
    yield _at(end, 30, 10)
    for case in islice(_that_offer(house, PaperKind.DEPARTURE), 1):
        _issue(case, PaperKind.DEPARTURE, by=head)
    yield _at(end, 25, 10)
    for case in islice(_that_offer(house, PaperKind.PROGRESS), 2):
        _signed(_issue(case, PaperKind.PROGRESS, by=house.staff["supervisor"]), house)
    _supervised(house)
    yield from _agreements(house, end)


def _supervised(house: House) -> None:
    """Two supervisions on paper: the last ones with a direction, else the last ones."""
    rows = Supervision.objects.filter(case__institution=house.institution, by=house.staff["supervisor"])
    rows = rows.filter(case__closed_on__isnull=True).select_related("case__institution", "case__client")
    found = dict.fromkeys([*rows.exclude(directions="").order_by("-pk"), *rows.order_by("-pk")[:2]])
    for sign_off in list(found)[:2]:
        values = {"kind": PaperKind.SUPERVISION, "subject": f"{given.ON_CASE}-{sign_off.pk}", "cases": [sign_off.case]}
        issuing.issue(**values, by=house.staff["supervisor"], address=ADDRESS)


def _agreements(house: House, end: datetime) -> Iterator[datetime]:
    """One signed, scanned and given to the family; and a second one whose scan is still to come."""
    supervisor, office = house.staff["supervisor"], house.staff["tatausaha"]
    yield _at(end, 20, 10)
    for case in islice(_that_offer(house, PaperKind.AGREEMENT), 1):
        agreement = _issue(case, PaperKind.AGREEMENT, by=supervisor)
        yield _at(end, 18, 11)
        _signed(agreement, house)
        to = case.client.guardian_name or "Keluarga"
        issuing.hand_over(paper=agreement, to=to, on=house.institution.today(), by=office)
    yield _at(end, 4, 11)
    for case in islice(_that_offer(house, PaperKind.AGREEMENT), 1):
        _issue(case, PaperKind.AGREEMENT, by=supervisor)


def _at(end: datetime, days: int, hour: int) -> datetime:
    return end.replace(hour=hour, minute=25, second=0, microsecond=0) - timedelta(days=days)


def _that_offer(house: House, kind: PaperKind) -> Iterator[Case]:
    """The cases of which such a paper can be given out now, and was not; the latest first."""
    rows = Case.objects.filter(institution=house.institution, taken_over_on__isnull=True).exclude(papers__kind=kind)
    rows = rows.select_related("client", "institution").order_by("-pk")
    for case in rows:
        if any(one.kind == kind and not one.reasons for one in issuable.offers(case)):
            yield case


def _issue(case: Case, kind: PaperKind, *, by: User) -> IssuedPaper:
    offer = next(one for one in issuable.offers(case) if one.kind == kind and not one.reasons)
    return issuing.issue(kind=kind, subject=offer.subject, cases=[case], by=by, address=ADDRESS)


def _signed(paper: IssuedPaper, house: House) -> None:
    """The scan of the demo is the paper itself."""
    scan = Checked("pindaian.pdf", PDF.content_type, files.path(paper.file).read_bytes())
    issuing.sign(paper=paper, scan=scan, on=house.institution.today(), by=house.staff["tatausaha"])
