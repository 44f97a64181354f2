"""The register of clients through its pages: who finds whom, and how somebody new is entered."""

from datetime import date

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.models import Client
from tests import factories

pytestmark = pytest.mark.django_db

NEWCOMER = {"name": "Suharto", "sex": "male", "estimated_age": "16", "primary": "street_child"}


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


def key_of(response) -> str:
    return response.context["form"]["form_key"].value()


def enter(browse, user, **values):
    """Fill the form of a newcomer and send it."""
    key = key_of(browse(user, "/klien/baru/"))
    return browse(user, "/klien/baru/", post={**NEWCOMER, "form_key": key, **values})


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        (Role.SOCIAL_WORKER, (200, 200, 200, 200, 200)),
        (Role.SUPERVISOR, (200, 200, 200, 200, 200)),
        (Role.SECTION_HEAD, (200, 403, 200, 403, 403)),
        (Role.HEAD, (200, 200, 200, 200, 200)),
        (Role.ADMIN_OFFICE, (200, 200, 200, 200, 403)),
        (Role.INSTRUCTOR, (403,) * 5),
        (Role.NURSE, (403,) * 5),
        (Role.PROVINCE, (403,) * 5),
        (Role.ADMINISTRATOR, (403,) * 5),
    ],
)
def test_register_is_open_to_these_roles(browse, people, role, statuses):
    person = factories.client(people)
    reader = people.worker if role == Role.SOCIAL_WORKER else factories.user("pembaca", role)
    paths = ("/klien/", "/klien/baru/", *(f"/klien/{person.number}/{tail}" for tail in ("", "ubah/", "kasus-baru/")))
    assert tuple(browse(reader, path).status_code for path in paths) == statuses


def test_client_out_of_sight_is_not_found(browse, people):
    person = factories.client(people)
    elsewhere = factories.team(factories.institution("PMKS"))
    for reader in (people.other_worker, elsewhere.worker, elsewhere.head):
        for tail in ("", "ubah/", "kasus-baru/"):
            assert browse(reader, f"/klien/{person.number}/{tail}").status_code == 404
        response = browse(reader, "/klien/", q=person.name)
        assert (response.context["rows"], response.context["near"]) == ([], [])


def test_reading_a_client_leaves_a_trace(browse, people):
    person = factories.client(people)
    browse(people.worker, "/klien/", q="dimas")
    browse(people.worker, f"/klien/{person.number}/")
    rows = Access.objects.values_list("page", "kind", "subject_id", "label", "actor_id")
    assert list(rows) == [
        ("client_list", "client", person.pk, person.number, people.worker.pk),
        ("client", "client", person.pk, person.number, people.worker.pk),
    ]


@pytest.mark.parametrize(
    "words",
    ["ma'ruf", "MA’RUF amin", "amin maruf", "26-0001", "3515140303090001", "3515 1403 0309 0001", "Maʼrū"],
)
def test_search_finds_by_folded_name_number_and_nik(browse, people, words):
    found = factories.client(people, name="Ma'rūf Amin", nik="3515140303090001")
    factories.client(people, name="Slamet")
    number = found.number if words == "26-0001" else words
    response = browse(people.worker, "/klien/", q=number)
    assert [client.pk for client, _age in response.context["rows"]] == [found.pk]


def test_search_offers_names_nearly_right(browse, people):
    found = factories.client(people, name="Dimas Prasetyo")
    factories.client(people, name="Slamet")
    response = browse(people.worker, "/klien/", q="Dimas Praseto")
    assert response.context["rows"] == []
    assert [client.pk for client, _age in response.context["near"]] == [found.pk]


def test_nobody_is_registered_before_a_search(browse, people):
    assert "Daftarkan klien baru" not in browse(people.worker, "/klien/").content.decode()
    assert "/klien/baru/?nama=Joko%20Widodo" in browse(people.worker, "/klien/", q="Joko Widodo").content.decode()
    assert browse(people.worker, "/klien/baru/", nama="Joko").context["form"]["name"].value() == "Joko"


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_of_the_database_for_one_and_three(browse, people, rows, client, django_assert_num_queries):
    for number in range(rows):
        factories.case(people, person=factories.client(people, name=f"Klien {number}", others=["poor"]))
    client.force_login(people.worker)
    client.get("/katalog/")  # the first page of a session also writes it
    # session, user, membership, access rows; count, page, categories, open cases
    with django_assert_num_queries(4 + 4):
        client.get("/klien/")


def test_open_case_leads_to_its_page_but_not_for_the_office(browse, people):
    case = factories.case(people)
    office = factories.user("tatausaha", Role.ADMIN_OFFICE, upt=case.institution)
    link = f'href="/kasus/{case.number}/"'
    pages = [browse(reader, "/klien/").content.decode() for reader in (people.worker, people.head, office)]
    assert [link in page for page in pages] == [True, True, False]
    assert case.number in pages[2]


def test_list_masks_who_is_protected(browse, people):
    person = factories.client(people, name="Moch. Fajar", is_protected=True)
    page = browse(people.worker, "/klien/").content.decode()
    assert "M. F." in page and person.name not in page
    assert person.name in browse(people.worker, f"/klien/{person.number}/").content.decode()


def test_newcomer_gets_a_number_and_a_page(browse, people):
    response = enter(browse, people.worker, district="35.78.01", others=["poor", "street_child"])
    person = Client.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/klien/{person.number}/")
    assert (person.name, person.regency, person.estimated_age) == ("Suharto", "35.78", 16)
    assert list(person.categories.values_list("category", "is_primary")) == [("street_child", True), ("poor", False)]
    assert person.registered_by == people.worker


