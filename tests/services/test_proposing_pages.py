"""A decision proposed, and a request taken back, each through its form."""

from datetime import timedelta

import pytest

from cases.enums import Stage
from rehsos import doors
from services import transitions
from services.demo import walk
from services.enums import Act, State
from services.models import Decision
from tests.services.boxes import act, data_of, form_of, requests
from tests.services.browsing import stage_page, text_of

pytestmark = pytest.mark.django_db


# --- decide ---------------------------------------------------------------------------------------------------------
def test_worker_proposes_a_decision_once(client, people, candidate):
    box = form_of(client, people.worker, candidate, "decide")
    data = data_of(box, way="waiting_list", reason="Asrama penuh.")
    answers = [client.post(box.url, data) for _click in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    request = requests(candidate).get()
    assert (request.kind, request.way, request.reason) == ("selection", "waiting_list", "Asrama penuh.")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"reason": "Layak."}, "Pilih keputusan yang diusulkan."),
        ({"way": "accepted"}, "Isi alasan keputusan."),
        ({"way": "accepted", "reason": "   "}, "Isi alasan keputusan."),
        ({"way": "terminate", "reason": "Layak."}, "terminate"),
        ({"way": "accepted", "reason": "a" * 10_000}, "4000"),
    ],
)
def test_decision_is_refused_in_words(client, people, candidate, typed, words):
    answer = act(client, people.worker, candidate, "decide", **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert typed.get("reason", "").strip() in text_of(answer)
    assert not requests(candidate).exists()


def test_extension_needs_a_coming_day(client, people, walked):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    today = case.institution.today()
    answer = act(client, people.worker, case, "decide", way="extend", reason="Belum siap.", until_on=today)
    assert answer.status_code == 422
    assert "Isi tanggal akhir perpanjangan, sesudah hari ini." in text_of(answer)
    answer = act(
        client, people.worker, case, "decide", way="extend", reason="Belum siap.", until_on=today + timedelta(days=30)
    )
    assert answer.status_code == 302


def test_decision_is_refused_where_the_stage_takes_none(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    answer = client.post(f"{stage_page(assessed)}usulkan/", {"form_key": box.form["form_key"].value(), "way": "x"})
    assert answer.status_code == 422
    assert not requests(assessed).exists()


# --- withdraw -------------------------------------------------------------------------------------------------------
def test_worker_takes_a_request_back_once(client, people, submitted):
    box = form_of(client, people.worker, submitted, "withdraw")
    answers = [client.post(box.url, data_of(box, note="Ada yang kurang.")) for _click in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    request = requests(submitted).get()
    assert request.state == State.WITHDRAWN
    assert Decision.objects.filter(request=request, act=Act.WITHDRAW).count() == 1


def test_taking_back_what_was_decided_is_refused_with_who_was_faster(client, people, submitted):
    box = form_of(client, people.worker, submitted, "withdraw")
    transitions.give_back(
        request=requests(submitted).get(), by=people.supervisor, version=submitted.version, reason="Lengkapi."
    )
    answer = client.post(box.url, data_of(box, note="Ketikan saya"))
    assert answer.status_code == 409
    assert "Pengajuan ini sudah diputus" in text_of(answer)
    assert people.supervisor.full_name in text_of(answer)
    assert "Ketikan saya" in text_of(answer)


def test_supervisor_cannot_take_a_request_back(client, people, submitted):
    request = requests(submitted).get()
    form_of(client, people.supervisor, submitted, "verdict")
    key = doors.form_key(people.supervisor, "withdraw", request)
    answer = client.post(f"{stage_page(submitted)}tarik/", {"request": request.pk, "form_key": key})
    assert answer.status_code == 403
