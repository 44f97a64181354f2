"""The home of each role: what it calls for, what it counts, and at which cost."""

from datetime import timedelta

import pytest

from accounts.enums import InstitutionKind, Role
from audit.models import Access
from cases.enums import Stage
from cases.models import Case, Stay
from rehsos import clock
from services import models, transitions
from services.demo import walk
from services.homes.province import masked, totals
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """A UPT with no case yet."""
    return factories.team(factories.institution("BARU"))


@pytest.fixture
def home(client):
    """``home(user)``: the answer of the home page, its session already begun."""

    def go(user, **query):
        client.force_login(user)
        client.get("/katalog/")  # the first page of a session also writes it
        return client.get("/", query)

    return go


def asked(people, stage=Stage.ASSESSMENT, **person):
    """A case whose stage waits for the supervisor."""
    case = factories.case(people, stage, factories.client(people, **person))
    walk.STEPS[stage](people, case)
    case.refresh_from_db()
    transitions.submit(case=case, by=people.worker, version=case.version)
    return case


def dinas_user(role):
    return factories.user(f"dinas_{role}", role, upt=factories.institution("DINAS", kind=InstitutionKind.DINAS))


def test_worker_finds_what_came_back_and_what_is_late(home, people):
    late, returned = factories.case(people), asked(people, name="Bayu")
    today = late.institution.today()
    Case.objects.filter(pk=late.pk).update(next_due_on=today - timedelta(days=3))
    request = returned.requests.get(state="submitted")
    transitions.give_back(
        request=request, by=people.supervisor, version=returned.version, reason="Rumusan masalah belum jelas."
    )
    response = home(people.worker)
    page = response.content.decode()
    numbers = {figure["label"]: figure["number"] for figure in response.context["figures"]}
    assert numbers | {"kegiatan bulan ini": 0} == {
        "kasus saya": 2,
        "dikembalikan": 1,
        "lewat tenggat": 1,
        "tenggat minggu ini": 0,
        "tunggakan": 0,
        "kegiatan bulan ini": 0,
    }
    assert "Rumusan masalah belum jelas." in page
    assert [(label, [row.case.pk for row in rows]) for label, rows in response.context["groups"]] == [
        ("Lewat tenggat", [late.pk])
    ]
    assert f"/kasus/{returned.number}/tahap/asesmen/" in page


def test_request_made_again_is_no_longer_a_returned_one(home, people):
    case = asked(people)
    transitions.give_back(
        request=case.requests.get(state="submitted"), by=people.supervisor, version=case.version, reason="Lengkapi."
    )
    transitions.submit(case=case, by=people.worker, version=case.version)
    assert home(people.worker).context["returned"] == []


def test_worker_is_reminded_of_clients_without_a_case(home, people):
    person = factories.client(people)
    assert [client.pk for client in home(people.worker).context["unopened"]] == [person.pk]
    walk.open_case(people, person)
    assert list(home(people.worker).context["unopened"]) == []


def test_supervisor_finds_requests_loads_and_quiet_cases(home, people):
    with clock.at(clock.now() - timedelta(days=30)):
        quiet = factories.case(people)
    waiting = asked(people, name="Bayu")
    unheld = transitions.open(
        client=factories.client(people, name="Citra"),
        by=people.supervisor,
        way_in="own_wish",
        first_contact_on=waiting.institution.today(),
    )
    context = home(people.supervisor).context
    assert [request.case_id for request, _way in context["waiting"]] == [waiting.pk]
    assert [row.case.pk for row in context["silent"]] == [quiet.pk]
    assert [case.pk for case in context["unassigned"]] == [unheld.pk]
    assert [(worker.pk, worker.open_cases) for worker in context["loads"]] == [
        (people.worker.pk, 2),
        (people.other_worker.pk, 0),
    ]


