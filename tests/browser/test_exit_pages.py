"""Exits, what is owed and transfers in a real browser: narrow, judged by axe, and without scripts."""

import pytest

from cases.enums import Stage, StayEnd
from services import transitions
from services.demo import walk
from services.models import Departure, Minutes
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE
from tests.services.leaving import leave, offer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return factories.team()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_outside_the_order_of_stages_are_accessible_and_fit(open_page, people, viewport):
    others = factories.team(factories.institution("PSTW", name="UPT Pelayanan Sosial Tresna Werdha Pasuruan"))
    here, gone, moved = (factories.case(people, Stage.INTERVENTION) for _one in range(3))
    leave(people, gone, StayEnd.REFERRED)
    transfer = offer(people, others, moved)
    visits = [
        (people.worker, f"/kasus/{here.number}/keluar/"),
        (people.worker, f"/kasus/{gone.number}/keluar/"),
        (people.worker, f"/kasus/{gone.number}/"),
        (people.worker, f"/kasus/{here.number}/tahap/pelaksanaan/"),
        (people.worker, f"/kasus/{here.number}/mutasi/"),
        (people.head, f"/kasus/{moved.number}/mutasi/"),
        (people.head, f"/kasus/{here.number}/tahap/pelaksanaan/"),
        (people.head, "/tunggakan/"),
        (others.head, "/mutasi/"),
        (others.head, f"/mutasi/{transfer.pk}/"),
    ]
    pages = {}
    for user, path in visits:
        page = pages.get(user) or pages.setdefault(user, open_page(viewport, user))
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        assert axe.violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


def test_client_leaves_without_scripts(open_page, people):
    case = factories.case(people, Stage.PLANNING)
    page = open_page(PHONE, people.worker, java_script_enabled=False)
    page.goto(f"/kasus/{case.number}/")
    page.get_by_role("link", name="Catat klien keluar").click()
    page.get_by_role("button", name="Catat keluar").click()
    assert "Pilih cara keluar." in page.locator("main .note-stop").inner_text()
    page.get_by_text("Meninggalkan UPT tanpa izin").click()
    page.get_by_label("Uraian kejadian").fill("Tidak ada di asrama saat apel malam.")
    page.get_by_role("button", name="Catat keluar").click()
    assert "Klien dicatat keluar" in page.locator("main .note-ok").inner_text()
    assert Departure.objects.get(case=case).account == "Tidak ada di asrama saat apel malam."

    page.get_by_label("Kesimpulan").fill("Sudah dilaporkan ke Polsek.")
    page.get_by_label("Saksi pertama").fill("Petugas asrama")
    page.get_by_role("button", name="Simpan berita acara").click()
    assert Minutes.objects.get(departure__case=case).witness_1 == "Petugas asrama"
    page.get_by_label("Alasan dan pertimbangan").fill("Belum kembali sesudah tiga hari.")
    page.get_by_role("button", name="Ajukan pengesahan keluar").click()
    assert "Sedang diajukan" in page.locator("main").inner_text()


@pytest.mark.heavy
def test_refused_minutes_lead_to_the_field_that_is_wrong(open_page, people):
    case = factories.case(people, Stage.PLANNING)
    leave(people, case)
    page = open_page(DESKTOP, people.worker)
    page.goto(f"/kasus/{case.number}/keluar/")
    page.get_by_label("Saksi pertama").fill("Petugas asrama")
    page.get_by_role("button", name="Simpan berita acara").click()
    page.locator("#kesalahan").get_by_role("link", name="Kesimpulan").click()
    assert page.evaluate("document.activeElement.id") == "minutes-conclusion"
    assert page.get_by_label("Saksi pertama").input_value() == "Petugas asrama"
    assert axe.violations(page) == []


def test_proposal_that_waits_is_read_before_it_is_decided_on_a_phone(open_page, people):
    case = factories.case(people)
    walk.fill(people, case, walk.models.AdminChecklist, walk.models.Eligibility)
    leave(people, case, StayEnd.WITHDREW)
    values = {"on": case.institution.today(), "place": "Kantor", "conclusion": "Mundur.", "witness_1": "Petugas"}
    transitions.write_minutes(case=case, values=values, by=people.worker)
    case.refresh_from_db()
    transitions.propose_exit(case=case, reason="Tidak bersedia.", by=people.worker, version=case.version)
    page = open_page(PHONE, people.supervisor)
    page.goto(f"/kasus/{case.number}/keluar/")
    told, decision = (page.locator(css).bounding_box()["y"] for css in ("#peristiwa", "#putusan"))
    assert told < decision
