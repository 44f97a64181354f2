"""The day's work in a real browser: a week made, a group of thirty marked on a phone, put right, cancelled."""

import os
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from accounts.enums import Role
from rehsos import clock
from services.models import Activity, Attendance, Session
from services.session_enums import Mark, SessionState
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE
from tests.services import meetings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("REHSOS_SHOTS", "")


@pytest.fixture
def people():
    return factories.team()


@pytest.fixture
def upt(people):
    return people.worker.institution


@pytest.fixture
def instructor(upt):
    return factories.user("instruktur", Role.INSTRUCTOR, upt=upt, name="Suyanto")


@pytest.fixture
def dynamics(people):
    return meetings.activity(people.supervisor, room="Ruang bimbingan 2", tools="Tali")


@pytest.fixture
def thirty(upt, people):
    return meetings.crowd(upt, people.worker, 30, upt.today() - timedelta(days=30))


def judged(page, viewport, name):
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{viewport['width']}.png", full_page=True)
    assert axe.violations(page) == [], name
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name


def tap(page, stay, mark):
    page.locator(f"label[for=k{stay.pk}-{mark}]").click()


def test_thirty_are_marked_on_one_page_of_a_phone(open_page, people, dynamics, thirty, instructor):
    session = meetings.session(people.supervisor, dynamics, *thirty, leader=instructor, room="Ruang bimbingan 2")
    page = open_page(PHONE, instructor, has_touch=True, is_mobile=True)
    page.goto("/bimbingan/")
    judged(page, PHONE, "minggu")
    page.get_by_role("link", name="Dinamika Kelompok").first.click()
    judged(page, PHONE, "sesi-kosong")
    tap(page, thirty[2], "excused")
    tap(page, thirty[7], "sick")
    tap(page, thirty[16], "absent")
    page.get_by_role("button", name="Semua hadir").click()
    expect(page.locator("[data-marked]")).to_have_text("30 dari 30")
    expect(page.locator("[data-count=present] b")).to_have_text("27")
    page.get_by_label("Materi").fill("Permainan “Jembatan Tali”.")
    judged(page, PHONE, "sesi-terisi")
    page.get_by_role("button", name="Simpan kehadiran").click()
    expect(page.locator("main .note-ok")).to_contain_text("Kehadiran disimpan")
    session.refresh_from_db()
    assert session.state == SessionState.HELD
    marks = list(Attendance.objects.filter(session=session).values_list("mark", flat=True))
    assert {mark: marks.count(mark) for mark in Mark if mark in marks} == {
        "present": 27,
        "excused": 1,
        "sick": 1,
        "absent": 1,
    }
    assert Activity.objects.get(record_kind="session").by == instructor


def test_marks_are_put_right_freely_for_a_day_and_with_a_reason_later(open_page, people, dynamics, thirty):
    session = meetings.session(people.supervisor, dynamics, *thirty[:4], leader=people.worker)
    meetings.mark(people.supervisor, session)
    page = open_page(DESKTOP, people.supervisor)
    page.goto(f"/bimbingan/sesi/{session.pk}/")
    tap(page, thirty[0], "sick")
    page.get_by_role("button", name="Simpan kehadiran").click()
    expect(page.locator("main .note-ok")).to_contain_text("Kehadiran disimpan")
    assert Attendance.objects.get(session=session, stay=thirty[0]).mark == "sick"
    Session.objects.filter(pk=session.pk).update(held_at=clock.now() - timedelta(hours=25))
    page.goto(f"/bimbingan/sesi/{session.pk}/")
    tap(page, thirty[1], "absent")
    page.get_by_role("button", name="Simpan koreksi").click()
    expect(page.locator("#kesalahan")).to_contain_text("Isi alasan koreksi")
    page.get_by_label("Alasan koreksi").fill("Keliru baris")
    judged(page, DESKTOP, "koreksi")
    page.get_by_role("button", name="Simpan koreksi").click()
    expect(page.get_by_role("region", name="Koreksi")).to_contain_text("hadir → alpa")
    assert Attendance.objects.get(session=session, stay=thirty[1]).mark == "absent"


