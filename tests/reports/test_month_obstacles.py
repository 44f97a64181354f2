"""Obstacles of a month: what was open, named, tried and overcome, and that the sheet of checks sees a wrong number."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.enums import Bimbingan, Stage
from rehsos import clock
from reports import monthly, obstacles, proof
from reports.counts import ObstacleFlow
from reports.months import Month
from services import obstacles as work
from tests.services import meetings
from tests.services.walked import NOW

MARCH, APRIL, TODAY = Month(date(2026, 3, 1)), Month(date(2026, 4, 1)), NOW.date()


def failing(report):
    return [check.words for check in proof.checks(report) if not check.holds]


@pytest.mark.django_db
def test_obstacles_are_counted_by_bimbingan_with_effort_and_state(people, walked):
    case, worker = walked.at(Stage.INTERVENTION), people.worker
    named = [
        work.name(case=case, bimbingan=kind, on=TODAY, text="Alat rusak.", effort="Pinjam.", by=worker)
        for kind in ("vocational", "vocational", "social")
    ]
    work.carry_on(obstacle=named[0], is_overcome=True, on=TODAY, text="Alat baru.", by=worker)
    stays = meetings.crowd(case.institution, worker, 2, TODAY)
    activity = meetings.activity(people.supervisor, bimbingan=Bimbingan.SOCIAL, code="D.l")
    session = meetings.session(people.supervisor, activity, *stays, on=TODAY)
    meetings.mark(people.supervisor, session, {one.pk: "present" for one in stays}, values={"obstacle": "Hujan deras."})
    with clock.at(NOW + timedelta(days=30)):
        later = worker.institution.today()
        work.carry_on(obstacle=named[1], is_overcome=False, on=later, text="Minta anggaran.", by=worker)
        march, april = (monthly.report(case.institution, month) for month in (MARCH, APRIL))

    assert march.obstacles.flows == {"vocational": ObstacleFlow(0, 2, 1, 1), "social": ObstacleFlow(0, 1, 0, 1)}
    assert (march.obstacles.tried, march.obstacles.met) == (Counter(vocational=1), Counter(social=1))
    assert april.obstacles.flows == {"vocational": ObstacleFlow(1, 0, 0, 1), "social": ObstacleFlow(1, 0, 0, 1)}
    assert april.obstacles.tried == Counter(vocational=1)
    assert (failing(march), failing(april)) == ([], [])
    rows = [[cell.text for cell in row.cells] for row in obstacles.table(march.obstacles).rows]
    assert rows == [
        ["Bimbingan keterampilan", "–", "2", "1", "1", "1", "–"],
        ["Bimbingan sosial", "–", "1", "–", "1", "–", "1"],
        ["Jumlah", "–", "3", "1", "2", "1", "1"],
    ]
    forgotten = replace(march, obstacles=replace(march.obstacles, tried=Counter()))
    assert failing(forgotten) == [
        "Tabel hambatan: muncul + upaya lanjutan + dari sesi = kegiatan yang tercatat dari hambatan itu"
    ]
    skewed = replace(march.obstacles, flows={**march.obstacles.flows, "social": ObstacleFlow(0, 1, 1, 1)})
    assert failing(replace(march, obstacles=skewed)) == [
        "Tabel hambatan: awal bulan + muncul − teratasi = belum teratasi"
    ]
