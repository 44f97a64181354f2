"""Laporan perkembangan: what the sheet says, with the attendance of its period."""

from datetime import UTC, date, datetime

import pytest

from cases.enums import Stage
from rehsos import clock
from reports import progress_paper
from reports.blocks import Table, Words
from services import models
from services.demo import walk
from tests import factories
from tests.services import meetings

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet_case():
    """A team and its client, in service since 10 March."""
    with clock.at(datetime(2026, 3, 10, 4, tzinfo=UTC)):
        people = factories.team()
        return people, factories.case(people, Stage.INTERVENTION)


def test_paper_says_what_the_sheet_says_and_counts_the_sessions_of_its_period(sheet_case):
    people, case = sheet_case
    stay, what = case.stays.get(), meetings.activity(people.supervisor)
    for month, day, mark in ((3, 11, "present"), (3, 12, "sick"), (4, 2, "present")):
        with clock.at(datetime(2026, month, day, 4, tzinfo=UTC)):
            meetings.mark(people.supervisor, meetings.session(people.supervisor, what, stay), {stay.pk: mark})
    with clock.at(datetime(2026, 4, 3, 4, tzinfo=UTC)):
        walk.paper(people, case, models.ProgressSheet, period_on=date(2026, 3, 1))
        sheet = progress_paper.sheet_of(case, None, by=people.worker)
        blocks = progress_paper.context(case, sheet, by=people.supervisor)["chapters"][0].blocks
        blank = progress_paper.sheet_of(case, date(2026, 2, 1), by=people.worker)
        empty = progress_paper.context(case, blank, by=people.supervisor)["chapters"][0].blocks
    tables = {block.caption.partition(". ")[2]: block for block in blocks if isinstance(block, Table)}
    counted = tables["Kehadiran dalam kegiatan bimbingan"].rows[-1]
    assert [cell.text for cell in counted.cells] == ["Jumlah", "2", "2", "1", "–", "1", "–", "–", "50"]
    assert [cell.text for cell in tables["Perkembangan empat aspek"].rows[0].cells][-1] == "3"
    assert [block.text for block in empty if isinstance(block, Words)][0].startswith("Belum ada lembar")


def test_paper_is_handed_out_to_who_reads_the_case(client, sheet_case):
    people, case = sheet_case
    url = f"/kasus/{case.number}/perkembangan.pdf"
    client.force_login(people.worker)
    assert client.get(url)["Content-Type"] == "application/pdf"
    assert client.get(url, {"periode": "2199-01"}).status_code == 404
    client.force_login(people.other_worker)
    assert client.get(url).status_code == 404
