"""One's own work of a month, one activity, and its evidence: who reads them."""

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage
from services.models import Activity
from tests import factories
from tests.services.activities.pictures import picture


@pytest.mark.parametrize("month", ["2026-13", "2026-00", "bulan", "2026-7", "0001-01", "9999-12", "2026-07-03"])
def test_month_that_is_none_is_not_found(client, people, month):
    client.force_login(people.worker)
    response = client.get("/kegiatan/", {"bulan": month})
    assert response.status_code == 404
    assert "Tidak ditemukan" in response.content.decode()


def test_worklog_sums_one_month_of_ones_own_by_code(client, log, people, walked):
    today = people.worker.institution.today()
    worker = factories.user("pencatat", Role.SOCIAL_WORKER, upt=people.worker.institution)
    for code, minutes in (("A.a", "30"), ("A.a", "45"), ("A.b", "")):
        log(worker, code=code, minutes=minutes)
    client.force_login(worker)
    month = f"{today:%Y-%m}"
    context = client.get("/kegiatan/", {"bulan": month}).context
    assert (context["number"], context["minutes"]) == (3, 75)
    assert [(key, number, minutes) for _item, key, number, minutes in context["sums"]] == [
        ("A.a", 2, 75),
        ("A.b", 1, 0),
    ]
    context = client.get("/kegiatan/", {"bulan": month, "kode": "A.b"}).context
    assert [item.code for _activity, item in context["rows"]] == ["A.b"]
    assert client.get("/kegiatan/", {"bulan": "2020-01"}).context["number"] == 0


def test_activity_is_read_by_its_writer_the_workers_of_its_case_and_who_supervises(client, log, people, walked):
    case = walked.at(Stage.INTERVENTION)
    log(people.supervisor, code="D.k", cases=[case.number], account="Pendampingan.")
    activity = Activity.objects.latest("pk")
    upt = people.worker.institution
    elsewhere = factories.team(factories.institution("LAIN"))
    readers = {
        people.worker: 200,
        people.supervisor: 200,
        people.head: 200,
        factories.user("kasi", Role.SECTION_HEAD, upt=upt): 200,
        people.other_worker: 404,
        factories.user("instruktur", Role.INSTRUCTOR, upt=upt): 404,
        factories.user("tatausaha", Role.ADMIN_OFFICE, upt=upt): 403,
        elsewhere.worker: 404,
        elsewhere.head: 404,
    }
    found = {}
    for reader in readers:
        client.force_login(reader)
        found[reader] = client.get(f"/kegiatan/{activity.pk}/").status_code
    assert found == readers
    assert client.get(f"/kegiatan/{'9' * 30}/").status_code == 404


def test_evidence_goes_out_to_who_may_see_the_activity_and_never_unseen(client, log, people, walked):
    log(people.worker, code="D.k", cases=[walked.at(Stage.INTERVENTION).number], evidence=picture("foto ruang.png"))
    activity = Activity.objects.latest("pk")
    path = f"/berkas/{activity.evidence_id}/"
    client.force_login(people.worker)
    response = client.get(path)
    content = b"".join(response.streaming_content)
    assert (response.status_code, response["X-Content-Type-Options"]) == (200, "nosniff")
    assert response["Content-Disposition"] == 'attachment; filename="foto ruang.jpg"'
    assert content.startswith(b"\xff\xd8\xff")
    rows = Access.objects.filter(page="file").values_list("kind", "subject_id", "label", "actor_id")
    assert list(rows) == [("activity", activity.pk, "D.k", people.worker.pk)]
    for stranger in (people.other_worker, factories.team(factories.institution("LAIN")).head):
        client.force_login(stranger)
        assert client.get(path).status_code == 404
    assert client.get("/berkas/00000000-0000-4000-8000-000000000000/").status_code == 404
    client.force_login(factories.user("tatausaha", Role.ADMIN_OFFICE, upt=people.worker.institution))
    assert client.get(path).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_worklog_asks_the_same_of_the_database_for_one_and_three(
    client, log, people, walked, rows, django_assert_num_queries
):
    worker = factories.user("pencatat", Role.SOCIAL_WORKER, upt=people.worker.institution)
    for stage in (Stage.INTERVENTION, Stage.PLANNING, Stage.CLOSING)[:rows]:
        case = walked.at(stage)
        case.assignments.create(worker=worker, since_on=case.institution.today(), assigned_by=people.head)
        log(worker, code="D.j", bimbingan=["physical"], cases=[case.number])
    client.force_login(worker)
    client.get("/kegiatan/")
    # session, user, membership, access rows; count, sums, page, bimbingan, cases in sight
    with django_assert_num_queries(4 + 5):
        client.get("/kegiatan/")
