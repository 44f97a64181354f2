"""On a phone: a deposit comes in, and the exit gives it out and takes the guitar back in the same act."""

import pytest
from playwright.sync_api import expect

from cases.enums import Stage
from services import leftovers, tools
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_deposit_comes_in_and_the_exit_settles_it_with_the_guitar(open_page):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    stay, today = case.stays.get(), case.institution.today()
    guitar = {"name": "Gitar", "kind": "art", "number": "A-01"}
    tool = tools.add(institution=case.institution, values=guitar, by=people.head)
    tools.lend(tool_id=tool.pk, stay=stay, out_on=today, due_on=today, by=people.worker)
    page = open_page({"width": 360, "height": 740}, people.worker, has_touch=True, is_mobile=True)

    page.goto(f"/harian/titipan/{case.number}/terima/")
    for label, typed in (
        ("Uang (Rp)", "75.000"),
        ("Barang 1", "Telepon genggam"),
        ("Keadaan 1", "baik"),
        ("Diterima dari (nama)", "Siti Aminah"),
        ("Hubungan dengan klien", "ibu"),
    ):
        page.get_by_label(label).fill(typed)
    page.get_by_role("button", name="Terima titipan").click()
    expect(page.get_by_text("Titipan diterima; saldo Rp75.000.")).to_be_visible()

    page.goto(f"/kasus/{case.number}/keluar/")
    page.get_by_label("Pulang atas kehendak").check()
    page.get_by_label("Uraian kejadian").fill("Dijemput ibu.")
    page.get_by_label("Titipan diserahkan kepada").fill("Siti Aminah")
    page.get_by_label("Hubungan dengan klien").fill("ibu")
    page.get_by_label("Alat dipinjam: Gitar").select_option("good")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="Catat keluar").click()
    expect(page.get_by_role("heading", name="Peristiwa")).to_be_visible()
    assert not leftovers.of_case(case.pk)
