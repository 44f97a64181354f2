"""Who reads a NIK whole: those whose work is with the person, each time by name; everybody else sees it masked."""

import io
from zipfile import ZipFile

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage
from tests import factories

pytestmark = pytest.mark.django_db

NIK, MASKED = "3599014409090007", "3599••••••••••07"
HIDDEN, WHOLE = (False, True), (True, False)


@pytest.fixture
def case(people, walked):
    found = walked.at(Stage.ASSESSMENT)
    found.client.nik = NIK
    found.client.index()
    found.client.save()
    return found


def shown(answer) -> tuple[bool, bool]:
    """Whether a page holds the number whole, and masked."""
    text = answer.content.decode()
    return NIK in text, MASKED in text


def test_nik_is_whole_on_the_page_that_says_so_and_only_for_those_whose_work_is_with_the_person(browse, people, case):
    office, section = (factories.user(f"b_{role}", role) for role in (Role.ADMIN_OFFICE, Role.SECTION_HEAD))
    path = f"/klien/{case.client.number}/"
    for reader in (people.worker, people.supervisor, people.head):
        assert (shown(browse(reader, path)), shown(browse(reader, f"{path}nik/"))) == (HIDDEN, WHOLE)
    for reader in (office, section):
        assert (shown(browse(reader, path)), browse(reader, f"{path}nik/").status_code) == (HIDDEN, 403)
    assert browse(people.other_worker, f"{path}nik/").status_code == 404
    read = Access.objects.filter(page="client_nik").order_by("pk").values_list("actor_id", "subject_id")
    assert list(read) == [(person.pk, case.client_id) for person in (people.worker, people.supervisor, people.head)]


def test_office_corrects_the_register_without_seeing_or_losing_the_nik(browse, case):
    office, path = factories.user("tata_usaha", Role.ADMIN_OFFICE), f"/klien/{case.client.number}/ubah/"
    page = browse(office, path)
    typed = {field.html_name: field.value() for field in page.context["form"]} | {"nickname": "Mas"}
    kept = {name: value for name, value in typed.items() if value not in (None, False)}
    answers = (shown(page), browse(office, path, **kept).status_code)
    case.client.refresh_from_db()
    assert (*answers, case.client.nickname, case.client.nik) == (HIDDEN, 302, "Mas", NIK)


def test_no_list_and_no_export_holds_a_whole_nik(browse, case):
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    pages = [browse(office, path) for path in ("/klien/", f"/klien/?q={NIK}", "/kasus/", "/")]
    cells = ZipFile(io.BytesIO(b"".join(browse(office, "/kasus/daftar.xlsx")))).read("xl/sharedStrings.xml").decode()
    held = [NIK in text for text in (*(page.content.decode() for page in pages), cells)]
    # What somebody searched for stands in the field they typed it into.
    assert (held, case.client.number in cells) == ([False, True, False, False, False], True)
