"""The public page of a code: genuine, cancelled, changed or unknown, with no word about a person."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from cases import files
from rehsos import clock
from reports import check_views, issuing
from reports.enums import PaperKind
from tests import factories
from tests.reports.issued import again, issued, kept, placed, scan, signed_in
from tests.reports.papers import team, upt, wib

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> factories.Team:
    return team(upt())


@pytest.fixture
def case(people):
    return placed(people)


@pytest.fixture
def paper(people, case):
    return issued(people, case)


def asked(code: str, client: Client | None = None):
    return (client or Client()).get(f"/periksa/{code}/")


def told(answer) -> tuple[int, str]:
    return answer.status_code, answer.context["verdict"]


def test_a_code_of_ours_is_genuine_and_says_what_it_stands_for(paper):
    answer = asked(paper.spelled_code)
    html = answer.content.decode()
    assert told(answer) == (200, "genuine")
    for words in ("Asli dan tidak berubah", "Surat kesepakatan", paper.number, "UPT Contoh ANKN"):
        assert words in html


def test_the_page_names_no_person_and_no_case(people, case, paper):
    issuing.hand_over(paper=paper, to="Slamet Riyadi", on=case.institution.today(), by=people.worker)
    issuing.cancel(paper=paper, reason="Salah menulis nama Rafi.", by=people.worker)
    html = asked(paper.spelled_code).content.decode()
    personal = ("Rafi", "RAFI", "Slamet", "Dian", "Permatasari", case.number, case.client.number)
    assert [words for words in personal if words in html] == []


def test_a_cancelled_paper_is_said_to_be_cancelled(people, paper):
    issuing.cancel(paper=paper, reason="Salah nama.", by=people.worker)
    answer = asked(paper.spelled_code)
    assert told(answer) == (200, "cancelled")
    assert "dibatalkan pada" in answer.content.decode()


@pytest.mark.parametrize("code", ["AAAA-AAAA", "AAAAAAAA", "0000-1111", "x", "A" * 60])
def test_a_forged_code_is_unknown(paper, code):
    assert told(asked(code)) == (404, "unknown")
    assert Client().post(f"/periksa/{code}/", {}).status_code == 404


def test_a_code_is_read_however_it_is_typed(paper):
    spelled = paper.spelled_code
    for code in (spelled, spelled.lower(), spelled.replace("-", "")):
        assert told(asked(code)) == (200, "genuine")
    answer = Client().get("/periksa/", {"kode": f" {spelled.lower()} "})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/periksa/{spelled}/")
    assert Client().get("/periksa/", {"kode": "salah"}).status_code == 422


@pytest.mark.parametrize("fault", ["one byte more", "gone"])
def test_a_file_that_was_tampered_with_is_not_called_genuine(people, paper, fault):
    path = files.path(paper.file)
    if fault == "gone":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b" ")
    assert told(asked(paper.spelled_code)) == (200, "changed")
    assert "tidak sama lagi" in signed_in(people.head).get(f"/surat/{paper.spelled_code}/").content.decode()
    assert signed_in(people.head).get(f"/surat/{paper.spelled_code}/naskah.pdf").status_code == 404


def test_a_file_that_somebody_holds_is_compared_and_not_kept(paper):
    def compared(content: bytes):
        upload = SimpleUploadedFile("surat.pdf", content, content_type="application/pdf")
        return Client().post(f"/periksa/{paper.spelled_code}/", {"berkas": upload})

    before = sorted(files.path(paper.file).parent.parent.rglob("*"))
    same, other = compared(kept(paper)), compared(kept(paper) + b" ")
    assert "Berkas ini sama" in same.content.decode()
    assert "Berkas ini berbeda" in other.content.decode()
    assert sorted(files.path(paper.file).parent.parent.rglob("*")) == before
    assert Client().post(f"/periksa/{paper.spelled_code}/", {}).status_code == 422


def test_who_asks_too_often_is_held_back(paper, monkeypatch):
    monkeypatch.setattr(check_views, "MOST", 3)
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert [asked(paper.spelled_code, client).status_code for _turn in range(4)] == [200, 200, 200, 429]
    assert asked(paper.spelled_code, Client(REMOTE_ADDR="203.0.113.10")).status_code == 200


def test_the_scan_is_offered_to_staff_who_have_the_paper_in_sight(people, paper):
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    nurse = factories.user("perawat", Role.NURSE)
    stranger = factories.team(factories.institution("LANSIA")).head
    offered = {
        user.username: asked(paper.spelled_code, signed_in(user)).context["scan_form"] is not None
        for user in (people.worker, people.head, office, people.other_worker, nurse, stranger)
    }
    assert offered == {
        "pekerja_ankn": True,
        "kepala_ankn": True,
        "tata_usaha": True,
        "pekerja2_ankn": False,
        "perawat": False,
        "kepala_lansia": False,
    }
    assert asked(paper.spelled_code).context["scan_form"] is None


def test_a_photo_of_the_signed_paper_goes_from_the_page_to_its_record(people, case, paper):
    client = signed_in(people.worker)
    form = asked(paper.spelled_code, client).context["scan_form"]
    data = {"form_key": form["form_key"].value(), "on": case.institution.today().isoformat(), "scan": scan()}
    answer = client.post(f"/surat/{paper.spelled_code}/pindaian/", data)
    assert answer.headers["Location"] == f"/surat/{paper.spelled_code}/"
    assert not again(paper).lacks_scan


def test_a_check_costs_the_same_whatever_a_decree_is_about(people, case, django_assert_num_queries):
    one = issued(people, case, kind=PaperKind.PLACEMENT)
    many = issued(people, placed(people, "Bagus"), placed(people, "Wahyu"), kind=PaperKind.PLACEMENT)
    with clock.at(wib(2026, 11, 24)):
        asked(one.spelled_code)
        for paper in (one, many):
            with django_assert_num_queries(14):  # counting the try takes twelve; then the paper and its facts
                asked(paper.spelled_code)
