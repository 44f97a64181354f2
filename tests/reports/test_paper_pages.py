"""The papers of a case, one paper, and the register: who sees what, what is offered, what it costs."""

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage
from reports import issuing
from reports.enums import PaperKind
from reports.models import IssuedPaper
from services.models import Agreement
from tests import factories
from tests.reports.issued import SCAN, again, issued, placed, scan, signed_in
from tests.reports.papers import team, text, upt
from tests.reports.test_case_table import sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> factories.Team:
    return team(upt())


@pytest.fixture
def case(people):
    return placed(people)


@pytest.fixture
def office(people):
    return factories.user("tata_usaha", Role.ADMIN_OFFICE)


def papers_page(case) -> str:
    return f"/kasus/{case.number}/surat/"


def rows(answer) -> dict[str, str]:
    """Each paper of the case and where it stands: its number, what speaks against it, or its button."""
    return {
        row["offer"].title: row["live"].number if row["live"] else "; ".join(row["offer"].reasons) or "siap"
        for row in answer.context["rows"]
    }


def button(answer, title: str) -> dict[str, str]:
    form = next(row["form"] for row in answer.context["rows"] if row["offer"].title == title)
    return {field.html_name: field.value() for field in form if field.value() is not None}


# --- The papers of a case -------------------------------------------------------------------------------------------
def test_the_page_tells_what_is_ready_what_is_missing_and_what_is_out(people, case):
    issued(people, case, kind=PaperKind.PLACEMENT)
    answer = signed_in(people.worker).get(papers_page(case))
    year = case.institution.today().year
    assert rows(answer) == {
        "Surat pemberitahuan hasil seleksi": "siap",
        "Surat kesepakatan": "siap",
        "SK penempatan": f"400.9/1/ANKN/{year}",
        "Laporan tahap pendekatan awal": "siap",
        "Laporan tahap asesmen": "Tahap ini belum berakhir.",
    }


def test_one_click_issues_and_leads_to_the_paper(people, case):
    worker = signed_in(people.worker)
    data = button(worker.get(papers_page(case)), "Surat kesepakatan")
    answer = worker.post(f"{papers_page(case)}terbitkan/", data)
    paper = again(IssuedPaper.objects.get())
    assert answer.headers["Location"] == f"/surat/{paper.spelled_code}/"
    page = worker.get(answer.headers["Location"]).content.decode()
    assert f"Surat kesepakatan terbit dengan nomor {paper.number}." in page
    assert worker.post(f"{papers_page(case)}terbitkan/", data).status_code == 302
    assert IssuedPaper.objects.count() == 1


def test_the_code_on_the_paper_leads_to_this_very_site(people, case):
    worker = signed_in(people.worker)
    worker.post(f"{papers_page(case)}terbitkan/", button(worker.get(papers_page(case)), "Surat kesepakatan"))
    paper = IssuedPaper.objects.get()
    content = b"".join(worker.get(f"/surat/{paper.spelled_code}/naskah.pdf").streaming_content)
    assert "atau buka testserver/periksa lalu" in text(content)


def test_a_refused_button_comes_back_with_the_reason(people, case):
    worker = signed_in(people.worker)
    data = button(worker.get(papers_page(case)), "Surat kesepakatan")
    paper = issued(people, case)
    answer = worker.post(f"{papers_page(case)}terbitkan/", data)
    assert answer.status_code == 422
    assert f"sudah terbit dengan nomor {paper.number}" in answer.content.decode()
    assert worker.post(f"{papers_page(case)}terbitkan/", data | {"paper": "x:1"}).status_code == 422


def test_who_may_not_issue_sees_no_button(people, case):
    section = signed_in(factories.user("kasi", Role.SECTION_HEAD)).get(papers_page(case))
    assert [row["form"] is None for row in section.context["rows"]] == [False, False, False, False, True]
    assert {row["form"] for row in signed_in(people.worker).get(papers_page(case)).context["rows"]} != {None}


def test_a_paper_older_than_what_it_was_written_from_says_so(people, case):
    paper = issued(people, case)
    head = signed_in(people.head)
    assert "Isi kasus berubah sesudah" not in head.get(papers_page(case)).content.decode()
    later = paper.issued_at.replace(year=paper.issued_at.year + 1)
    Agreement.objects.filter(case=case).update(saved_at=later)
    assert "Isi kasus berubah sesudah naskah ini terbit" in head.get(papers_page(case)).content.decode()


def test_a_new_case_has_no_papers_and_says_what_to_do(people):
    case = factories.case(people)
    page = signed_in(people.worker).get(papers_page(case)).content.decode()
    assert "Laporan tahap pendekatan awal" in page
    assert "Pilih Terbitkan pada naskah yang siap." in page


