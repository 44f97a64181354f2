"""A request approved, returned or endorsed through the form of who decides."""

import pytest

from accounts.enums import Role
from accounts.models import Membership
from cases.enums import Stage
from cases.models import Case
from rehsos import doors
from services import transitions
from services.enums import Act, State
from services.models import Supervision, Transition
from tests.services.boxes import OTHER_ROLE, act, data_of, form_of, requests
from tests.services.browsing import stage_page, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved(people, proposed):
    """A selection that waits for the head."""
    request = requests(proposed).get()
    transitions.approve(request=request, by=people.supervisor, version=proposed.version, note="Memadai.")
    return proposed


# --- approve or return ----------------------------------------------------------------------------------------------
def test_supervisor_approves_once_and_the_case_moves_once(client, people, submitted):
    box = form_of(client, people.supervisor, submitted, "verdict")
    answers = [client.post(box.url, data_of(box, choice="setujui", note="Sesuai.")) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/kasus/{submitted.number}/")}
    case = Case.objects.get(pk=submitted.pk)
    assert case.stage == Stage.PLANNING
    assert Transition.objects.filter(case=case, to_stage=Stage.PLANNING).count() == 1
    assert Supervision.objects.filter(case=case, code="B.e").count() == 1


def test_approval_goes_on_to_where_the_queue_wants_but_never_off_the_site(client, people, submitted):
    box = form_of(client, people.supervisor, submitted, "verdict")
    answer = client.post(box.url, data_of(box, choice="setujui", note="Sesuai.", next="https://example.org/"))
    assert answer["Location"] == f"/kasus/{submitted.number}/"
    answer = client.post(box.url, data_of(box, choice="setujui", note="Sesuai.", next="/katalog/"))
    assert answer["Location"] == "/katalog/"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"note": "Ketikan saya"}, "Pilih setujui atau kembalikan."),
        ({"choice": "setujui"}, "Isi catatan supervisi: B.e belum diberikan."),
        ({"choice": "kembalikan"}, "Isi alasan pengembalian"),
        ({"choice": "sahkan", "note": "Ketikan saya"}, "sahkan"),
    ],
)
def test_verdict_is_refused_in_words(client, people, submitted, typed, words):
    answer = act(client, people.supervisor, submitted, "verdict", **typed)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert typed.get("note", "") in text_of(answer)
    assert requests(submitted).get().state == State.SUBMITTED


def test_supervisor_returns_with_a_reason(client, people, submitted):
    answer = act(client, people.supervisor, submitted, "verdict", choice="kembalikan", note="Tambahkan puskesmas.")
    assert answer.status_code == 302
    assert requests(submitted).get().state == State.RETURNED
    assert "Tambahkan puskesmas." in text_of(client.get(stage_page(submitted)))


def test_second_supervisor_is_told_who_was_faster_and_keeps_the_remark(client, people, submitted):
    box = form_of(client, people.other_supervisor, submitted, "verdict")
    transitions.approve(
        request=requests(submitted).get(), by=people.supervisor, version=submitted.version, note="Sesuai."
    )
    answer = client.post(box.url, data_of(box, choice="setujui", note="Catatan saya sendiri"))
    assert answer.status_code == 409
    assert people.supervisor.full_name in text_of(answer)
    assert "Catatan saya sendiri" in text_of(answer)


def test_worker_and_head_cannot_approve(client, people, submitted):
    request = requests(submitted).get()
    for user, words in (
        (people.worker, OTHER_ROLE),
        (people.head, "Masih ada supervisor yang dapat memutus"),
    ):
        client.force_login(user)
        data = {
            "request": request.pk,
            "version": submitted.version,
            "choice": "setujui",
            "note": "Baik.",
            "form_key": doors.form_key(user, "verdict", request),
        }
        answer = client.post(f"{stage_page(submitted)}putuskan/", data)
        assert answer.status_code == 403
        assert words in text_of(answer)
    assert requests(submitted).get().state == State.SUBMITTED


def test_requester_cannot_approve_with_a_second_role(client, people, submitted):
    Membership.objects.create(user=people.worker, institution=people.worker.institution, role=Role.SUPERVISOR)
    request = requests(submitted).get()
    client.force_login(people.worker)
    data = {
        "request": request.pk,
        "version": submitted.version,
        "choice": "setujui",
        "note": "Baik.",
        "form_key": doors.form_key(people.worker, "verdict", request),
    }
    answer = client.post(f"{stage_page(submitted)}putuskan/", data)
    assert answer.status_code == 403
    assert "Anda yang mengajukan; keputusan harus dari orang lain." in text_of(answer)


@pytest.mark.parametrize("request_pk", ["", "abc", "0", "9" * 30, "-1"])
def test_request_that_is_not_of_this_stage_is_not_found(client, people, submitted, request_pk):
    client.force_login(people.supervisor)
    answer = client.post(f"{stage_page(submitted)}putuskan/", {"request": request_pk, "choice": "setujui"})
    assert answer.status_code == 404
    answer = client.post(f"{stage_page(submitted, Stage.INTAKE)}putuskan/", {"request": requests(submitted).get().pk})
    assert answer.status_code == 404


# --- endorse --------------------------------------------------------------------------------------------------------
def test_head_endorses_once(client, people, approved):
    box = form_of(client, people.head, approved, "endorse")
    answers = [client.post(box.url, data_of(box, choice="sahkan")) for _click in range(3)]
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {(302, f"/kasus/{approved.number}/")}
    request = requests(approved).get()
    assert request.state == State.ENDORSED
    assert request.decisions.filter(act=Act.ENDORSE).count() == 1


def test_head_returns_with_a_reason_or_is_asked_for_one(client, people, approved):
    answer = act(client, people.head, approved, "endorse", choice="kembalikan")
    assert answer.status_code == 422
    assert "Isi alasan pengembalian" in text_of(answer)
    answer = act(client, people.head, approved, "endorse", choice="kembalikan", note="Dengarkan keluarga dahulu.")
    assert answer.status_code == 302
    assert requests(approved).get().state == State.RETURNED


def test_supervisor_cannot_endorse(client, people, approved):
    request = requests(approved).get()
    client.force_login(people.supervisor)
    data = {
        "request": request.pk,
        "version": approved.version,
        "choice": "sahkan",
        "form_key": doors.form_key(people.supervisor, "endorse", request),
    }
    answer = client.post(f"{stage_page(approved)}sahkan/", data)
    assert answer.status_code == 403
    assert OTHER_ROLE in text_of(answer)


def test_head_cannot_endorse_before_the_supervisor(client, people, proposed):
    request = requests(proposed).get()
    client.force_login(people.head)
    data = {
        "request": request.pk,
        "version": proposed.version,
        "choice": "sahkan",
        "form_key": doors.form_key(people.head, "endorse", request),
    }
    assert client.post(f"{stage_page(proposed)}sahkan/", data).status_code == 409
    assert requests(proposed).get().state == State.SUBMITTED
