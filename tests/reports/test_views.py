"""Who opens which report, what is left on record, and what a page costs."""

import pytest
from django.test import Client

from accounts.enums import InstitutionKind, Role
from audit import trail
from audit.models import Access
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from services.demo import walk
from tests import factories
from tests.reports.lives import lived
from tests.reports.papers import team, text, wib

pytestmark = pytest.mark.django_db

CASE_READERS = {Role.SOCIAL_WORKER, Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD}
MONTH_READERS = {Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE}


@pytest.fixture
def people() -> factories.Team:
    return team()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def stage_url(case: Case, stage: Stage = Stage.INTAKE) -> str:
    return f"/kasus/{case.number}/tahap/{stage.slug}/laporan.pdf"


def status_by_role(people: factories.Team, url: str) -> dict[Role, int]:
    """The answer to everybody of this UPT, the worker of the case standing for the social workers."""
    users = {role: factories.user(f"orang_{role}", role) for role in Role if role != Role.SOCIAL_WORKER}
    return {
        role: signed_in(user).get(url).status_code
        for role, user in {**users, Role.SOCIAL_WORKER: people.worker}.items()
    }


def expected(readers: set[Role]) -> dict[Role, int]:
    return {role: 200 if role in readers else 403 for role in Role}


def test_the_stage_report_is_for_who_may_read_the_case(people):
    case = factories.case(people)
    assert status_by_role(people, stage_url(case)) == expected(CASE_READERS)


def test_the_monthly_report_is_for_the_upt_and_not_for_the_dinas(people):
    month = f"{clock.now():%Y/%-m}"
    assert status_by_role(people, f"/laporan/bulanan/{month}/") == expected(MONTH_READERS)


def test_the_monthly_paper_is_closed_to_who_may_not_read_the_page(people):
    users = [factories.user(f"orang_{role}", role) for role in Role if role not in MONTH_READERS]
    assert {signed_in(user).get("/laporan/bulanan/2025/12/laporan.pdf").status_code for user in users} == {403}


def test_the_index_is_for_the_upt_and_the_dinas(people):
    assert status_by_role(people, "/laporan/") == expected(MONTH_READERS | {Role.PROVINCE})


def test_the_index_lists_twelve_months_and_tells_the_dinas_why_there_is_nothing(people):
    with clock.at(wib(2026, 2, 2)):
        page = signed_in(people.head).get("/laporan/").content.decode()
        dinas = factories.institution("DINSOS", kind=InstitutionKind.DINAS, name="Dinas Sosial")
        empty = signed_in(factories.user("dinas", Role.PROVINCE, upt=dinas)).get("/laporan/").content.decode()
    assert page.count("/laporan.pdf") == 12
    assert "/laporan/bulanan/2026/2/" in page
    assert "/laporan/bulanan/2025/3/" in page
    assert "Belum ada angka gabungan" in empty
    assert "/laporan/bulanan/" not in empty


def test_who_is_signed_out_is_sent_to_sign_in(people):
    case = factories.case(people)
    for url in (stage_url(case), "/laporan/", "/laporan/bulanan/2026/1/", "/laporan/bulanan/2026/1/laporan.pdf"):
        assert Client().get(url).headers["Location"].startswith("/masuk/")


def test_reports_are_only_read(people):
    case = factories.case(people)
    for url in (stage_url(case), "/laporan/", "/laporan/bulanan/2025/1/", "/laporan/bulanan/2025/1/laporan.pdf"):
        assert signed_in(people.head).post(url).status_code == 405


def test_a_case_out_of_sight_is_not_found_and_leaves_no_trace(people):
    case = factories.case(people)
    strangers = factories.team(factories.institution("PLW"))
    Access.objects.all().delete()
    for user in (strangers.head, strangers.supervisor, strangers.worker, people.other_worker):
        assert signed_in(user).get(stage_url(case)).status_code == 404
    assert not Access.objects.exists()


def test_a_stage_not_reached_or_unknown_is_not_found(people):
    case = factories.case(people)
    assert signed_in(people.head).get(stage_url(case, Stage.PLANNING)).status_code == 404
    assert signed_in(people.head).get(f"/kasus/{case.number}/tahap/lain/laporan.pdf").status_code == 404


def test_a_month_that_has_not_begun_or_does_not_exist_is_not_found(people):
    with clock.at(wib(2026, 1, 31, 23, 59)):
        head = signed_in(people.head)
        found = {
            month: head.get(f"/laporan/bulanan/{month}/").status_code
            for month in ("2026/1", "2026/2", "2026/13", "2026/0", "0/1", "99999999999/1", "1999/1")
        }
        assert head.get("/laporan/bulanan/2026/2/laporan.pdf").status_code == 404
    assert found == {month: 200 if month == "2026/1" else 404 for month in found}


def test_reading_a_stage_report_is_on_record(people):
    case = lived(people, until=Stage.ASSESSMENT)
    answer = signed_in(people.supervisor).get(stage_url(case, Stage.INTAKE))
    assert answer.status_code == 200
    rows = Access.objects.filter(page="stage_pdf").values_list("actor_label", "kind", "label").order_by("kind")
    assert list(rows) == [
        ("Drs. Moch. Yusuf, M.Kesos.", "case", case.number),
        ("Drs. Moch. Yusuf, M.Kesos.", "client", case.client.number),
    ]