def test_drafts_are_printed_at_any_time_and_marked(people, case):
    for kind, subject in (("kesepakatan", "1"), ("penempatan", "1"), ("laporan-tahap", "asesmen-1")):
        answer = signed_in(people.worker).get(f"{papers_page(case)}konsep/{kind}/{subject}.pdf")
        assert answer.headers["Content-Disposition"] == f'inline; filename="konsep-{kind}-{case.number}.pdf"'
        assert "KONSEP – belum disahkan" in text(answer.content)
    for kind, subject in (("rencana", "1-1"), ("kesepakatan", "2"), ("lain", "1")):
        assert signed_in(people.worker).get(f"{papers_page(case)}konsep/{kind}/{subject}.pdf").status_code == 404


def test_the_page_of_a_case_costs_the_same_for_one_paper_and_for_three(people, case, django_assert_num_queries):
    head = signed_in(people.head)
    issued(people, case)
    head.get(papers_page(case))
    with django_assert_num_queries(33):
        head.get(papers_page(case))
    issued(people, case, kind=PaperKind.PLACEMENT)
    issued(people, case, kind=PaperKind.STAGE_REPORT, subject="pendekatan-awal-1")
    with django_assert_num_queries(33):
        head.get(papers_page(case))


# --- One paper ------------------------------------------------------------------------------------------------------
def test_the_acts_of_a_paper_are_sent_from_its_page(people, case):
    paper, worker, today = issued(people, case), signed_in(people.worker), case.institution.today()
    url = f"/surat/{paper.spelled_code}/"

    def sent(act: str, where: str, **typed):
        form = worker.get(url).context[f"{act}_form"]
        return worker.post(f"{url}{where}/", {"form_key": form["form_key"].value(), **typed})

    assert sent("sign", "pindaian").status_code == 422
    assert sent("sign", "pindaian", on=today, scan=scan()).status_code == 302
    assert sent("hand_over", "serah", on=today, to="").status_code == 422
    assert sent("hand_over", "serah", on=today, to="Slamet Riyadi (ayah)").status_code == 302
    assert worker.get(url).context["hand_over_form"] is None
    assert sent("cancel", "batal", reason="").status_code == 422
    assert sent("cancel", "batal", reason="Salah nama wali.").status_code == 302
    page = worker.get(url)
    assert {page.context[f"{act}_form"] for act in ("sign", "hand_over", "cancel")} == {None}
    html = page.content.decode()
    for words in ("kepada Slamet Riyadi (ayah)", "Salah nama wali.", "Nomornya tetap terpakai"):
        assert words in html


def test_a_scan_goes_out_to_who_may_read_the_paper(people, case, office):
    letter, report = (
        issued(people, case),
        issued(people, case, kind=PaperKind.STAGE_REPORT, subject="pendekatan-awal-1"),
    )
    for paper, wanted in ((letter, 200), (report, 403)):
        fact = issuing.sign(paper=paper, scan=SCAN, on=case.institution.today(), by=people.worker)
        url = f"/surat/{paper.spelled_code}/pindaian/{fact.pk}/"
        assert signed_in(office).get(url).status_code == wanted
        assert b"".join(signed_in(people.worker).get(url).streaming_content) == SCAN.content
        assert signed_in(people.other_worker).get(url).status_code == 404
    other = issuing.sign(paper=letter, scan=SCAN, on=case.institution.today(), by=people.worker)
    assert signed_in(people.head).get(f"/surat/{report.spelled_code}/pindaian/{other.pk}/").status_code == 404


def test_tata_usaha_has_number_and_state_of_what_is_secret_and_brings_its_scan(people, case, office):
    report = issued(people, case, kind=PaperKind.STAGE_REPORT, subject="pendekatan-awal-1")
    page = signed_in(office).get(f"/surat/{report.spelled_code}/")
    html = page.content.decode()
    assert report.number in html
    assert "tata usaha melihat nomor dan keadaannya, bukan isinya" in html
    assert "naskah.pdf" not in html
    assert page.context["sign_form"] is not None
    assert page.context["cancel_form"] is None


def test_a_worker_is_not_told_whom_else_a_decree_is_about(people, case):
    others = factories.Team(**{**vars(people), "worker": people.other_worker})
    paper = issued(people, case, placed(others, "Bagus Wicaksono"), kind=PaperKind.PLACEMENT, by=people.head)
    Access.objects.all().delete()
    html = signed_in(people.worker).get(f"/surat/{paper.spelled_code}/").content.decode()
    assert "Rafi" in html
    assert "Bagus" not in html
    assert "dan 1 orang lain" in html
    assert set(Access.objects.filter(kind="case").values_list("label", flat=True)) == {case.number}


def test_a_paper_of_another_upt_is_not_found(people, case):
    paper = issued(people, case)
    strangers = factories.team(factories.institution("LANSIA"))
    for user in (strangers.head, strangers.worker, people.other_worker):
        for where in ("", "naskah.pdf"):
            assert signed_in(user).get(f"/surat/{paper.spelled_code}/{where}").status_code == 404
        assert signed_in(user).post(f"/surat/{paper.spelled_code}/pindaian/", {}).status_code == 404


