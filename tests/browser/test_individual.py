"""The work with one client in a real browser: a urine test stays with its readers, a direction is answered."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from accounts.enums import Role
from cases.enums import Stage
from services import courts, notes, obstacles, processes
from services.models import Note
from services.note_enums import NoteKind
from tests import factories
from tests.browser import axe
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOUND = "Metamfetamina terdeteksi"
SAYS_IT = re.compile(f"{FOUND}|tes urine: positif|Positif", re.IGNORECASE)


@pytest.fixture
def people():
    return factories.team()


@pytest.fixture
def case(people):
    return factories.case(people, Stage.INTERVENTION)


def hand(role, people):
    return factories.user(str(role), role, upt=people.worker.institution)


def words_of(page: Page, path: str) -> str:
    """What an address says, whatever it is: a page, a paper, a spreadsheet."""
    answer = page.request.get(path)
    assert answer.status == 200, path
    kind = answer.headers["content-type"]
    if "pdf" in kind:
        return "\n".join(sheet.extract_text() for sheet in PdfReader(BytesIO(answer.body())).pages)
    if "spreadsheet" in kind:
        rows = load_workbook(BytesIO(answer.body())).active.iter_rows(values_only=True)
        return "\n".join(str(cell) for row in rows for cell in row)
    return str(answer.text())


def test_a_urine_test_stays_with_its_readers_and_its_direction_is_answered_and_closed(open_page, people, case):
    nurse, instructor = hand(Role.NURSE, people), hand(Role.INSTRUCTOR, people)
    own = open_page(PHONE, nurse, has_touch=True, is_mobile=True)
    own.goto("/bagian/")
    own.get_by_role("link", name=case.client.shown_name).click()
    own.get_by_role("link", name="Catat pemeriksaan kesehatan").click()
    own.get_by_label("Tes urine", exact=True).check()
    own.get_by_label("Pemeriksaan dan temuannya").fill(FOUND)
    own.get_by_role("button", name="Simpan catatan").click()
    expect(own.get_by_text("Isi hasil tes urine.").first).to_be_visible()
    own.get_by_label("Hasil tes urine").select_option("positive")
    own.get_by_role("button", name="Simpan catatan").click()
    expect(own.get_by_text(FOUND)).to_be_visible()
    note = Note.objects.get()

    # the instructor: not on any page of theirs, and no way to the note
    number, month = case.number, people.worker.institution.today()
    strange = open_page(PHONE, instructor)
    for path in ("/", "/kotak/", "/kegiatan/", "/bimbingan/", "/harian/", f"/harian/penghuni/{number}/"):
        assert not SAYS_IT.search(words_of(strange, path)), path
    for path in (f"/catatan/{note.pk}/", f"/kasus/{number}/bagian/", f"/kasus/{number}/perorangan/"):
        assert strange.request.get(path).status == 403, path
    # the head: everything that leaves the house says no more than that there is a note
    head = open_page(DESKTOP, people.head)
    exports = (
        "/kasus/daftar.xlsx",
        f"/kasus/{number}/tahap/pelaksanaan/laporan.pdf",
        f"/laporan/bulanan/{month.year}/{month.month}/laporan.pdf",
        f"/kasus/{number}/catatan/",
        f"/kasus/{number}/perorangan/",
        f"/catatan/{note.pk}/",
    )
    for path in exports:
        assert not SAYS_IT.search(words_of(head, path)), path
    assert "bagian terbatas" in words_of(head, f"/kasus/{number}/catatan/")

    # direction, task, answer, closed
    seen = open_page(DESKTOP, people.supervisor)
    seen.goto("/supervisi/catatan/")
    seen.get_by_role("link", name="Pemeriksaan kesehatan").click()
    expect(seen.get_by_text(FOUND)).to_be_visible()
    seen.get_by_label("Catatan supervisi").fill("Ulangi dengan metode lain.")
    seen.get_by_label("Arahan", exact=False).first.fill("Rujuk ke laboratorium.")
    seen.get_by_role("button", name="Simpan supervisi").click()
    expect(seen.get_by_role("link", name="menunggu jawaban")).to_be_visible()
    assert "Rujuk ke laboratorium." not in words_of(head, "/supervisi/arahan/")
    own.goto("/kotak/")
    own.get_by_role("link", name="Tindak lanjuti arahan supervisi").first.click()
    own.get_by_role("link", name="Buka catatan yang disupervisi").click()
    expect(own.get_by_text("Rujuk ke laboratorium.")).to_be_visible()
    own.get_by_role("link", name="menunggu jawaban").click()
    own.get_by_label("Yang sudah dilakukan").fill("Sudah dirujuk, hasil menyusul.")
    own.get_by_role("button", name="Kirim jawaban").click()
    seen.goto("/supervisi/arahan/")
    seen.get_by_role("link", name="Tindak lanjuti arahan supervisi").first.click()
    expect(seen.get_by_text("Sudah dirujuk, hasil menyusul.")).to_be_visible()
    seen.get_by_role("button", name="Simpan keputusan").click()
    seen.goto("/supervisi/arahan/")
    expect(seen.get_by_text("Semua arahan sudah ditutup")).to_be_visible()
    seen.goto(f"/catatan/{note.pk}/")
    expect(seen.get_by_text("ditindaklanjuti", exact=True)).to_be_visible()


@pytest.mark.heavy
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_pages_of_individual_work_are_accessible_and_fit(open_page, people, case, viewport):
    by, on = people.worker, case.institution.today()
    values = {"variant": "summary", "account": "Klien mulai terbuka.", "topic": "Kecemasan"}
    note = notes.write(
        case=case, kind=NoteKind.COUNSELLING, bimbingan="psychosocial", on=on, values=values, by=by
    )  # fmt: skip
    obstacle = obstacles.name(case=case, bimbingan="social", on=on, text="Jarang hadir.", effort="Diingatkan.", by=by)
    court = courts.plan(case=case, values={"kind": "hearing", "on": on, "agenda": "Pemeriksaan saksi"}, by=by)
    words = {"on": on, "title": "Rancangan", "aim": "Asesmen.", "content": "Langkah."}
    process = processes.save(code="B.b", values=words, cases=[case], by=by)
    here = f"/kasus/{case.number}"
    page = open_page(viewport, by)
    for path in (
        "/",
        "/kasus/?court=soon",
        *(
            f"{here}/perorangan/{slug}"
            for slug in ("", "konseling/", "motivasi/", "keluarga/", "sekolah/", "kesehatan/")
        ),
        f"{here}/hambatan/",
        f"{here}/agenda-sidang/",
        f"/catatan/{note.pk}/",
        "/hambatan/",
        f"/hambatan/{obstacle.pk}/",
        "/agenda-sidang/",
        f"/agenda-sidang/{court.pk}/",
        "/catatan-proses/",
        "/catatan-proses/baru/",
        f"/catatan-proses/{process.pk}/",
    ):
        page.goto(path)
        assert axe.violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
