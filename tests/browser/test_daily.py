"""The day book in a real browser: narrow, judged by axe, with and without scripts."""

import os
import re
from datetime import time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from accounts.enums import Role
from rehsos import clock
from services import head_counts, incidents, presence, residence, shift_logs
from services.enums import PresenceKind
from services.models import HeadCount, Presence, ShiftLog
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE
from tests.services import residents

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("REHSOS_SHOTS", "")


@pytest.fixture
def people():
    return factories.team()


@pytest.fixture
def officer(people):
    return factories.user("jaga", Role.BOARDING_OFFICER, upt=people.worker.institution, name="Bambang Sutrisno")


@pytest.fixture
def stays(people):
    return [*residents.many(people.worker, 6, house="Melati"), *residents.many(people.worker, 4, house="Mawar")]


def shoot(page: Page, name: str) -> None:
    """Kept to be looked at, where somebody asks for it."""
    if SHOTS:
        width = page.viewport_size["width"]
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def lived(people, officer, stays):
    """A day on which something of everything happened."""
    today = people.worker.institution.today()
    ago = today - timedelta(days=4)
    leave = {"letter": "400.9/12/ANKN/2026", "due_on": today - timedelta(days=1), "place": "Waru, Sidoarjo"}
    presence.go_out(stay_id=stays[0].pk, kind=PresenceKind.HOME_LEAVE, on=ago, values=leave, by=officer)
    presence.go_out(stay_id=stays[1].pk, kind=PresenceKind.SCHOOL, on=today, values={}, by=officer)
    for stay, kind, text in (
        (2, "allergy", "udang"),
        (2, "risk", "pernah menyakiti diri"),
        (3, "diet", "rendah garam"),
    ):
        residence.add_alert(stay_id=stays[stay].pk, kind=kind, text=text, by=people.worker)
    count = head_counts.count(
        on=today,
        roll_call="morning",
        counted=7,
        missing=[stays[4].pk],
        note="Sedang dicari di kebun.",
        by=officer,
    )
    log = shift_logs.write(
        on=today,
        shift="Pagi",
        remarks="Kegiatan pagi berjalan tertib.",
        handed_note="Perhatikan pintu belakang.",
        lines={stays[2].pk: "Batuk sejak subuh, diberi air hangat."},
        by=officer,
    )
    words = {"on": today, "at_time": time(0, 10), "place": "Aula", "account": "Terpeleset.", "first_action": "Dibalut."}
    values = {"kind": "injury", "severity": "medium", "plan": "Lantai dikeringkan.", **words}
    incident = incidents.record(values=values, residents={stays[2].pk: "victim", stays[3].pk: "witness"}, by=officer)
    incidents.follow_up(incident_id=incident.pk, text="Lantai sudah diberi karpet.", by=officer)
    visit = {"on": today, "visitor": "Siti Aminah", "relation": "ibu", "came_at": time(0, 5), "note": "Membawa buah."}
    residence.note_visit(stay_id=stays[2].pk, values=visit, by=officer)
    sick = {"on": today, "at_time": time(0, 5), "complaint": "Demam", "care": "Kompres", "is_referred": False}
    residence.note_sickness(stay_id=stays[2].pk, values=sick, by=people.head)
    return count, log, incident


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_of_the_day_book_are_accessible_and_fit(open_page, people, officer, stays, viewport):
    count, log, incident = lived(people, officer, stays)
    numbers = [stay.case.number for stay in stays]
    visits = {
        "penghuni": "/harian/",
        "di-luar": f"/harian/penghuni/{numbers[0]}/",
        "seorang": f"/harian/penghuni/{numbers[2]}/",
        "apel": "/harian/apel/",
        "apel-baru": "/harian/apel/baru/",
        "apel-hasil": f"/harian/apel/{count.pk}/",
        "jaga": "/harian/jaga/",
        "jaga-baru": "/harian/jaga/baru/?asrama=Melati",
        "jaga-satu": f"/harian/jaga/{log.pk}/",
        "jaga-koreksi": f"/harian/jaga/{log.pk}/ubah/",
        "kejadian": "/harian/kejadian/",
        "kejadian-baru": "/harian/kejadian/baru/",
        "kejadian-satu": f"/harian/kejadian/{incident.pk}/",
        "kunjungan": "/harian/kunjungan/",
        "ruang-sakit": "/harian/ruang-sakit/",
        "makan": "/harian/makan/",
        "pemeliharaan": "/harian/pemeliharaan/",
        "ringkasan": "/harian/ringkasan/",
    }
    page = open_page(viewport, people.head)
    for name, path in visits.items():
        page.goto(path)
        shoot(page, name)
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        assert axe.violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


