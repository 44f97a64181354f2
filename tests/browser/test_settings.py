"""The settings, one's own account and the hand-over, as a person and axe see them."""

from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from accounts import mfa, passwords
from accounts.enums import Role
from accounts.models import User
from tests import factories
from tests.accounts.people import dinas, person
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team() -> factories.Team:
    return factories.team()


def drawn() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (80, 80), "navy").save(picture, "PNG")
    return picture.getvalue()


def looks_well(page, path: str) -> None:
    answer = page.goto(path)
    assert answer.status == 200, path
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
    assert axe.violations(page) == [], path


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_administrators_pages(open_page, team, viewport):
    admin = person("admin", Role.ADMINISTRATOR, institution=dinas())
    page = open_page(viewport, user=admin)
    of = f"/pengaturan/pengguna/{team.worker.pk}/"
    for path in ("/pengaturan/", "/pengaturan/lembaga/", "/pengaturan/lembaga/baru/", "/pengaturan/pengguna/baru/"):
        looks_well(page, path)
    for path in ("", "ubah/", "peran/", "nonaktif/", "sandi/"):
        looks_well(page, of + path)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_heads_pages_and_their_own(open_page, team, viewport):
    factories.case(team)
    page = open_page(viewport, user=team.head)
    for path in ("/pengaturan/upt/", f"/pengaturan/serah-tugas/?dari={team.worker.pk}", "/akun/", "/akun/kode/"):
        looks_well(page, path)
    mfa.enrol(person=team.head, secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", session_key=None)
    page = open_page(viewport, user=team.head)
    for path in ("/akun/kode/", "/akun/kode/pemulihan/", "/akun/kode/matikan/"):
        looks_well(page, path)


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE])
def test_the_page_behind_a_one_time_link(open_page, team, viewport):
    User.objects.filter(pk=team.worker.pk).update(password="!")
    link = reverse("accounts:set_password", args=[passwords.token(User.objects.get(pk=team.worker.pk))])
    page = open_page(viewport)
    looks_well(page, link)
    page.fill("[name=new_password1]", "gajah-berenang-9")
    page.fill("[name=new_password2]", "gajah-berenang-9")
    page.press("[name=new_password2]", "Enter")
    page.wait_for_url("**/masuk/")
    assert page.get_by_text("Kata sandi sudah terpasang").is_visible()


@pytest.mark.heavy
def test_the_head_gives_the_letterhead_and_the_logo_from_the_preparation(open_page, team):
    page = open_page(PHONE, user=team.head)
    looks_well(page, "/pengaturan/mulai/")
    page.get_by_role("link", name="Isi kop surat").click()
    page.get_by_label("Kop surat").fill("PEMERINTAH PROVINSI JAWA TIMUR\nDINAS SOSIAL")
    page.locator("main form").last.get_by_role("button").last.click()
    page.goto("/pengaturan/mulai/")
    page.get_by_role("link", name="Unggah lambang").click()
    page.set_input_files("main [type=file]", {"name": "l.png", "mimeType": "image/png", "buffer": drawn()})
    page.locator("main form").first.get_by_role("button").last.click()
    step = page.locator(".start-step", has_text="Lambang")
    page.goto("/pengaturan/mulai/")
    assert "(siap)" in step.inner_text()
    assert page.locator("header img, .topbar img").count() >= 1
