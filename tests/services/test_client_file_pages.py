"""The file of a client: corrected, and a case opened from it."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """A UPT with nobody in its register yet."""
    return factories.team()


@pytest.fixture
def browse(client):
    """``browse(user, path, **query)`` or, with ``post=``, a POST."""

    def go(user, path, post=None, **query):
        client.force_login(user)
        return client.get(path, query) if post is None else client.post(path, post)

    return go


def edit(browse, user, person, **values):
    path = f"/klien/{person.number}/ubah/"
    form = browse(user, path).context["form"]
    written = {field.name: field.value() for field in form}
    return browse(user, path, post={k: v for k, v in (written | values).items() if v not in (None, False)})


def test_register_is_corrected(browse, people):
    person = factories.client(people, name="Dimas", others=["poor"])
    response = edit(browse, people.worker, person, name="Dimas P.", primary="street_child", others=["poor", "homeless"])
    person.refresh_from_db()
    assert response.status_code == 302
    assert (person.name, person.folded_name, person.version) == ("Dimas P.", "dimas p", 2)
    assert [row.category for row in person.categories.all()] == ["street_child", "poor", "homeless"]


def test_correction_of_an_old_page_is_refused_with_the_text(browse, people):
    person = factories.client(people)
    path = f"/klien/{person.number}/ubah/"
    form = browse(people.worker, path).context["form"]
    stale = {field.name: field.value() for field in form if field.value() not in (None, False)}
    edit(browse, people.supervisor, person, nickname="Dim")
    response = browse(people.worker, path, post=stale | {"nickname": "Mas Dim"})
    assert response.status_code == 409
    assert "Mas Dim" in response.content.decode()


def test_case_is_opened_from_the_client(browse, people):
    person = factories.client(people)
    path = f"/klien/{person.number}/kasus-baru/"
    form = browse(people.worker, path).context["form"]
    post = {field.name: field.value() for field in form if field.value() is not None}
    post |= {"way_in": "district_office", "sender": "Dinsos Kab. Sidoarjo", "stage": "closing"}
    answers = [browse(people.worker, path, post=post) for _time in range(2)]
    case = person.cases.get()
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/kasus/{case.number}/")}
    assert (case.way_in, case.sender, case.stage) == ("district_office", "Dinsos Kab. Sidoarjo", "intake")
    assert list(case.assignments.values_list("worker", flat=True)) == [people.worker.pk]


def test_placement_by_order_asks_for_it_and_the_case_shows_it(browse, people):
    person = factories.client(people)
    path = f"/klien/{person.number}/kasus-baru/"
    form = browse(people.worker, path).context["form"]
    post = {field.name: field.value() for field in form if field.value() is not None}
    post |= {"way_in": "court_order", "order_by": "Pengadilan Negeri Malang"}
    answer = browse(people.worker, path, post=post)
    assert (answer.status_code, set(answer.context["form"].errors)) == (
        422,
        {"order_number", "order_on", "order_until_on"},
    )
    assert "Pengadilan Negeri Malang" in answer.content.decode()

    post |= {"order_number": "7/Pid/2026", "order_on": "2026-01-05", "order_until_on": "2999-01-05"}
    answer = browse(people.worker, path, post=post)
    page = browse(people.worker, answer["Location"]).content.decode()
    assert "Diterima berdasarkan" in page
    assert "No. 7/Pid/2026, Pengadilan Negeri Malang, 5 Januari 2026" in page
    assert "5 Januari 2999" in page


def test_second_open_case_is_refused(browse, people):
    case = factories.case(people)
    path = f"/klien/{case.client.number}/kasus-baru/"
    response = browse(people.worker, path)
    assert case.number in response.content.decode()
    post = {field.name: field.value() for field in response.context["form"] if field.value() is not None}
    answer = browse(people.worker, path, post=post)
    assert answer.status_code == 422
    assert "Klien ini masih mempunyai kasus yang terbuka." in answer.content.decode()


def test_first_contact_lies_not_ahead(browse, people):
    person = factories.client(people)
    path = f"/klien/{person.number}/kasus-baru/"
    form = browse(people.worker, path).context["form"]
    post = {field.name: field.value() for field in form if field.value() is not None}
    answer = browse(people.worker, path, post=post | {"first_contact_on": "2999-01-01"})
    assert (answer.status_code, answer.context["form"].errors["first_contact_on"]) == (
        422,
        ["Tanggal ini belum lewat."],
    )


def test_episodes_of_other_workers_are_counted_not_shown(browse, people):
    case = factories.case(people)
    page = browse(people.supervisor, f"/klien/{case.client.number}/").content.decode()
    assert case.number in page
