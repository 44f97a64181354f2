"""Who works on a case: given by its page, refused in words."""

import pytest

from cases.enums import Stage
from cases.models import Assignment
from services.demo import walk
from tests import factories
from tests.services.tabs import tab

pytestmark = pytest.mark.django_db


def assign(client, user, case, **typed):
    client.force_login(user)
    url = f"/kasus/{case.number}/petugas/"
    form = client.get(url).context["form"]
    return client.post(url, {"form_key": form["form_key"].value(), **typed})


def test_supervisor_gives_a_case_to_another_worker_once(client):
    people = factories.team()
    case = factories.case(people)
    client.force_login(people.supervisor)
    url = f"/kasus/{case.number}/petugas/"
    key = client.get(url).context["form"]["form_key"].value()
    answers = [client.post(url, {"form_key": key, "worker": people.other_worker.pk}) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/kasus/{case.number}/")}
    rows = Assignment.objects.filter(case=case).values_list("worker", "until_on")
    assert list(rows) == [(people.worker.pk, None), (people.other_worker.pk, None)]
    assert tab(client, people.other_worker, case).status_code == 200


def test_only_worker_ends_the_others(client):
    people = factories.team()
    case = factories.case(people)
    assert assign(client, people.head, case, worker=people.other_worker.pk, only="on").status_code == 302
    assert tab(client, people.worker, case).status_code == 404
    assert tab(client, people.other_worker, case).status_code == 200


def test_assignment_is_refused_in_words(client):
    people = factories.team()
    case = factories.case(people)
    for worker in ("", people.head.pk, 10**30, "abc"):
        answer = assign(client, people.supervisor, case, worker=worker)
        assert answer.status_code == 422
        assert 'id="kesalahan"' in answer.content.decode()
    assert Assignment.objects.filter(case=case).count() == 1


def test_closed_case_is_given_to_nobody(client):
    people = factories.team()
    case = walk.to_end(people, factories.case(people, Stage.AFTERCARE))
    answer = assign(client, people.supervisor, case, worker=people.other_worker.pk)
    assert answer.status_code == 422
    assert "Kasus sudah ditutup." in answer.content.decode()


def test_worker_does_not_share_out_cases(client):
    people = factories.team()
    case = factories.case(people)
    client.force_login(people.worker)
    assert client.get(f"/kasus/{case.number}/petugas/").status_code == 403
    assert client.post(f"/kasus/{case.number}/petugas/", {"worker": people.worker.pk}).status_code == 403


def test_unassigned_case_says_so_and_offers_to_assign(client):
    people = factories.team()
    case = factories.case(people)
    Assignment.objects.filter(case=case).update(until_on=case.institution.today())
    page = tab(client, people.supervisor, case).content.decode()
    assert "belum ditetapkan" in page
    assert f"/kasus/{case.number}/petugas/" in page
