"""Homes, lists, queue and their forms, as a person and axe see them; and what the script adds to the forms."""

import pytest

from accounts.enums import Role
from cases.enums import Stage
from services import transitions
from services.demo import walk
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team() -> factories.Team:
    return factories.team()


@pytest.fixture
def asked(team):
    """A case whose assessment waits for the supervisor."""
    case = factories.case(team, Stage.ASSESSMENT)
    walk.assessment(team, case)
    case.refresh_from_db()
    transitions.submit(case=case, by=team.worker, version=case.version)
    return case


def looks_well(page, path: str) -> None:
    answer = page.goto(path)
    assert answer.status == 200, path
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    assert axe.violations(page) == [], path


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_pages_of_worker_supervisor_head_and_office(open_page, team, asked, viewport):
    factories.client(team, name="Bayu", nik="3201134303090001")
    number, activity = asked.client.number, team.worker.activities.latest("pk")
    page = open_page(viewport, user=team.worker)
    for path in ("/", "/kasus/", "/kasus/?q=x", "/klien/?q=dimas", "/klien/?q=Suharto", "/klien/baru/"):
        looks_well(page, path)
    for path in (f"/klien/{number}/", f"/klien/{number}/ubah/", f"/klien/{number}/kasus-baru/", "/kegiatan/"):
        looks_well(page, path)
    for path in ("/kegiatan/baru/", f"/kegiatan/baru/?kode=D.j&kasus={asked.number}", f"/kegiatan/{activity.pk}/"):
        looks_well(page, path)
    for reader in (team.supervisor, team.head):
        page = open_page(viewport, user=reader)
        for path in ("/", "/supervisi/", "/kasus/?stage=assessment&due=late"):
            looks_well(page, path)
    looks_well(open_page(viewport, user=factories.user("tatausaha", Role.ADMIN_OFFICE)), "/")
    looks_well(open_page(viewport, user=factories.user("instruktur", Role.INSTRUCTOR)), "/")


def test_typing_narrows_activities_and_cases_and_enter_asks_the_server(open_page, team):
    factories.case(team, person=factories.client(team, name="Bayu"))
    case = factories.case(team, person=factories.client(team, name="Citra"))
    page = open_page(DESKTOP, user=team.worker)
    page.goto("/kegiatan/baru/")
    shown = "[...document.querySelectorAll('#id_code option:not([hidden])')].map((one) => one.value)"
    page.fill("#id_find_code", "hambatan psikososial")
    assert page.evaluate(shown) == ["", "D.r"]
    page.fill("#id_find_case", "citra")
    assert page.locator("#id_cases .form-check:visible").all_inner_texts() == [f"Citra · {case.number} · A"]
    page.fill("#id_account", "Sudah diketik.")
    page.fill("#id_find_code", "senam")
    page.press("#id_find_code", "Enter")
    page.get_by_text("2 butir cocok").wait_for()
    assert page.input_value("#id_account") == "Sudah diketik."


@pytest.mark.heavy
def test_chosen_regency_leaves_its_districts(open_page, team):
    page = open_page(DESKTOP, user=team.worker)
    page.goto("/klien/baru/")
    page.select_option("#id_regency", "35.78")
    groups = page.evaluate("[...document.querySelectorAll('#id_district optgroup')].map((one) => one.label)")
    assert groups == ["Kota Surabaya"]
    page.select_option("#id_district", "35.78.01")
    page.select_option("#id_regency", "35.15")
    assert page.input_value("#id_district") == ""