def test_form_sent_twice_enters_one_person(browse, people):
    post = {**NEWCOMER, "form_key": key_of(browse(people.worker, "/klien/baru/"))}
    answers = [browse(people.worker, "/klien/baru/", post=post) for _time in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, f"/klien/{Client.objects.get().number}/")
    }


def test_what_the_form_does_not_ask_is_ignored(browse, people):
    enter(browse, people.worker, number="1", institution="99", registered_by="99", version="9", folded_name="x")
    person = Client.objects.get()
    assert (person.institution, person.registered_by, person.version) == (people.worker.institution, people.worker, 1)
    assert (person.number != "1", person.folded_name) == (True, "suharto")


def test_similar_person_must_be_said_to_be_another(browse, people):
    known = factories.client(people, name="Suharto", estimated_age=15)
    response = enter(browse, people.worker)
    page = response.content.decode()
    assert (response.status_code, Client.objects.count()) == (422, 1)
    assert "nama sama, tanggal lahir tidak diketahui" in page and f"/klien/{known.number}/" in page
    assert response.context["form"]["name"].value() == "Suharto"

    assert enter(browse, people.worker, is_distinct="on").status_code == 422
    assert enter(browse, people.worker, distinct_because="beda ibu").status_code == 422
    assert enter(browse, people.worker, is_distinct="on", distinct_because="beda ibu").status_code == 302
    assert Client.objects.count() == 2


def test_similar_person_out_of_sight_shows_only_whom_to_ask(browse, people):
    known = factories.client(people, name="Suharto", birth_on=date(2009, 3, 3), estimated_age=None)
    response = enter(browse, people.other_worker)
    page = response.content.decode()
    assert response.status_code == 422
    assert f"hubungi {people.supervisor.full_name}" in page and "Ada di register UPT" in page
    assert known.number not in page and "3 Maret 2009" not in page


def test_nik_of_another_upt_reveals_nothing(browse, people):
    elsewhere = factories.team(factories.institution("PMKS"))
    factories.client(elsewhere, name="Suharto", nik="3515140303090001")
    response = enter(browse, people.worker, nik="3515140303090001")
    assert response.status_code == 302


def test_nik_of_this_upt_leads_to_the_file_or_to_whom_to_ask(browse, people):
    known = factories.client(people, name="Bambang", nik="3515140303090001")
    mine = enter(browse, people.worker, nik="3515140303090001")
    assert (mine.status_code, f"/klien/{known.number}/" in mine.content.decode()) == (422, True)
    other = enter(browse, people.other_worker, nik="3515.1403.0309.0001").content.decode()
    assert "NIK sama" in other and known.number not in other and "Bambang" not in other
    anyway = enter(browse, people.worker, nik="3515140303090001", is_distinct="on", distinct_because="x")
    assert (anyway.status_code, Client.objects.count()) == (422, 1)


def test_doubtful_nik_is_kept_with_a_word_of_warning(browse, people):
    enter(browse, people.worker, nik="3201134303090001")
    person = Client.objects.get()
    page = browse(people.worker, f"/klien/{person.number}/").content.decode()
    assert person.nik == "3201134303090001"
    assert "NIK ini pertama kali terbit di luar Jawa Timur." in page
    assert "Jenis kelamin menurut NIK berbeda dengan isian." in page


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": "x" * 10_000}, "name", "120"),
        ({"name": "   "}, "name", "tidak boleh kosong"),
        ({"sex": "other"}, "sex", "other"),
        ({"nik": "351514030309000"}, "nik", "NIK berisi 15 angka, seharusnya 16."),
        ({"nik": "35151403030900OI"}, "nik", "NIK hanya berisi angka."),
        ({"estimated_age": ""}, "birth_on", "Isi tanggal lahir, atau perkiraan umur bila tidak diketahui."),
        ({"estimated_age": "-1"}, "estimated_age", "0"),
        ({"estimated_age": "121"}, "estimated_age", "120"),
        ({"estimated_age": "9" * 30}, "estimated_age", "120"),
        ({"birth_on": "2999-01-01"}, "birth_on", "Tanggal ini belum lewat."),
        ({"birth_on": "0001-01-01"}, "birth_on", "Periksa tahunnya: sebelum 1900."),
        ({"birth_on": "2010-13-01"}, "birth_on", "tanggal"),
        ({"regency": "35.99"}, "regency", "35.99"),
        ({"regency": "35.15", "district": "35.78.01"}, "district", "Kecamatan ini ada di Kota Surabaya"),
        ({"regency": "outside", "district": "35.78.01"}, "district", "Kecamatan ini ada di Kota Surabaya"),
        ({"primary": "no such"}, "primary", "no such"),
        ({"others": ["no such"]}, "others", "no such"),
        ({"address": "x" * 3_000_000}, "address", "300"),
    ],
)
def test_bad_input_comes_back_with_a_sentence_and_the_text(browse, people, values, field, words):
    response = enter(browse, people.worker, **values)
    form = response.context["form"]
    assert (response.status_code, Client.objects.count()) == (422, 0)
    assert [name for name in form.errors] == [field]
    assert words in form.errors[field][0]
    for name, value in values.items():
        assert form[name].value() == value


@pytest.mark.parametrize("name", ["Suharto", "Ma'ruf", "😀 Budi", "محمد", "\u202eotrahuS", "ꦱꦸꦲꦂꦠ", "N" * 120])
def test_unusual_names_are_kept_as_written(browse, people, name):
    enter(browse, people.worker, name=name)
    person = Client.objects.get()
    assert person.name == name
    assert browse(people.worker, f"/klien/{person.number}/").status_code == 200
    assert [row.pk for row, _age in browse(people.worker, "/klien/", q=name).context["rows"]] == [person.pk]