def test_where_the_reading_cannot_be_recorded_there_is_no_paper(people, monkeypatch):
    case = factories.case(people)
    user = signed_in(people.supervisor)
    user.raise_request_exception = False

    def full(*_args, **_values):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trail.rows, "insert", full)
    answer = user.get(stage_url(case))
    assert (answer.status_code, answer.headers["Content-Type"]) == (507, "text/html; charset=utf-8")


def test_reading_a_month_is_on_record(people):
    signed_in(people.head).get("/laporan/bulanan/2025/12/")
    assert list(Access.objects.values_list("page", "kind", "subject_id", "label")) == [
        ("laporan bulanan", "month", 202512, "2025-12")
    ]


def test_a_paper_carries_no_name_in_its_headers_and_is_not_kept(people):
    case = factories.case(people, Stage.ASSESSMENT, factories.client(people, name="Rangga Aditya", is_protected=True))
    answer = signed_in(people.worker).get(stage_url(case))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'inline; filename="laporan-pendekatan-awal-{case.number}.pdf"'
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.content.startswith(b"%PDF-1.7")
    assert "Rangga" not in str(answer.headers)


def test_the_monthly_paper_says_what_the_page_says(people):
    lived(people)
    with clock.at(wib(2026, 2, 2)):
        head = signed_in(people.head)
        page = head.get("/laporan/bulanan/2026/1/")
        answer = head.get("/laporan/bulanan/2026/1/laporan.pdf")
    whole = text(answer.content)
    assert answer.headers["Content-Disposition"] == 'inline; filename="laporan-bulanan-ANKN-2026-01.pdf"'
    assert "Bulan Januari 2026 KONSEP – belum disahkan" in whole and "Nomor: ....." in whole
    assert "Masa laporan : 1 s.d. 31 Januari 2026 (WIB)" in whole
    assert "4 Keadaan akhir bulan (31 Januari 2026) = 1 + 2 − 3 – – –" in whole
    assert "2 Masuk selama Januari 2026 1 – 1" in whole
    assert "Kepala UPT Contoh ANKN, Dra. RETNO WULANDARI, M.Si. Pembina Tk. I (IV/b) NIP 19690417 199403 2 006" in whole
    tables = [table for chapter in page.context["chapters"] for table in chapter.blocks if hasattr(table, "rows")]
    assert [table.caption for table in tables[1:]] == [
        "Tabel 1. Keadaan klien Januari 2026",
        "Tabel 2. Mutasi klien Januari 2026",
        "Tabel 3. Klien menurut kategori PPKS utama",
        "Tabel 4. Kasus menurut tahap pelayanan",
        "Tabel 5. Calon klien",
        "Tabel 6. Bimbingan lanjut",
        "Tabel 7. Keputusan yang disahkan Kepala UPT",
        "Tabel 8. Kegiatan menurut butir",
        "Tabel 9. Pengajuan",
        "Tabel 10. Supervisi pada kasus",
        "Tabel 11. Sesi bimbingan menurut kegiatan",
        "Tabel 12. Kehadiran menurut bimbingan",
        "Tabel 13. Hambatan menurut bimbingan",
        "Tabel 14. Kecocokan antartabel",
    ]
    printed = [" ".join(cell.text for cell in line.cells if cell.text) for table in tables[1:] for line in table.rows]
    assert [line for line in printed if "".join(line.split()) not in "".join(whole.split())] == []


def test_in_the_running_month_numbers_lead_to_their_cases(people):
    case = factories.case(people, Stage.PLANNING)
    head, today = signed_in(people.head), case.institution.today()
    page = head.get(f"/laporan/bulanan/{today:%Y}/{today.month}/").content.decode()
    assert '<a href="/kasus/?stage=planning">1</a>' in page
    assert '<a href="/kasus/">1</a>' in page
    assert case.number in head.get("/kasus/?stage=planning").content.decode()
    earlier = head.get("/laporan/bulanan/2025/12/").content.decode()
    assert "/kasus/?stage=" not in earlier


def test_a_month_costs_the_same_for_one_case_and_for_three(people, django_assert_num_queries):
    lived(people)
    head = signed_in(people.head)
    with clock.at(wib(2026, 2, 2)):
        head.get("/laporan/bulanan/2026/1/")
        with django_assert_num_queries(21):  # session, user, roles, the reading, frozen, words, 15 for the numbers
            head.get("/laporan/bulanan/2026/1/")
    for name in ("Bunga", "Candra"):
        lived(people, name=name)
    with clock.at(wib(2026, 2, 2)):
        with django_assert_num_queries(21):
            head.get("/laporan/bulanan/2026/1/")
        with django_assert_num_queries(24):  # and the head of the UPT, who stands in, and the head of the trail
            head.get("/laporan/bulanan/2026/1/laporan.pdf")


def test_the_index_asks_only_what_is_frozen(people, django_assert_num_queries):
    head = signed_in(people.head)
    head.get("/laporan/")
    with django_assert_num_queries(4):  # session, user, memberships, the frozen months
        head.get("/laporan/")


def test_a_month_page_fits_a_weak_line(people):
    today = walk.to_end(people, factories.case(people)).institution.today()
    answer = signed_in(people.head).get(f"/laporan/bulanan/{today.year}/{today.month}/")
    assert len(answer.content) < 60_000
