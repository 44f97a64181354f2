"""A case, its stages and its records in a real browser: narrow, judged by axe, and without scripts."""

import pytest

from cases.enums import Stage
from cases.models import Case
from services import transitions
from services.demo import walk
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    return factories.team()


@pytest.fixture
def submitted(people):
    """A case whose assessment waits for the supervisor."""
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    transitions.submit(case=case, by=people.worker, version=case.version)
    return case


def unfold(page):
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_of_a_case_are_accessible_and_fit(open_page, people, submitted, viewport):
    base = f"/kasus/{submitted.number}/"
    assessment = walk.models.Assessment.objects.get(case=submitted)
    paths = [
        base,
        *(f"{base}{tab}/" for tab in ("tahap", "catatan", "rencana", "jejak", "petugas")),
        f"{base}jejak/?bagian=pembacaan",
        *(f"{base}tahap/{stage.slug}/" for stage in (Stage.INTAKE, Stage.ASSESSMENT, Stage.AFTERCARE)),
        f"{base}tahap/asesmen/isi/asesmen/{assessment.pk}/",
    ]
    page = open_page(viewport, people.supervisor)
    for path in paths:
        page.goto(path)
        unfold(page)
        assert axe.violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_forms_of_a_worker_are_accessible_with_and_without_errors(open_page, people, viewport):
    case = factories.case(people, Stage.CLOSING)
    walk.evaluation(people, case)
    stage = f"/kasus/{case.number}/tahap/evaluasi/"
    page = open_page(viewport, people.worker)
    for path in (stage, f"{stage}isi/temu-bahas-evaluasi/", f"{stage}isi/evaluasi-hasil/"):
        page.goto(path)
        unfold(page)
        assert axe.violations(page) == [], path
        with page.expect_navigation():
            page.locator("main form[method=post]").first.evaluate("form => { setTimeout(() => form.submit()) }")
        unfold(page)
        assert axe.violations(page) == [], f"{path} with errors"
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


def test_case_goes_on_without_scripts(open_page, people):
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    stage = f"/kasus/{case.number}/tahap/asesmen/"
    worker = open_page(PHONE, people.worker, java_script_enabled=False)
    worker.goto(stage)
    worker.get_by_label("Pesan untuk supervisor").fill("Mohon diperiksa.")
    worker.get_by_role("button", name="Ajukan akhir tahap").click()
    assert "diajukan" in worker.locator("main .note-ok").inner_text()

    supervisor = open_page(PHONE, people.supervisor, java_script_enabled=False)
    supervisor.goto(stage)
    supervisor.get_by_role("button", name="Simpan keputusan").click()
    assert "Pilih setujui atau kembalikan." in supervisor.locator("#putusan").inner_text()
    box = supervisor.locator("#putusan")
    box.get_by_text("Setujui", exact=True).click()
    box.get_by_label("Catatan supervisi").fill("Sesuai.")
    box.get_by_role("button", name="Simpan keputusan").click()
    assert "tahap Asesmen selesai" in supervisor.locator("main .note-ok").inner_text()
    assert Case.objects.get(pk=case.pk).stage == Stage.PLANNING


def test_error_summary_leads_to_the_row_that_is_wrong(open_page, people):
    case = factories.case(people, Stage.ASSESSMENT)
    page = open_page(DESKTOP, people.worker)
    page.goto(f"/kasus/{case.number}/tahap/asesmen/isi/asesmen/")
    page.get_by_role("button", name="Simpan").click()
    assert page.evaluate("document.activeElement.id") == "kesalahan"
    page.get_by_role("link", name="Spiritual, kebutuhan").click()
    assert page.evaluate("document.activeElement.id") == "id_findings-spiritual-needs"
