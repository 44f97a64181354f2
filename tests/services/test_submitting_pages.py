"""The end of a stage or of the case, submitted through its form: what it does once, and how it is refused."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import Membership
from audit.models import Access
from cases.enums import Stage
from cases.models import Assignment, Case
from services import models, transitions
from services.demo import walk
from services.enums import State
from services.models import Request
from tests.services.boxes import act, data_of, form_of, requests
from tests.services.browsing import stage_page, text_of

pytestmark = pytest.mark.django_db


# --- submit ---------------------------------------------------------------------------------------------------------
def test_worker_submits_the_end_of_a_stage(client, people, assessed):
    answer = act(client, people.worker, assessed, "submit", reason="Mohon diperiksa.")
    assert (answer.status_code, answer["Location"]) == (302, stage_page(assessed))
    request = requests(assessed).get()
    assert (request.kind, request.state, request.reason) == ("stage", State.SUBMITTED, "Mohon diperiksa.")
    assert "Akhir tahap Asesmen diajukan." in text_of(client.get(answer["Location"]))


def test_submitting_twice_makes_one_request_and_answers_the_same(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    answers = [client.post(box.url, data_of(box)) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, stage_page(assessed))}
    assert requests(assessed).count() == 1


def test_late_resend_answers_the_same_after_the_stage_has_ended(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    client.post(box.url, data_of(box))
    transitions.approve(
        request=requests(assessed).get(), by=people.supervisor, version=assessed.version, note="Sudah lengkap."
    )
    client.force_login(people.worker)
    answer = client.post(box.url, data_of(box))
    assert (answer.status_code, answer["Location"]) == (302, stage_page(assessed, Stage.ASSESSMENT))
    assert Request.objects.filter(case=assessed, stage=Stage.ASSESSMENT).count() == 1


def test_submitting_an_incomplete_stage_is_refused_with_every_reason(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    models.AssessmentReport.objects.all().delete()
    answer = client.post(box.url, data_of(box, reason="Ketikan saya"))
    assert answer.status_code == 422
    assert "Laporan hasil asesmen (B.h) belum diisi" in text_of(answer)
    assert "Ketikan saya" in text_of(answer)
    assert not requests(assessed).exists()


def test_refused_form_that_shows_the_page_again_leaves_a_trace_of_the_reading(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    models.AssessmentReport.objects.all().delete()
    before = Access.objects.count()
    client.post(box.url, data_of(box))
    assert Access.objects.count() == before + 2


def test_submitting_what_already_waits_is_refused_as_late(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    transitions.submit(case=assessed, by=people.worker, version=assessed.version)
    answer = client.post(box.url, data_of(box, reason="Ketikan saya"))
    assert answer.status_code == 409
    assert "Masih ada pengajuan yang menunggu pada kasus ini." in text_of(answer)
    assert "Ketikan saya" in text_of(answer)


def test_form_of_a_stage_gone_by_is_refused_as_late(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    walk.end_stage(people, assessed)
    data = data_of(box) | {"version": assessed.version}
    answer = client.post(box.url, data)
    assert answer.status_code == 409
    assert "Kasus ini sudah berpindah sejak halaman Anda dibuka." in text_of(answer)


def test_supervisor_cannot_submit_and_another_worker_sees_nothing(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    data = data_of(box)
    client.force_login(people.other_worker)
    assert client.post(box.url, data).status_code == 404
    Membership.objects.create(user=people.worker, institution=people.worker.institution, role=Role.SUPERVISOR)
    Assignment.objects.filter(worker=people.worker).update(worker=people.other_worker)
    client.force_login(people.worker)
    answer = client.post(box.url, data)
    assert answer.status_code == 403
    assert "Hanya pekerja sosial kasus ini yang dapat mengisi dan mengajukan." in text_of(answer)


def test_form_of_somebody_else_is_refused(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    second = people.other_worker
    Assignment.objects.create(
        case=assessed, worker=second, since_on=assessed.institution.today(), assigned_by=people.head
    )
    client.force_login(second)
    assert client.post(box.url, data_of(box)).status_code == 422
    assert not requests(assessed).exists()


def test_form_without_a_version_is_an_old_one(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    data = data_of(box)
    del data["version"]
    assert client.post(box.url, data).status_code == 409


def test_acts_take_no_get(client, people, assessed):
    whose = {
        people.worker: ("ajukan", "usulkan", "tarik"),
        people.supervisor: ("supervisi", "putuskan"),
        people.head: ("sahkan",),
    }
    for user, names in whose.items():
        client.force_login(user)
        assert [client.get(f"{stage_page(assessed)}{name}/").status_code for name in names] == [405] * len(names)
    assert client.get(f"/kasus/{assessed.number}/mundur/").status_code == 405


# --- the end of the case --------------------------------------------------------------------------------------------
def test_case_ends_in_aftercare_with_a_date_and_a_reason(client, people, walked):
    case = walked.at(Stage.AFTERCARE)
    today = case.institution.today()
    answer = act(client, people.worker, case, "submit", way="moved", event_on=today, reason="Pindah ke Kalimantan.")
    assert answer.status_code == 302
    act(client, people.supervisor, case, "verdict", choice="setujui", note="Sudah diperiksa.")
    case = Case.objects.get(pk=case.pk)
    assert (case.outcome, case.closed_on, case.status) == ("moved", today, "stopped")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Pilih cara kasus ini berakhir."),
        ({"way": "moved", "reason": "Pindah."}, "Isi tanggal peristiwa, paling lambat hari ini."),
        ({"way": "completed"}, "Kunjungan bimbingan lanjut"),
        ({"way": "hilang"}, "hilang"),
    ],
)
def test_ending_is_refused_in_words(client, people, walked, typed, words):
    case = walked.at(Stage.AFTERCARE)
    answer = act(client, people.worker, case, "submit", **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert case.requests.filter(stage=Stage.AFTERCARE).count() == 0


def test_ending_on_a_coming_day_is_refused_and_stays_typed(client, people, walked):
    case = walked.at(Stage.AFTERCARE)
    tomorrow = case.institution.today() + timedelta(days=1)
    answer = act(client, people.worker, case, "submit", way="deceased", event_on=tomorrow, reason="Kabar dari desa.")
    assert answer.status_code == 422
    assert "Isi tanggal peristiwa, paling lambat hari ini." in text_of(answer)
    assert "Kabar dari desa." in text_of(answer)
    assert tomorrow.isoformat() in text_of(answer)


# --- send back ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("field", ["stage", "state", "requested_by", "decided_by", "round", "outcome"])
def test_what_the_forms_do_not_ask_is_ignored(client, people, assessed, field):
    typed = {"stage": "closing", "state": "approved", "round": "9", "outcome": "completed"}
    act(client, people.worker, assessed, "submit", **{field: typed.get(field, str(people.head.pk))})
    request = requests(assessed).get()
    assert (request.stage, request.state, request.round, request.requested_by) == (
        Stage.ASSESSMENT,
        State.SUBMITTED,
        1,
        people.worker,
    )
    assert Case.objects.get(pk=assessed.pk).outcome == ""
