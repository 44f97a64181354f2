"""The list of cases as a spreadsheet: the filter of the screen, the eyes of the reader, and nothing that runs."""

import io
import re
import zipfile

import pytest

from accounts.enums import Role
from audit.models import Access
from rehsos.doors import Refused
from reports import tables
from tests import factories

pytestmark = pytest.mark.django_db
PATH = "/kasus/daftar.xlsx"


def sheet_of(response) -> tuple[str, list[str]]:
    """The markup of the only sheet, and its texts in order of first appearance."""
    with zipfile.ZipFile(io.BytesIO(response.content)) as book:
        shared = re.findall(r"<t(?: [^>]*)?>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
        return book.read("xl/worksheets/sheet1.xml").decode(), shared


@pytest.fixture
def people():
    return factories.team()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SOCIAL_WORKER, 200),
        (Role.SUPERVISOR, 200),
        (Role.SECTION_HEAD, 200),
        (Role.HEAD, 200),
        (Role.ADMIN_OFFICE, 200),
        (Role.INSTRUCTOR, 403),
        (Role.NURSE, 403),
        (Role.PROVINCE, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_table_is_for_who_may_see_the_list(client, role, status):
    client.force_login(factories.user("pembaca", role))
    assert client.get(PATH).status_code == status


def test_table_holds_what_passes_the_filter_within_sight(client, people):
    mine = factories.case(people, person=factories.client(people, name="Bayu"))
    factories.case(people, person=factories.client(people, name="Citra"))
    elsewhere = factories.case(factories.team(factories.institution("LAIN")))
    client.force_login(people.worker)
    response = client.get(PATH, {"q": "bayu"})
    _markup, texts = sheet_of(response)
    assert response["Content-Disposition"] == 'attachment; filename="daftar-kasus.xlsx"'
    assert mine.number in texts and "Bayu" in texts
    assert "Citra" not in texts and elsewhere.number not in texts
    rows = Access.objects.filter(page="case_table").values_list("kind", "subject_id", "actor_id")
    assert list(rows) == [("case", mine.pk, people.worker.pk)]


def test_table_masks_who_is_protected(client, people):
    factories.case(people, person=factories.client(people, name="Moch. Fajar", is_protected=True))
    client.force_login(people.worker)
    _markup, texts = sheet_of(client.get(PATH))
    assert "M. F." in texts and "Moch. Fajar" not in texts


@pytest.mark.parametrize("name", ['=HYPERLINK("http://a.b")', "+62", "-1", "@SUM(1)", "http://a.b/c"])
def test_no_cell_is_a_formula_or_a_link(client, people, name):
    factories.case(people, person=factories.client(people, name=name))
    client.force_login(people.worker)
    markup, texts = sheet_of(client.get(PATH))
    assert "<f>" not in markup and "<hyperlink" not in markup
    shown = name.replace('"', "&quot;") if name.startswith("http") else f"'{name}"
    assert shown in [text.replace("&quot;", '"') for text in texts]


def test_nothing_is_cut_in_silence():
    rows = [("x",)] * (tables.MAX_ROWS + 1)
    with pytest.raises(Refused):
        tables.export("a.xlsx", "A", ("A",), rows)
    with pytest.raises(Refused):
        tables.text("x" * (tables.MAX_TEXT + 1))


def test_table_asks_the_same_of_the_database_for_one_and_three(client, people, django_assert_num_queries):
    client.force_login(people.head)
    client.get("/katalog/")
    for _number in range(2):
        factories.case(people, person=factories.client(people, name=f"Klien {_number}"))
        # session, user, membership, access rows; names of the workers, cases, workers, categories
        with django_assert_num_queries(4 + 4):
            client.get(PATH)