# --- The register ---------------------------------------------------------------------------------------------------
@pytest.fixture
def filled(people, case):
    """A letter signed, one cancelled, a report handed over without a scan, and a decree only issued."""
    today = case.institution.today()
    letter = issued(people, case)
    issuing.sign(paper=letter, scan=SCAN, on=today, by=people.worker)
    decree = issued(people, case, kind=PaperKind.PLACEMENT)
    issuing.cancel(paper=decree, reason="Salah kamar.", by=people.head)
    report = issued(people, case, kind=PaperKind.STAGE_REPORT, subject="pendekatan-awal-1")
    issuing.hand_over(paper=report, to="Dinas Sosial", on=today, by=people.worker)
    again_decree = issued(people, case, kind=PaperKind.PLACEMENT)
    return {"letter": letter, "decree": decree, "report": report, "again": again_decree}


def listed(answer) -> list[str]:
    return [paper.number.split("/")[1] for paper in answer.context["page"]]


NARROWED = {
    "": ["4", "3", "2", "1"],
    "state=unscanned": ["4", "3"],
    "state=issued": ["4"],
    "state=signed": ["1"],
    "state=handed_over": ["3"],
    "state=cancelled": ["2"],
    "kind=placement": ["4", "2"],
    "q=400.9/3/": ["3"],
    "until=2020-01-01": [],
    "since=2020-01-01": ["4", "3", "2", "1"],
    "state=lain&since=x": ["4", "3", "2", "1"],
}


def test_the_register_is_narrowed(people, filled):
    head = signed_in(people.head)
    assert {query: listed(head.get(f"/surat/?{query}")) for query in NARROWED} == NARROWED


def test_the_register_is_searched_by_code_and_case(people, case, filled):
    head = signed_in(people.head)
    assert listed(head.get("/surat/", {"q": filled["letter"].spelled_code.lower()})) == ["1"]
    assert listed(head.get("/surat/", {"q": case.number})) == ["4", "3", "2", "1"]


def test_the_register_is_for_the_office_and_who_decides(people):
    by_role = {role: signed_in(factories.user(f"orang_{role}", role)).get("/surat/").status_code for role in Role}
    readers = {Role.SUPERVISOR, Role.SECTION_HEAD, Role.HEAD, Role.ADMIN_OFFICE}
    assert by_role == {role: 200 if role in readers else 403 for role in Role}


def test_the_register_as_a_spreadsheet(people, case, filled, office):
    answer = signed_in(office).get("/surat/daftar.xlsx?kind=placement")
    _sheet, words = sheet_of(answer)
    year = case.institution.today().year
    told = ["SK penempatan", "Biasa", case.number, filled["decree"].spelled_code, "Dibatalkan", "Salah kamar."]
    assert [word for word in told if word not in words] == []
    assert [word for word in words if word.startswith("400.9")] == [f"400.9/4/ANKN/{year}", f"400.9/2/ANKN/{year}"]
    assert Access.objects.filter(page="letters", kind="case", label=case.number).exists()


def test_an_empty_register_says_what_to_do(people):
    assert "Naskah diterbitkan dari tab Surat pada kasusnya" in signed_in(people.head).get("/surat/").content.decode()


def test_the_register_costs_the_same_for_one_row_and_for_three(people, case, django_assert_num_queries):
    head = signed_in(people.head)
    issued(people, case)
    head.get("/surat/")
    with django_assert_num_queries(10):
        head.get("/surat/")
    issued(people, case, kind=PaperKind.PLACEMENT)
    issued(people, placed(people, "Bagus"), placed(people, "Wahyu"), kind=PaperKind.PLACEMENT)
    with django_assert_num_queries(10):
        head.get("/surat/")


def test_tata_usaha_places_many_in_one_decree(people, case, office):
    second = placed(people, "Bagus Wicaksono")
    early = factories.case(people, Stage.INTAKE, factories.client(people, name="Agus Salim"))
    client = signed_in(office)
    page = client.get("/surat/penempatan/")
    assert [one.number for one in page.context["cases"]] == [second.number, case.number]
    key = page.context["form"]["form_key"].value()
    assert client.post("/surat/penempatan/", {"form_key": key}).status_code == 422
    assert client.post("/surat/penempatan/", {"form_key": key, "cases": [early.number]}).status_code == 422
    answer = client.post("/surat/penempatan/", {"form_key": key, "cases": [case.number, second.number]})
    paper = again(IssuedPaper.objects.get())
    assert answer.headers["Location"] == f"/surat/{paper.spelled_code}/"
    assert set(paper.cases) == {case, second}
    assert "Semua yang ditempatkan sudah ada SK-nya" in client.get("/surat/penempatan/").content.decode()
