"""The list of cases: whose, in which order, narrowed how, at which cost."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage
from cases.models import Case
from services.demo import walk
from tests import factories


@pytest.fixture
def listed(client):
    """``listed(user, **query)``: the numbers in the list, in order."""

    def go(user, **query):
        client.force_login(user)
        return [row.case.number for row in client.get("/kasus/", query).context["rows"]]

    return go


def due(case, days):
    """Let the case fall due so many days from today."""
    Case.objects.filter(pk=case.pk).update(next_due_on=case.institution.today() + timedelta(days=days))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SOCIAL_WORKER, 200),
        (Role.SUPERVISOR, 200),
        (Role.SECTION_HEAD, 200),
        (Role.HEAD, 200),
        (Role.ADMIN_OFFICE, 200),
        (Role.INSTRUCTOR, 403),
        (Role.PSYCHOLOGIST, 403),
        (Role.PROVINCE, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_list_is_open_to_these_roles(client, db, role, status):
    client.force_login(factories.user("pembaca", role))
    assert client.get("/kasus/").status_code == status


def test_worker_sees_own_cases_and_the_upt_sees_all_of_its_own(listed, walked):
    people = walked.people
    numbers = {walked.at(stage).number for stage in Stage}
    elsewhere = factories.team(factories.institution("PMKS"))
    factories.case(elsewhere)
    assert set(listed(people.worker)) == numbers
    assert set(listed(people.head)) == numbers
    assert listed(people.other_worker) == []
    assert len(listed(elsewhere.head)) == 1


def test_office_sees_rows_without_a_way_into_the_case(client, walked):
    client.force_login(factories.user("tatausaha", Role.ADMIN_OFFICE))
    page = client.get("/kasus/").content.decode()
    number = walked.at(Stage.INTAKE).number
    assert number in page and f'href="/kasus/{number}/"' not in page


def test_nearest_due_date_comes_first_and_none_last(listed, walked):
    by_stage = {stage: walked.at(stage) for stage in Stage}
    Case.objects.update(next_due_on=None)
    due(by_stage[Stage.PLANNING], 3)
    due(by_stage[Stage.AFTERCARE], -2)
    due(by_stage[Stage.INTAKE], 0)
    numbers = listed(walked.people.worker)
    assert numbers[:3] == [by_stage[s].number for s in (Stage.AFTERCARE, Stage.INTAKE, Stage.PLANNING)]


def test_filters_narrow_by_stage_due_worker_and_category(listed, walked):
    people = walked.people
    by_stage = {stage: walked.at(stage) for stage in Stage}
    Case.objects.update(next_due_on=None)
    due(by_stage[Stage.CLOSING], -1)
    due(by_stage[Stage.PLANNING], 5)
    assert listed(people.head, stage="closing") == [by_stage[Stage.CLOSING].number]
    assert listed(people.head, due="late") == [by_stage[Stage.CLOSING].number]
    assert listed(people.head, due="week") == [by_stage[Stage.PLANNING].number]
    assert len(listed(people.head, worker=people.worker.pk)) == 6
    assert listed(people.head, worker=people.other_worker.pk) == []
    assert len(listed(people.head, category="substance_abuse_victim")) == 6
    assert listed(people.head, category="poor") == []
    assert listed(people.head, status="aftercare") == [by_stage[Stage.AFTERCARE].number]
    assert listed(people.head, contact="quiet") == []


def test_search_folds_names_and_includes_closed_cases(listed, db):
    people = factories.team(factories.institution("BARU"))
    closed = walk.to_end(people, factories.case(people, person=factories.client(people, name="Ma'rūf Amin")))
    assert listed(people.worker) == []
    for words in ("maruf", "MA’RUF", closed.number, closed.number[-4:], closed.client.number):
        assert listed(people.worker, q=words) == [closed.number], words
    assert listed(people.worker, q="maruf", status="active") == []
    assert listed(people.worker, status="closed") == [closed.number]
    assert listed(people.other_worker, q="maruf") == []


@pytest.mark.parametrize(
    "query",
    [{"stage": "z"}, {"worker": "9" * 40}, {"worker": "x"}, {"due": "13"}, {"status": "z"}, {"q": "x" * 121}],
)
def test_filter_that_makes_no_sense_is_said_and_ignored(client, walked, query):
    client.force_login(walked.people.head)
    response = client.get("/kasus/", query)
    assert (response.status_code, len(response.context["rows"])) == (200, 6)
    assert "Sebagian filter tidak dikenal dan diabaikan." in response.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "9" * 40])
def test_page_that_is_not_there_is_the_nearest(client, walked, page):
    client.force_login(walked.people.head)
    response = client.get("/kasus/", {"page": page})
    assert (response.status_code, len(response.context["rows"])) == (200, 6)


def test_protected_name_is_masked(client, db):
    people = factories.team(factories.institution("BARU"))
    case = factories.case(people, person=factories.client(people, name="Moch. Fajar", is_protected=True))
    client.force_login(people.worker)
    page = client.get("/kasus/").content.decode()
    assert case.number in page and "M. F." in page and "Moch. Fajar" not in page


def test_every_row_leaves_a_trace(listed, walked):
    numbers = listed(walked.people.worker)
    traces = Access.objects.filter(page="case_list").values_list("kind", "label", "actor_id")
    assert list(traces) == [("case", number, walked.people.worker.pk) for number in numbers]


@pytest.mark.parametrize("rows", [1, 3, 30])
@pytest.mark.parametrize("role", ["worker", "head"])
def test_list_asks_the_same_of_the_database_for_any_number_of_rows(client, db, rows, role, django_assert_num_queries):
    people = factories.team(factories.institution("BARU"))
    for number in range(rows):
        walk.open_case(people, factories.client(people, name=f"Klien {number}"))
    reader = getattr(people, role)
    client.force_login(reader)
    client.get("/katalog/")  # the first page of a session also writes it
    # session, user, membership, access rows; count, page, workers, late, saved filters; for the head the workers' names
    with django_assert_num_queries(4 + (5 if role == "worker" else 6)):
        client.get("/kasus/")
