"""The pages of running cases, as a person and axe see them."""

import pytest

from accounts.enums import Role
from cases.enums import Stage
from cases.models import Case
from services import transitions
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_settings import looks_well
from tests.services import running
from tests.services.browsing import stage_page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = "/pengaturan/kasus-berjalan/"
WORKER = "pekerja_ankn"


@pytest.mark.heavy
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_a_list_from_the_file_to_the_endorsement(open_page, viewport, tmp_path):
    people = factories.team()
    office = factories.user("tatausaha", Role.ADMIN_OFFICE, upt=people.head.institution)
    stages = list(Stage)
    lines = [running.cells(stages[number % 6], WORKER, number) for number in range(1, 9)]
    transitions.take_over(
        institution=office.institution, rows=running.rows(office.institution.today(), *lines[:2]), by=office
    )
    wrong = {"sex": "X", "birth_on": "31/2/2008", "nik": "123", "way_in": "Penetapan pengadilan"}
    (tmp_path / "kasus.xlsx").write_bytes(running.book(*lines, running.cells(Stage.ASSESSMENT, WORKER, 9, **wrong)))

    page = open_page(viewport, user=office)
    looks_well(page, HOME)
    page.set_input_files("[name$=file]", tmp_path / "kasus.xlsx")
    page.get_by_role("button", name="Unggah dan periksa").click()
    page.wait_for_url("**/pratinjau/")
    for part in ("salah", "baru", "ada"):
        looks_well(page, f"{HOME}pratinjau/?yang={part}")
    page.get_by_role("button", name="Impor 6 kasus").click()
    page.wait_for_url(f"**{HOME}1/")

    page = open_page(viewport, user=people.head)
    looks_well(page, f"{HOME}1/")
    page.get_by_role("checkbox", name="Daftar ini sudah saya periksa").check()
    page.get_by_role("button", name="Sahkan saldo awal").click()
    assert page.get_by_text("sudah disahkan dan tidak berubah lagi").is_visible()
    looks_well(page, f"{HOME}1/")
    page = open_page(viewport, user=people.worker)
    looks_well(page, stage_page(Case.objects.filter(stage=Stage.PLANNING).first(), Stage.ASSESSMENT))
