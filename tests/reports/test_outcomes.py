"""What became of those who left: persons once, at three, six and twelve months, by bimbingan and category."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cases.enums import Stage
from rehsos import clock
from reports import outcomes
from reports.outcomes import Measure
from services import models
from services.demo import walk
from tests import factories

pytestmark = pytest.mark.django_db

LEFT = (date(2026, 3, 1), date(2026, 3, 31))


def at(month, day=11, year=2026):
    return clock.at(datetime(year, month, day, 4, tzinfo=UTC))


def visited(people, case, month, **words):
    with at(month):
        walk.paper(people, case, models.AftercareVisit, **words)


def counted(people, months):
    line = outcomes.line("", people, months)
    return line.people, {measure: number for measure, number in line.counts.items() if number}


@pytest.fixture
def left():
    """Four who left on one day: well, fallen back and lost, back again, and never seen since."""
    people = factories.team()
    with at(3, 10):
        well, lost, back, unseen = (
            factories.case(people, Stage.AFTERCARE, factories.client(people, name=name))
            for name in ("Arif Budiman", "Bayu Segara", "Candra Wijaya", "Dedi Kurnia")
        )
    for month in (6, 9):
        visited(people, well, month)
    visited(people, lost, 5, living="street", pursuit="idle", relapse="yes")
    with at(8):
        lost.refresh_from_db()
        words = {"ending": "lost_contact", "event_on": date(2026, 8, 1), "note": "Tidak ditemukan lagi."}
        walk.end_stage(people, lost, **words)
        walk.to_end(people, back)
        walk.to_stage(people, walk.open_case(people, back.client), Stage.ASSESSMENT)
    return people, well, lost, back, unseen


def test_everybody_is_counted_once_as_the_last_visit_found_them(left):
    team, well, *_others = left
    with at(4, year=2027):
        found = outcomes.cohort(team.head.institution, *LEFT)
    assert len(found) == 4
    # in June one is well, one fell back; who was not seen yet is unknown
    assert counted(found, 3) == (4, {Measure.FAMILY: 1, Measure.BUSY: 1, Measure.RELAPSED: 1, Measure.UNKNOWN: 2})
    assert counted(found, 6) == (
        4,
        {
            Measure.FAMILY: 2,  # who came back in August had been visited that day
            Measure.BUSY: 2,
            Measure.RELAPSED: 1,
            Measure.BACK: 1,
            Measure.LOST: 1,
            Measure.UNKNOWN: 1,
        },
    )
    assert counted(found, 12) == (
        4,
        {Measure.FAMILY: 1, Measure.BUSY: 1, Measure.RELAPSED: 1, Measure.BACK: 1, Measure.LOST: 1, Measure.UNKNOWN: 1},
    )
    groups = [(line.label, line.people) for line in outcomes.by_bimbingan(found, 6)]
    assert groups == [("Bimbingan keterampilan", 4), ("Bimbingan psikososial", 4)]
    assert [line.people for line in outcomes.by_category(found, 6)] == [4]
    assert outcomes.cohort(team.head.institution, date(2026, 4, 1), date(2026, 12, 31)) == []
    assert not found[0].is_due(12, date(2027, 3, 9)) and found[0].is_due(12, date(2027, 3, 10))
    assert well in [person.case for person in found]


def test_numbers_lead_to_the_people_and_go_out_as_a_spreadsheet(client, left):
    team, _well, _lost, _back, unseen = left
    query = "dari=2026-03&sampai=2026-03&bulan=6"
    with at(10):
        client.force_login(team.head)
        page = client.get(f"/laporan/hasil/?{query}")
        cells = page.context["tables"][0][1][0]["cells"]
        assert [cell["number"] for cell in cells] == [2, 2, 1, 1, 0, 1, 1]
        assert page.context["listed"] == []
        people = client.get(f"/laporan/hasil/{cells[-1]['url']}")
        assert [person.case for person, _words in people.context["listed"]] == [unseen]
        # the group of a line is asked for along with the measure
        line = page.context["tables"][1][1][0]
        assert len(client.get(f"/laporan/hasil/{line['url']}").context["listed"]) == line["people"] == 4
        sheet = load_workbook(BytesIO(client.get(f"/laporan/hasil/daftar.xlsx?{query}").content)).active
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[1] == ("Semua", "Semua yang keluar", 6, 4, 2, 2, 1, 1, 0, 1, 1)
        assert "Dedi" not in str(rows)
        early = client.get("/laporan/hasil/?dari=2026-03&sampai=2026-03&bulan=12")
        assert (early.context["all"], early.context["due"]) == (4, 0)
        client.logout()
        client.force_login(team.worker)
        assert client.get("/laporan/hasil/").status_code == 403


def test_five_queries_whatever_the_number(left, django_assert_num_queries):
    team = left[0]
    for first, last in (LEFT, (date(2020, 1, 1), date(2030, 1, 1))):
        with django_assert_num_queries(5):
            outcomes.cohort(team.head.institution, first, last)
