"""Which progress sheets are wanted: told for many cases in one query, as the gate tells it for each."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Institution
from cases.enums import Stage
from rehsos import clock
from services import due_dates, models, progress, transitions
from services.demo import walk
from services.situation import Situation
from tests import factories

pytestmark = pytest.mark.django_db


def at(month, day):
    return clock.at(datetime(2026, month, day, 4, tzinfo=UTC))


def wanted(user, **how):
    return [(due.case.number, due.start, due.is_late) for due in progress.wanted(user, **how)]


def test_sheets_wanted_are_those_the_gate_asks_for(walked, people):
    case = walked.at(Stage.INTERVENTION)
    with at(5, 10):
        walk.paper(people, case, models.ProgressSheet, period_on=date(2026, 4, 1))
        half = {"period_on": date(2026, 5, 1), "parts": {models.AspectProgress: []}}
        walk.paper(people, case, models.ProgressSheet, **half)
    for months in (1, 3):
        Institution.objects.update(progress_months=months)
        for day in ((3, 31), (4, 1), (5, 31), (6, 1), (9, 30)):
            with at(*day):
                fresh = walked.at(Stage.INTERVENTION)
                told = [start for _number, start, is_late in wanted(people.worker) if is_late]
                assert told == due_dates.sheets_due(Situation(fresh))


def test_running_period_is_wanted_within_a_week_of_its_end_and_only_of_own_cases(walked, people):
    case = walked.at(Stage.INTERVENTION)
    with at(3, 23):
        assert wanted(people.supervisor) == []
    with at(3, 24):
        assert wanted(people.supervisor) == wanted(people.worker, own=True) == [(case.number, date(2026, 3, 1), False)]
        assert wanted(people.other_worker, own=True) == []
    with at(3, 11):
        assert wanted(people.supervisor, running=True) == [(case.number, date(2026, 3, 1), False)]


def test_case_that_waits_or_leaves_is_asked_for_nothing_new(walked, people):
    case = walked.at(Stage.INTERVENTION)
    with at(3, 30):
        walk.intervention(people, case)
        case.refresh_from_db()
        transitions.submit(case=case, by=people.worker, version=case.version)
    with at(4, 2):
        assert wanted(people.supervisor) == []


def test_homes_and_list_lead_to_the_sheet_with_its_period(client, walked, people):
    case = walked.at(Stage.INTERVENTION)
    url = f"/kasus/{case.number}/tahap/pelaksanaan/isi/perkembangan/?periode=2026-03"
    with at(4, 2):
        client.force_login(people.worker)
        assert url in client.get("/").content.decode()
        client.force_login(people.supervisor)
        home = client.get("/")
        figures = [figure for figure in home.context["figures"] if figure["url"] == "/perkembangan/"]
        assert [(figure["number"], figure["tone"]) for figure in figures] == [(1, "due")]
        page = client.get("/perkembangan/")
        assert [due.case.pk for due in page.context["page"]] == [case.pk]
        assert url not in page.content.decode()  # the worker fills it in


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_and_three(client, people, rows, django_assert_num_queries):
    for number in range(rows):
        factories.case(people, Stage.INTERVENTION, factories.client(people, name=f"Nama {number}"))
    client.force_login(people.supervisor)
    with at(12, 30):
        client.get("/perkembangan/")
        with django_assert_num_queries(4 + 1):
            client.get("/perkembangan/")
