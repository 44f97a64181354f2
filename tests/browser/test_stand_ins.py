"""Stand-ins and the pages for many cases, as a person and axe see them, at a desk and on a phone."""

import pytest

from accounts import standins
from accounts.enums import Role, StandInKind
from cases.enums import Stage
from services import transitions
from services.demo import walk
from services.models import Supervision
from tests import factories
from tests.accounts.people import dinas, person
from tests.accounts.stand_ins import anew, order
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_settings import looks_well

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team() -> factories.Team:
    return factories.team()


@pytest.fixture
def office(team):
    return [factories.user(f"tatausaha{number}", Role.ADMIN_OFFICE) for number in (1, 2)]


@pytest.fixture
def orders(team, office):
    """One waiting for its second person, one in force, one revoked, one mandate."""
    waiting = standins.enter(
        kind=StandInKind.SUPERVISOR,
        values=order(team, role=Role.SUPERVISOR, holder=team.other_worker, for_whom=team.supervisor),
        by=team.other_supervisor,
    )
    revoked = standins.enter(kind=StandInKind.DAILY, values=order(team, holder=team.worker), by=office[0])
    standins.revoke(stand_in=revoked, reason="Salah catat.", by=office[0], version=1)
    row = standins.enter(kind=StandInKind.DAILY, values=order(team, holder=team.supervisor), by=office[0])
    standins.confirm(stand_in=row, by=office[1], version=1)
    papers = {"holder": team.other_supervisor, "papers": ["assessment", "planning"]}
    standins.enter(kind=StandInKind.MANDATE, values=order(team, **papers), by=team.head)
    return waiting, row


@pytest.fixture
def cases(team):
    return [
        factories.case(team, Stage.ASSESSMENT, factories.client(team, name=name))
        for name in ("Muhammad Bagus Adi Prasetyo Wibisono", "Bayu", "Cipto")
    ]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_pages_of_stand_ins(open_page, team, office, orders, viewport):
    waiting, row = orders
    page = open_page(viewport, user=team.head)
    for path in ("", "baru/supervisor/", "baru/an/", f"{waiting.pk}/konfirmasi/", f"{row.pk}/cabut/"):
        looks_well(page, f"/pengaturan/pengganti/{path}")
    page = open_page(viewport, user=office[0])
    for path in ("baru/plt/", "baru/plh/", f"{row.pk}/konfirmasi/"):
        looks_well(page, f"/pengaturan/pengganti/{path}")
    page = open_page(viewport, user=person("admin", Role.ADMINISTRATOR, institution=dinas()))
    looks_well(page, "/pengaturan/pengganti/")
    page = open_page(viewport, user=anew(team.supervisor))
    looks_well(page, "/supervisi/")
    assert page.get_by_text("Plh. Kepala UPT").first.is_visible()


def test_order_is_entered_confirmed_and_used_in_the_browser(open_page, team, office):
    page = open_page(DESKTOP, user=office[0])
    page.goto("/pengaturan/pengganti/baru/plh/")
    page.get_by_label("Yang digantikan").select_option(label=team.head.full_name)
    page.get_by_label("Pengganti", exact=True).select_option(label=team.supervisor.full_name)
    page.get_by_label("Nomor surat perintah").fill("800.1.11.1/217/2026")
    today = team.head.institution.today().isoformat()
    for label in ("Tanggal surat perintah", "Mulai", "Sampai dengan"):
        page.get_by_label(label).fill(today)
    page.get_by_role("button", name="Simpan").click()
    assert page.get_by_text("berlaku sesudah dikonfirmasi orang kedua").is_visible()
    page = open_page(DESKTOP, user=office[1])
    page.goto("/pengaturan/pengganti/")
    page.get_by_role("link", name="Konfirmasi").click()
    page.get_by_role("button", name="Konfirmasi").click()
    assert page.get_by_text("Berlaku hari ini").is_visible()
    page = open_page(DESKTOP, user=anew(team.supervisor))
    page.goto("/supervisi/")
    assert page.get_by_text("Menggantikan").first.is_visible()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_pages_for_many_cases(open_page, team, cases, viewport):
    for case in cases[:2]:
        walk.assessment(team, case)
        case.refresh_from_db()
        transitions.submit(case=case, by=team.worker, version=case.version)
    page = open_page(viewport, user=team.supervisor)
    for path in ("/supervisi/", "/supervisi/putuskan/", "/supervisi/banyak/?tahap=asesmen", "/supervisi/banyak/"):
        looks_well(page, path)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_whole_stage_is_signed_with_one_note(open_page, team, cases, viewport):
    page = open_page(viewport, user=team.supervisor)
    page.goto("/supervisi/banyak/?tahap=asesmen")
    page.get_by_role("link", name="Pilih semua").click()
    page.get_by_role("checkbox", name=cases[1].number).uncheck()
    page.get_by_label("Catatan supervisi bersama").fill("Dibahas pada rapat hari ini.")
    page.get_by_role("button", name="Beri supervisi").click()
    assert page.get_by_text("Supervisi diberikan pada 2 kasus").is_visible()
    signed = Supervision.objects.filter(code="B.e").values_list("case", flat=True)
    assert set(signed) == {cases[0].pk, cases[2].pk}