def test_head_finds_what_to_endorse_and_the_month(home, people):
    placed = factories.case(people, Stage.ASSESSMENT)
    Stay.objects.filter(case=placed).update(house="Wisma Anggrek")
    other = factories.case(people, person=factories.client(people, name="Bayu"))
    walk.fill(people, other, models.AdminChecklist, models.Eligibility)
    other.refresh_from_db()
    request = transitions.decide(case=other, way="accepted", reason="Layak.", by=people.worker, version=other.version)
    transitions.approve(request=request, by=people.supervisor, version=other.version, note="Memadai.")
    context = home(people.head).context
    assert [(request.case_id, way) for request, way in context["to_endorse"]] == [(other.pk, "Diterima")]
    assert context["month"] == {"start": 0, "came": 1, "gone": 0, "now": 1}
    assert context["typed"] == [{"house": "Wisma Anggrek", "number": 1}]
    assert [row["number"] for row in context["funnel"]["rows"]] == ["1", "1", "0", "0", "0", "0"]


def test_office_counts_the_register_and_shows_no_case(client, home, people):
    case = factories.case(people)
    office = factories.user("tatausaha", Role.ADMIN_OFFICE, upt=case.institution)
    response = home(office)
    assert [figure["number"] for figure in response.context["figures"]] == [1, 1, 0, 1]
    factories.client(people, name="Citra")
    found = [client.get(figure["url"]).context["page"].paginator.count for figure in home(office).context["figures"]]
    assert found == [2, 2, 1, 1]
    assert case.number not in response.content.decode()


@pytest.mark.parametrize(
    "role",
    [Role.INSTRUCTOR, Role.BOARDING_OFFICER, Role.RELIGIOUS_INSTRUCTOR, Role.NURSE, Role.PSYCHOLOGIST],
)
def test_staff_find_their_own_work_and_no_client(home, people, role):
    case = factories.case(people)
    page = home(factories.user("pelaksana", role, upt=case.institution)).content.decode()
    assert "Catat kegiatan" in page
    assert case.number not in page and case.client.name not in page


def test_dinas_reads_numbers_over_every_upt_and_not_one_name(home, people):
    for number in range(5):
        walk.open_case(people, factories.client(people, name=f"Nama {number}"))
    case = factories.case(factories.team(factories.institution("KECIL")), Stage.ASSESSMENT)
    response = home(dinas_user(Role.PROVINCE))
    page = response.content.decode()
    lines = {line.upt: [number for _label, number in line.cells] for line in response.context["lines"]}
    assert lines == {"UPT Contoh BARU": [5, 0, 0, 0], "UPT Contoh KECIL": ["<5", "<5", "<5", 0]}
    assert [number for _label, number in response.context["totals"]] == [None, None, None, 0]
    assert "Nama 1" not in page and case.number not in page


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, "<5"), (4, "<5"), (5, 5), (60, 60)])
def test_small_numbers_are_hidden(number, shown):
    assert masked(number) == shown


def test_sum_is_told_only_where_no_cell_is_hidden():
    assert totals([[5, 3], [0, 9]]) == [5, None]


def test_administrator_counts_accounts_only(home, people):
    case = factories.case(people)
    response = home(dinas_user(Role.ADMINISTRATOR))
    page = response.content.decode()
    assert response.context["counts"] == {"active": 6, "inactive": 0}
    assert case.number not in page and case.client.name not in page


def test_person_of_several_roles_chooses_between_homes(home, people):
    both = factories.user("rangkap", Role.SOCIAL_WORKER, Role.SUPERVISOR, upt=people.worker.institution)
    assert "Menunggu keputusan" in home(both).content.decode()
    assert "Perlu dikerjakan" in home(both, sebagai="pekerja").content.decode()
    assert "Menunggu keputusan" in home(both, sebagai="kepala").content.decode()


def test_person_without_a_role_learns_whom_to_ask(home):
    assert "Minta administrator" in home(factories.user("tanpa_peran")).content.decode()


def test_cases_on_a_home_leave_a_trace(home, people):
    case = factories.case(people)
    home(people.worker)
    rows = Access.objects.filter(page="home").values_list("kind", "subject_id", "actor_id")
    assert list(rows) == [("case", case.pk, people.worker.pk)]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("worker", 8), ("supervisor", 6), ("head", 10)])
def test_home_asks_the_same_of_the_database_for_one_and_three(
    client, home, people, rows, who, queries, django_assert_num_queries
):
    for number in range(rows):
        asked(people, name=f"Nama {number}")
        factories.client(people, name=f"Tanpa kasus {number}")
    reader = getattr(people, who)
    home(reader)
    with django_assert_num_queries(
        4 + 2 + queries
    ):  # session, user, membership, access rows, tasks, alarms, its own and a worker's days of the law
        client.get("/")
