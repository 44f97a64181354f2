"""A case supervised without a request, and sent back to an earlier stage, through their forms."""

from datetime import timedelta

import pytest

from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services.models import Supervision, Transition
from tests import factories
from tests.services.boxes import OTHER_ROLE, act, data_of, form_of
from tests.services.browsing import stage_page, text_of

pytestmark = pytest.mark.django_db


# --- supervise ------------------------------------------------------------------------------------------------------
def test_supervisor_supervises_without_a_request_once(client, people, assessed):
    box = form_of(client, people.supervisor, assessed, "supervise")
    today = assessed.institution.today()
    data = data_of(box, code="B.e", on=today, verdict="approved", note="Asesmen mendalam.", directions="Jaga ritme.")
    answers = [client.post(box.url, data) for _click in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    given = Supervision.objects.get(case=assessed, code="B.e")
    assert (given.note, given.directions, given.by, given.on) == (
        "Asesmen mendalam.",
        "Jaga ritme.",
        people.supervisor,
        today,
    )
    assert "Asesmen mendalam." in text_of(client.get(stage_page(assessed)))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"note": ""}, "Isi catatan supervisi."),
        ({"code": "C.i"}, "C.i"),
        ({"on": "kemarin"}, "tanggal"),
        ({"on": ""}, "Tanggal"),
        ({"verdict": "ditolak"}, "ditolak"),
    ],
)
def test_supervision_is_refused_in_words(client, people, assessed, typed, words):
    usual = {"code": "B.e", "on": assessed.institution.today(), "verdict": "approved", "note": "Baik."}
    answer = act(client, people.supervisor, assessed, "supervise", **(usual | typed))
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Supervision.objects.filter(case=assessed, code="B.e").exists()


def test_supervision_of_a_coming_day_is_refused(client, people, assessed):
    tomorrow = assessed.institution.today() + timedelta(days=1)
    answer = act(
        client, people.supervisor, assessed, "supervise", code="B.e", on=tomorrow, verdict="approved", note="Ketikan"
    )
    assert answer.status_code == 422
    assert "Tanggal supervisi tidak boleh di masa depan." in text_of(answer)
    assert "Ketikan" in text_of(answer)


def test_worker_cannot_supervise(client, people, assessed):
    client.force_login(people.worker)
    data = {
        "code": "B.e",
        "on": assessed.institution.today(),
        "verdict": "approved",
        "note": "Baik.",
        "version": assessed.version,
        "form_key": doors.form_key(people.worker, "supervise", assessed),
    }
    answer = client.post(f"{stage_page(assessed)}supervisi/", data)
    assert answer.status_code == 403
    assert OTHER_ROLE in text_of(answer)


# --- send back ------------------------------------------------------------------------------------------------------
def test_supervisor_sends_a_case_back_once(client, people):
    case = factories.case(people, Stage.PLANNING)
    box = form_of(client, people.supervisor, case, "send_back")
    data = data_of(box, to_stage="assessment", reason="Asesmen keluarga belum ada.")
    answers = [client.post(box.url, data) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/kasus/{case.number}/")}
    assert Case.objects.get(pk=case.pk).stage == Stage.ASSESSMENT
    assert Transition.objects.filter(case=case, move="send_back").count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"to_stage": "assessment"}, "Isi alasan mundur tahap."),
        ({"to_stage": "intake", "reason": "Ulang."}, "Dari tahap Rencana kasus tidak dapat mundur ke tahap itu."),
        ({"to_stage": "selesai", "reason": "Ulang."}, "selesai"),
    ],
)
def test_send_back_is_refused_in_words(client, people, walked, typed, words):
    case = walked.at(Stage.PLANNING)
    answer = act(client, people.supervisor, case, "send_back", **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert Case.objects.get(pk=case.pk).stage == Stage.PLANNING


def test_worker_cannot_send_back(client, people, walked):
    case = walked.at(Stage.PLANNING)
    client.force_login(people.worker)
    data = {
        "to_stage": "assessment",
        "reason": "Ulang.",
        "version": case.version,
        "form_key": doors.form_key(people.worker, "send_back", case),
    }
    assert client.post(f"/kasus/{case.number}/mundur/", data).status_code == 403
