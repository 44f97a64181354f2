"""The pages of running cases: a list is sent, looked at, imported and endorsed; who may, and how much it asks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage
from cases.models import Case
from rehsos.doors import Refused
from services import scans, spreadsheets, transitions
from services.models import Bed, EarlierScan, OpeningEntry, OpeningList, OpeningUpload
from services.opening.columns import COLUMNS
from tests import factories
from tests.services import running
from tests.services.browsing import Browser, filled, form_in, stage_page, text_of

HOME, PREVIEW = "/pengaturan/kasus-berjalan/", "/pengaturan/kasus-berjalan/pratinjau/"
SEND, WRONG = f"{HOME}unggah/", f"{HOME}perbaiki.xlsx"
WORKER = "pekerja_ankn"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def row(number, stage=Stage.ASSESSMENT, **changes):
    return running.cells(stage, WORKER, number, **changes)


@pytest.fixture
def browse(client):
    return Browser(client)


@pytest.fixture
def office(people):
    return factories.user("tatausaha", Role.ADMIN_OFFICE, upt=people.head.institution)


@pytest.fixture
def send(browse):
    """Upload a file as somebody."""

    def send_it(user, content, name="kasus.xlsx"):
        sent = filled(form_in(browse(user, HOME), "opening_upload"), file=SimpleUploadedFile(name, content))
        return browse(user, SEND, **sent)

    return send_it


def imported(browse, user):
    return browse(user, PREVIEW, **filled(form_in(browse(user, PREVIEW), "opening_import")))


def test_a_list_goes_from_the_file_to_the_endorsement(browse, send, people, office):
    answer = send(office, running.book(row(1), row(2), row(3, sex="X", birth_on=None)))
    assert (answer.status_code, answer["Location"]) == (302, PREVIEW)
    assert not OpeningList.objects.exists()  # nothing comes in before somebody says so

    page = browse(office, PREVIEW)
    assert page.context["counts"] == {"salah": 1, "baru": 2, "ada": 0}
    assert "“X” tidak ada dalam pilihan (Laki-laki, Perempuan); lihat lembar Pilihan" in text_of(page)
    assert "isi tanggal lahir, atau perkiraan umur bila tidak diketahui" in text_of(page)
    assert "baris 4 · 003/2025" in text_of(page)

    answer = imported(browse, office)
    assert (answer.status_code, answer["Location"]) == (302, f"{HOME}1/")
    assert (OpeningEntry.objects.count(), OpeningUpload.objects.count()) == (2, 0)
    assert browse(office, f"{HOME}1/berita-acara.pdf").status_code == 404  # not endorsed yet
    assert "Menunggu Kepala UPT" in text_of(browse(office, f"{HOME}1/"))

    page = browse(people.head, f"{HOME}1/")
    unchecked = browse(people.head, f"{HOME}1/", **filled(form_in(page, "opening_endorse"), note="Sesuai."))
    assert (unchecked.status_code, OpeningList.objects.get().is_endorsed) == (422, False)
    assert "Sesuai." in text_of(unchecked)
    sent = filled(form_in(page, "opening_endorse"), note="Sesuai.", is_checked="on")
    assert browse(people.head, f"{HOME}1/", **sent).status_code == 302
    found = OpeningList.objects.get()
    assert (found.endorsed_by, found.note) == (people.head, "Sesuai.")
    assert found.digest in text_of(browse(people.head, f"{HOME}1/"))
    read = Access.objects.count()
    paper = browse(office, f"{HOME}1/berita-acara.pdf")
    assert (paper.status_code, paper.content[:5], Access.objects.count() > read) == (200, b"%PDF-", True)
    assert browse(people.worker, f"{HOME}1/berita-acara.pdf").status_code == 403


def test_the_same_file_again_is_known_and_adds_nothing(browse, send, office):
    content = running.book(row(1), row(2))
    send(office, content)
    imported(browse, office)
    send(office, content)
    assert browse(office, PREVIEW).context["counts"] == {"salah": 0, "baru": 0, "ada": 2}
    answer = imported(browse, office)
    assert (answer.status_code, OpeningEntry.objects.count()) == (422, 2)
    assert "Tidak ada baris baru yang dapat diimpor; yang sudah ada tidak diulang." in text_of(answer)


def test_wrong_rows_come_back_with_their_reasons_and_go_in_once_mended(browse, send, office):
    send(office, running.book(row(1), row(2, sex="X", notes="=1+1")))
    content = browse(office, WRONG).content
    lines = spreadsheets.read(content, "Data", most_lines=10).lines
    assert list(lines) == [1, 2]
    assert lines[2][len(COLUMNS)].text.startswith("Jenis kelamin: “X” tidak ada dalam pilihan")
    assert lines[2][len(COLUMNS) - 1].text == "'=1+1"


def test_a_file_that_cannot_be_read_comes_back_with_a_sentence(send, office):
    answer = send(office, b"bukan lembar kerja", "kasus.docx")
    assert answer.status_code == 422
    assert "Berkas ini bukan lembar kerja Excel (.xlsx)." in text_of(answer)
    assert not OpeningUpload.objects.exists()


def test_the_template_is_read_by_what_reads_the_list(browse, people):
    content = browse(people.supervisor, f"{HOME}templat.xlsx").content
    [headings] = spreadsheets.read(content, "Data", most_lines=10).lines.values()
    assert len(headings) == len(COLUMNS)


def test_who_has_nothing_to_do_with_lists_is_refused(browse, people, office):
    transitions.take_over(
        institution=office.institution, rows=running.rows(office.institution.today(), row(1)), by=office
    )
    for path in (HOME, PREVIEW, f"{HOME}1/"):
        assert browse(people.worker, path).status_code == 403
    assert browse(people.head, PREVIEW).status_code == 403
    assert browse(people.head, SEND, x="y").status_code == 403


def test_who_imported_does_not_endorse(browse, people):
    both = factories.user("rangkap", Role.HEAD, Role.SUPERVISOR, upt=people.head.institution)
    upt = both.institution
    transitions.take_over(institution=upt, rows=running.rows(upt.today(), row(1)), by=both)
    page = browse(both, f"{HOME}1/")
    assert "Anda ikut mengimpor daftar ini; pengesahan harus dari orang lain." in text_of(page)
    assert page.context["form"] is None
    sent = filled(form_in(browse(people.head, f"{HOME}1/"), "opening_endorse"), is_checked="on")
    assert browse(both, f"{HOME}1/", **sent | {"form_key": ""}).status_code in (403, 422)
    assert not OpeningList.objects.get().is_endorsed


def test_a_list_of_another_upt_is_not_found(browse, people, office):
    upt = office.institution
    transitions.take_over(institution=upt, rows=running.rows(upt.today(), row(1)), by=office)
    elsewhere = factories.institution("LAIN")
    for role in (Role.HEAD, Role.ADMIN_OFFICE, Role.SUPERVISOR):
        stranger = factories.user(f"lain_{role}", role, upt=elsewhere)
        assert browse(stranger, f"{HOME}1/").status_code == 404
        assert "Saldo awal 1" not in text_of(browse(stranger, HOME))


def test_a_list_that_was_sent_is_seen_by_its_sender_alone(browse, send, people, office):
    send(office, running.book(row(1)))
    assert browse(people.supervisor, PREVIEW).status_code == 404
    assert "belum diimpor" not in text_of(browse(people.supervisor, HOME))
    assert row(1)["name"] not in OpeningUpload.objects.get().sealed


def test_whoever_reads_a_list_leaves_a_reading(browse, people, office):
    upt = office.institution
    transitions.take_over(institution=upt, rows=running.rows(upt.today(), row(1)), by=office)
    before = Access.objects.count()
    browse(people.head, f"{HOME}1/")
    assert Access.objects.count() > before


def asked(browse, user, path):
    """How much a page asks the database once somebody is signed in."""
    browse(user, path)
    with CaptureQueriesContext(connection) as queries:
        assert browse.client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_the_same_for_one_row_and_for_three(browse, send, people, office, many):
    send(office, running.book(*[row(number) for number in range(many)]))
    assert (asked(browse, office, PREVIEW), asked(browse, office, WRONG)) == (7, 9)
    imported(browse, office)
    assert (asked(browse, people.head, f"{HOME}1/"), asked(browse, people.head, HOME)) == (9, 4)


# --- What lies before the system ------------------------------------------------------------------------------------
@pytest.fixture
def taken(people, office):
    upt = office.institution
    transitions.take_over(institution=upt, rows=running.rows(upt.today(), row(1, Stage.PLANNING)), by=office)
    return Case.objects.select_related("institution", "client").get(opening__isnull=False)


def scan(page, **typed):
    form = page.context["before"].box.form
    return filled(form) | {form.add_prefix(name): value for name, value in typed.items()}


def test_a_scan_is_added_to_a_stage_before_the_system(browse, people, taken):
    path = stage_page(taken, Stage.ASSESSMENT)
    page = browse(people.worker, path)
    assert "berkas tahap ini tidak diminta lagi" in text_of(page)
    sent = scan(page, title="Laporan asesmen", file=SimpleUploadedFile("a.pdf", PDF))
    answer = browse(people.worker, f"/kasus/{taken.number}/tahap/{Stage.ASSESSMENT.slug}/sebelum-sistem/", **sent)
    assert (answer.status_code, EarlierScan.objects.get().title) == (302, "Laporan asesmen")
    assert "Laporan asesmen" in text_of(browse(people.head, path))


def test_a_stage_that_went_its_way_in_here_takes_no_scan_from_before(people, taken):
    with pytest.raises(Refused, match="tidak berlangsung sebelum sistem"):
        scans.add(case=taken, stage=Stage.PLANNING, title="x", file=None, by=people.worker)


def test_who_came_in_with_the_list_is_asked_for_a_bed_on_the_page_of_the_rooms(browse, people, house):
    office = factories.user("tu_kamar", Role.ADMIN_OFFICE, upt=people.head.institution)
    line = running.cells(Stage.INTERVENTION, WORKER, house="Melati")
    rows = running.rows(people.head.institution.today(), line)
    transitions.take_over(institution=people.head.institution, rows=rows, by=office)
    case = Case.objects.get(taken_over_on__isnull=False)

    def waits():
        return any(stay.case_id == case.pk for stay, _seen in browse(office, "/sarana/").context["waiting"])

    url = f"/kasus/{case.number}/kamar/"
    assert (waits(), f'href="{url}"' in browse(office, "/sarana/").content.decode()) == (True, True)
    typed = {"bed": Bed.objects.first().pk, "reason": "Tempatnya sejak dahulu."}
    assert browse(office, url, **filled(form_in(browse(office, url), "bed"), **typed)).status_code == 302
    assert (waits(), case.stays.get().house) == (False, "Melati")
