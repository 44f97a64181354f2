"""The page of an exit: its endorsement, who reads it, and how much it asks of the database."""

import pytest

from audit.models import Access
from cases.enums import Outcome, Stage, StayEnd
from rehsos import doors
from services import models, transitions
from services.demo import walk
from services.enums import Kind
from services.models import Request
from tests.services.browsing import boxes_in, filled, form_in, stage_page, text_of
from tests.services.exit_pages import url
from tests.services.leaving import end, leave, write_minutes


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


# --- endorsement ----------------------------------------------------------------------------------------------------
def test_worker_proposes_once_what_supervisor_and_head_then_decide(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    answer = browse(people.worker, url(case))
    assert boxes_in(answer) == [("Siap diajukan", "Ajukan pengesahan keluar")]
    assert boxes_in(browse(people.worker, stage_page(case))) == boxes_in(answer)
    step = browse(people.worker, f"/kasus/{case.number}/").context["step"]
    assert step["items"][0]["url"] == url(case) + "#langkah"
    data = filled(form_in(answer, "propose_exit"), reason="Permintaan keluarga.", opens_aftercare="on")
    answers = [browse(people.worker, url(case, "ajukan/"), **data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, url(case))}
    request = Request.objects.get(case=case, kind=Kind.EXIT)
    assert (request.reason, request.opens_aftercare) == ("Permintaan keluarga.", True)
    answer = browse(people.worker, url(case))
    assert boxes_in(answer) == [("Sedang diajukan", "Tarik pengajuan")]
    assert answer.context["minutes_form"] is None
    assert "Siti Aminah" in text_of(answer)

    for path in (url(case), stage_page(case)):
        answer = browse(people.supervisor, path)
        page = text_of(answer)
        assert boxes_in(answer)[0] == ("Keputusan Anda", "Simpan keputusan")
        for words in (
            "Keluar – Pulang atas kehendak sendiri atau keluarga",
            "Keluar 10 Maret 2026. Dijemput ibu.",
            "Dilanjutkan dengan bimbingan lanjut.",
            "“Permintaan keluarga.”",
        ):
            assert words in page
    queue = text_of(browse(people.supervisor, "/supervisi/"))
    assert "Keluar – Pulang atas kehendak sendiri atau keluarga" in queue
    assert f"{url(case)}#berita-acara" in queue
    verdict = form_in(browse(people.supervisor, url(case)), "verdict")
    browse(people.supervisor, f"{stage_page(case)}putuskan/", **filled(verdict, choice="setujui", note="Sesuai."))
    endorse = form_in(browse(people.head, url(case)), "endorse")
    answer = browse(people.head, f"{stage_page(case)}sahkan/", **filled(endorse, choice="sahkan"))
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.stage, case.is_closed) == (Stage.AFTERCARE, False)
    assert "disahkan" in text_of(browse(people.worker, url(case)))


def test_short_closing_takes_its_own_supervision(browse, people, case):
    leave(people, case, StayEnd.REFERRED)
    write_minutes(people, case)
    walk.fill(people, case, models.Referral, models.ReferralReport)
    form = form_in(browse(people.supervisor, stage_page(case)), "supervise")
    data = filled(form, code="E.3.4", note="Rujukan tepat.")
    assert browse(people.supervisor, f"{stage_page(case)}supervisi/", **data).status_code == 302
    assert models.Supervision.objects.filter(case=case, code="E.3.4").count() == 1


def test_proposal_is_refused_in_words(browse, people, case):
    leave(people, case)
    key = doors.form_key(people.worker, "propose_exit", case)
    data = {"form_key": key, "version": case.version, "reason": "Ketikan saya"}
    answer = browse(people.worker, url(case, "ajukan/"), **data)
    assert answer.status_code == 422
    assert "Berita acara keluar belum dibuat" in text_of(answer)
    assert "Ketikan saya" in text_of(answer)
    write_minutes(people, case)
    answer = browse(people.worker, url(case, "ajukan/"), **{**data, "reason": " "})
    assert answer.status_code == 422
    assert "Isi alasan keputusan." in text_of(answer)
    assert browse(people.worker, url(case, "ajukan/"), **{**data, "version": 1}).status_code == 409
    key = doors.form_key(people.head, "propose_exit", case)
    assert browse(people.head, url(case, "ajukan/"), **{**data, "form_key": key}).status_code == 403
    assert not Request.objects.filter(case=case, kind=Kind.EXIT).exists()