def test_resident_goes_on_leave_is_overdue_and_comes_back_on_a_phone(open_page, people, officer, stays):
    name = stays[0].case.client.shown_name
    page = open_page(PHONE, officer, has_touch=True, is_mobile=True)
    page.goto("/harian/")
    page.get_by_role("link", name=re.compile(rf"Keluar\s*: {name}")).click()
    leave = page.locator("section", has=page.get_by_role("heading", name="Cuti pulang"))
    leave.get_by_label("Harus kembali tanggal").fill((officer.institution.today() + timedelta(days=1)).isoformat())
    leave.get_by_role("button", name="Catat cuti pulang").click()
    assert "Nomor surat izin" in page.locator("#kesalahan").inner_text()
    leave.get_by_label("Nomor surat izin").fill("400.9/12/ANKN/2026")
    leave.get_by_label("Alamat tujuan").fill("Waru")
    leave.get_by_role("button", name="Catat cuti pulang").click()
    assert "Cuti pulang" in page.locator("main .note-ok").inner_text()
    row = Presence.objects.get()
    today = officer.institution.today()
    Presence.objects.update(since_on=today - timedelta(days=4), due_on=today - timedelta(days=1))
    page.goto("/harian/")
    assert "1 belum kembali" in page.locator("main .note-stop").inner_text()
    page.get_by_role("button", name=re.compile(rf"Sudah kembali\s*: {name}")).click()
    assert "tercatat kembali di asrama" in page.locator("main .note-ok").inner_text()
    row.refresh_from_db()
    assert (row.until_on, row.closed_by) == (today, officer)


def test_two_taps_send_a_resident_to_school_without_scripts(open_page, officer, stays):
    page = open_page(PHONE, officer, java_script_enabled=False)
    page.goto("/harian/")
    page.get_by_role("link", name=re.compile(r"Keluar\s*:")).first.click()
    page.get_by_role("button", name="Sekolah").click()
    assert Presence.objects.get().kind == PresenceKind.SCHOOL


def test_head_count_with_somebody_missing_on_a_phone(open_page, officer, stays):
    page = open_page(PHONE, officer, has_touch=True, is_mobile=True)
    page.goto("/harian/apel/baru/?asrama=Melati")
    page.get_by_label("Jumlah yang hadir").fill("5")
    page.get_by_role("button", name="Tandatangani apel").click()
    assert "tandai semua nama yang tidak ada" in page.locator("#kesalahan").inner_text()
    page.get_by_text("Penghuni Melati 000").click()
    page.get_by_label("Catatan selisih").fill("Dicari di kebun, kepala UPT diberi tahu.")
    page.get_by_role("button", name="Tandatangani apel").click()
    row = HeadCount.objects.get()
    assert (row.expected, row.counted, row.house, row.by) == (6, 5, "Melati", officer)
    assert list(row.missing.all()) == [stays[0]]


def test_shift_is_logged_and_handed_over_on_a_phone(open_page, people, officer, stays):
    page = open_page(PHONE, officer, has_touch=True, is_mobile=True)
    page.goto("/harian/jaga/baru/")
    page.get_by_label("Keadaan umum").fill("Tenang.")
    page.get_by_label("Penghuni Melati 002").fill("Demam ringan.")
    page.get_by_role("button", name="Simpan & serahkan").click()
    assert "Buku jaga tersimpan" in page.locator("main .note-ok").inner_text()
    log = ShiftLog.objects.get()
    assert (log.activity.links.count(), log.lines.get().text) == (10, "Demam ringan.")
    relief = open_page(PHONE, people.worker)
    relief.goto(f"/harian/jaga/{log.pk}/")
    relief.get_by_role("button", name="Terima serah terima").click()
    assert "Diterima oleh" in relief.locator("main").inner_text()
    assert clock.now() >= ShiftLog.objects.get().confirmed_at