def test_week_is_made_from_the_pattern_and_a_session_cancelled(open_page, people, dynamics, thirty):
    page = open_page(DESKTOP, people.supervisor)
    page.goto("/bimbingan/")
    judged(page, DESKTOP, "minggu-kosong")
    page.locator("main").get_by_role("link", name="Tambah jadwal").first.click()
    page.get_by_label("Kegiatan", exact=True).select_option(label="Dinamika Kelompok")
    page.get_by_label("Hari", exact=True).select_option(str(people.worker.institution.today().weekday()))
    page.get_by_label("Mulai").fill("09:00")
    page.get_by_label("Selesai").fill("10:30")
    page.get_by_label("Pemimpin (boleh kosong)", exact=True).select_option(label=people.worker.full_name)
    page.get_by_label("Semua yang sedang dilayani").check()
    judged(page, DESKTOP, "jadwal-baru")
    page.get_by_role("button", name="Simpan jadwal").click()
    expect(page.locator("main .note-ok")).to_contain_text("disimpan")
    assert Session.objects.count() == 4
    judged(page, DESKTOP, "minggu-terisi")
    page.get_by_role("link", name="Dinamika Kelompok").first.click()
    page.get_by_role("link", name="Batalkan sesi").click()
    page.get_by_label("Alasan pembatalan").fill("Listrik padam")
    page.get_by_role("button", name="Batalkan sesi").click()
    expect(page.locator("main")).to_contain_text("Listrik padam")
    judged(page, DESKTOP, "sesi-batal")
    assert Session.objects.filter(state=SessionState.CANCELLED).count() == 1


def test_instructor_sees_own_sessions_and_no_case_notes(open_page, people, dynamics, thirty, instructor):
    own = meetings.session(people.supervisor, dynamics, *thirty[:3], leader=instructor)
    other = meetings.session(people.supervisor, dynamics, *thirty[:3], leader=people.worker)
    page = open_page(PHONE, instructor)
    assert page.goto(f"/bimbingan/sesi/{own.pk}/").status == 200
    assert page.goto(f"/bimbingan/sesi/{other.pk}/").status == 404
    assert page.goto(f"/kasus/{thirty[0].case.number}/catatan/").status == 403


def test_session_is_marked_without_scripts(open_page, people, dynamics, thirty):
    session = meetings.session(people.supervisor, dynamics, *thirty[:3], leader=people.worker)
    page = open_page(PHONE, people.supervisor, java_script_enabled=False)
    page.goto(f"/bimbingan/sesi/{session.pk}/")
    tap(page, thirty[0], "absent")
    page.get_by_role("button", name="Semua hadir").click()
    page.get_by_role("button", name="Simpan kehadiran").click()
    assert dict(Attendance.objects.filter(session=session).values_list("stay", "mark")) == {
        thirty[0].pk: "absent",
        thirty[1].pk: "present",
        thirty[2].pk: "present",
    }


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_around_sessions_are_accessible_and_fit(open_page, people, dynamics, thirty, viewport):
    session = meetings.session(people.supervisor, dynamics, *thirty, leader=people.worker)
    meetings.mark(people.supervisor, meetings.session(people.supervisor, dynamics, *thirty, leader=people.worker))
    paths = {
        "minggu": "/bimbingan/",
        "rekap": "/bimbingan/rekap/",
        "kegiatan-sesi": f"/bimbingan/kegiatan/{dynamics.pk}/",
        "kasus-bimbingan": f"/kasus/{thirty[0].case.number}/bimbingan/",
        "kegiatan": "/pengaturan/kegiatan/",
        "kegiatan-ubah": f"/pengaturan/kegiatan/{dynamics.pk}/",
        "libur": "/bimbingan/libur/",
        "sesi-baru": "/bimbingan/sesi/baru/",
        "sesi": f"/bimbingan/sesi/{session.pk}/",
        "sesi-pindah": f"/bimbingan/sesi/{session.pk}/pindah/",
    }
    page = open_page(viewport, people.supervisor)
    for name, path in paths.items():
        page.goto(path)
        judged(page, viewport, name)
    page.get_by_role("button", name="Pindahkan").click()
    expect(page.locator("#kesalahan")).to_contain_text("Warga 0002, dan 27 lainnya.")
    judged(page, viewport, "sesi-pindah-bentrok")
    page.get_by_label("Simpan juga").check()
    page.get_by_role("button", name="Pindahkan").click()
    expect(page.locator("main .note-ok")).to_contain_text("Sesi dipindah")