def test_nobody_is_followed_after_death(browse, people, case):
    leave(people, case, StayEnd.DECEASED)
    write_minutes(people, case)
    form = form_in(browse(people.worker, url(case)), "propose_exit")
    assert "opens_aftercare" not in form.fields


def test_returned_exit_can_be_mended_and_proposed_again(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    case.refresh_from_db()
    request = transitions.propose_exit(case=case, reason="Pulang.", by=people.worker, version=case.version)
    transitions.give_back(request=request, by=people.supervisor, version=case.version, reason="Tambah saksi.")
    answer = browse(people.worker, url(case))
    assert boxes_in(answer) == [("Dikembalikan", ""), ("Siap diajukan", "Ajukan pengesahan keluar")]
    assert answer.context["minutes_form"] is not None


def test_closed_case_says_how_it_ended_on_every_page(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    end(people, case)
    for path in ("", "tahap/", "catatan/", "rencana/", "jejak/", "tahap/pelaksanaan/"):
        page = text_of(browse(people.worker, f"/kasus/{case.number}/{path}"))
        assert "Pulang atas kehendak sendiri atau keluarga" in page
        assert url(case) in page
    titles = [entry["title"] for entry in browse(people.worker, f"/kasus/{case.number}/catatan/").context["entries"]]
    assert "Keluar disahkan, kasus ditutup: Pulang atas kehendak sendiri atau keluarga" in titles
    assert "Klien keluar: pulang atas kehendak sendiri atau keluarga" in titles


# --- who reads it, and how much it asks of the database -------------------------------------------------------------
def test_reading_leaves_a_trace(browse, people, case):
    browse(people.worker, url(case))
    rows = Access.objects.filter(page="leaving").values_list("kind", "subject_id", "actor_id")
    assert set(rows) == {("case", case.pk, people.worker.pk), ("client", case.client_id, people.worker.pk)}


@pytest.mark.parametrize("way", [StayEnd.TAKEN_HOME, StayEnd.REFERRED])
def test_page_keeps_to_its_queries(client, browse, people, case, way, django_assert_max_num_queries):
    leave(people, case, way)
    write_minutes(people, case)
    for path in (url(case), stage_page(case), f"/kasus/{case.number}/"):
        for user in (people.worker, people.supervisor, people.head):
            browse(user, path)
            with django_assert_max_num_queries(16 + 5):
                client.get(path)


def test_outcome_is_in_the_list_of_closed_cases(browse, people, case):
    leave(people, case)
    write_minutes(people, case)
    end(people, case)
    assert case.outcome == Outcome.TAKEN_HOME
    assert "pulang atas kehendak sendiri" in text_of(browse(people.worker, "/kasus/?status=closed"))


def test_paper_of_an_exit_leads_back_to_its_page(browse, people, case):
    leave(people, case, StayEnd.REFERRED)
    path = f"/kasus/{case.number}/tahap/evaluasi/isi/laporan-rujukan/"
    form = form_in(browse(people.worker, path), "record-laporan-rujukan")
    words = {"purpose": "Dasar.", "conduct": "Diantar.", "results": "Diterima."}
    answer = browse(people.worker, path, **filled(form, **words))
    assert (answer.status_code, answer["Location"]) == (302, url(case))
    papers = {paper.title: paper.is_there for paper in browse(people.worker, url(case)).context["papers"]}
    assert papers == {"Berita acara keluar": False, "Rujukan": False, "Laporan rujukan": True}
