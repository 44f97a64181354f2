"""The queue: what waits, what it still needs, who may decide, and a decision taken in place."""

import pytest

from accounts.enums import Role
from accounts.models import Membership
from audit.models import Access
from cases.enums import Stage
from services import models, transitions
from services.demo import walk
from services.enums import Kind, State
from services.workflow import PAIRS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """A UPT with no case yet."""
    return factories.team(factories.institution("BARU"))


@pytest.fixture
def queue(client):
    """``queue(user)``: the context of the page, its session already begun."""

    def go(user):
        client.force_login(user)
        client.get("/katalog/")  # the first page of a session also writes it
        return client.get("/supervisi/").context

    return go


def asked(people, stage=Stage.ASSESSMENT, name="Dimas"):
    case = factories.case(people, stage, factories.client(people, name=name))
    walk.STEPS[stage](people, case)
    case.refresh_from_db()
    transitions.submit(case=case, by=people.worker, version=case.version)
    return case


def decision(people, name="Dimas"):
    case = factories.case(people, person=factories.client(people, name=name))
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    case.refresh_from_db()
    transitions.decide(case=case, way="accepted", reason="Layak.", by=people.worker, version=case.version)
    return case


def numbers(papers) -> list[str]:
    return [paper.waiting.case.number for paper in papers]


def owed(paper) -> list[str]:
    return [sign_off.code for sign_off in paper.waiting.owed]


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SUPERVISOR, 200),
        (Role.SECTION_HEAD, 200),
        (Role.HEAD, 200),
        (Role.SOCIAL_WORKER, 403),
        (Role.ADMIN_OFFICE, 403),
        (Role.INSTRUCTOR, 403),
        (Role.NURSE, 403),
        (Role.PROVINCE, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_queue_is_open_to_these_roles(client, role, status):
    client.force_login(factories.user("pembaca", role))
    assert client.get("/supervisi/").status_code == status


def test_longest_waiting_comes_first_with_what_it_needs(queue, people):
    first, second = asked(people), asked(people, Stage.PLANNING, "Bayu")
    mine = queue(people.supervisor)["mine"]
    assert numbers(mine) == [first.number, second.number]
    assert [owed(paper) for paper in mine] == [["B.e"], ["C.i"]]
    assert [line["code"] for line in mine[0].lines] == ["B.d", "B.f", "B.h"]
    assert (mine[0].leads_to, mine[0].box.url) == (
        Stage.PLANNING,
        f"/kasus/{first.number}/tahap/asesmen/putuskan/",
    )


def test_each_bimbingan_of_the_plan_asks_for_its_supervision(queue, people):
    case = asked(people, Stage.INTERVENTION)
    [paper] = queue(people.supervisor)["mine"]
    planned = {goal.bimbingan for goal in models.Goal.of(case)}
    assert owed(paper) == [pair.supervision for bimbingan, pair in PAIRS.items() if bimbingan in planned]


def test_supervision_given_before_is_not_asked_again(queue, people):
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    case.refresh_from_db()
    today = case.institution.today()
    transitions.supervise(case=case, code="B.e", note="Cukup.", by=people.supervisor, on=today, version=case.version)
    transitions.submit(case=case, by=people.worker, version=case.version)
    [paper] = queue(people.supervisor)["mine"]
    assert owed(paper) == []


def test_head_endorses_what_the_supervisor_approved(queue, people):
    case = decision(people)
    assert numbers(queue(people.head)["others"]) == [case.number]
    request = case.requests.get()
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Memadai.")
    context = queue(people.head)
    assert numbers(context["mine"]) == [case.number]
    [paper] = context["mine"]
    assert (paper.title, paper.approved_by) == ("Seleksi – Diterima", people.supervisor.full_name)
    assert paper.box.url == f"/kasus/{case.number}/tahap/pendekatan-awal/sahkan/"
    [paper] = queue(people.supervisor)["others"]
    assert paper.waiting.why_not == "Hanya Kepala UPT yang mengesahkan keputusan."


def test_nobody_is_offered_a_decision_on_their_own_work(queue, people):
    Membership.objects.create(user=people.worker, institution=people.worker.institution, role=Role.SUPERVISOR)
    asked(people)
    worker = type(people.worker).objects.get(pk=people.worker.pk)
    [paper] = queue(worker)["others"]
    assert paper.waiting.why_not == "Anda yang mengajukan; keputusan harus dari orang lain."


def test_head_decides_where_no_supervisor_is_eligible(queue, people):
    asked(people)
    assert [paper.box for paper in queue(people.head)["mine"]] == []
    Membership.objects.filter(role=Role.SUPERVISOR).delete()
    assert len(queue(people.head)["mine"]) == 1


def test_other_upt_stays_out_of_the_queue(queue, people):
    asked(factories.team(factories.institution("LAIN")))
    assert (queue(people.supervisor)["mine"], queue(people.supervisor)["others"]) == ([], [])


def test_decision_in_place_comes_back_to_the_queue(client, queue, people):
    case = asked(people)
    [paper] = queue(people.supervisor)["mine"]
    post = {field.html_name: field.value() for field in paper.box.form if field.value() is not None}
    post |= {"choice": "setujui", "note": "Asesmen sudah dalam."}
    answer = client.post(paper.box.url, post)
    case.refresh_from_db()
    assert (answer.status_code, answer["Location"], case.stage) == (302, "/supervisi/", Stage.PLANNING)
    assert queue(people.supervisor)["mine"] == []


def test_return_in_place_opens_the_stage_again(client, queue, people):
    case = asked(people)
    [paper] = queue(people.supervisor)["mine"]
    post = {field.html_name: field.value() for field in paper.box.form if field.value() is not None}
    assert client.post(paper.box.url, post | {"choice": "kembalikan", "note": ""}).status_code == 422
    answer = client.post(paper.box.url, post | {"choice": "kembalikan", "note": "Lengkapi sumber data."})
    assert (answer.status_code, answer["Location"]) == (302, "/supervisi/")
    assert case.requests.get(kind=Kind.STAGE, case_version=case.version).state == State.RETURNED


def test_cases_in_the_queue_leave_a_trace(queue, people):
    case = asked(people)
    queue(people.supervisor)
    rows = Access.objects.filter(page="supervision").values_list("kind", "subject_id", "actor_id")
    assert list(rows) == [("case", case.pk, people.supervisor.pk)]


STAGES = (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("who", "queries"), [("supervisor", 9), ("head", 10)])
def test_queue_asks_the_same_of_the_database_for_one_and_three(
    client, queue, people, rows, who, queries, django_assert_num_queries
):
    for number in range(rows):
        asked(people, STAGES[number], f"Nama {number}")
    reader = getattr(people, who)
    queue(reader)
    # session, user, membership, access rows; waiting requests, workers, all requests, decisions, records, activities,
    # supervisions, loads, quiet cases; for the head also who could supervise
    with django_assert_num_queries(4 + queries):
        client.get("/supervisi/")
