"""Every act on a case through its form: what it does once, and how it is refused."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import Membership
from audit.models import Access
from cases.enums import Stage
from cases.models import Assignment, Case
from rehsos import doors
from services import models, transitions
from services.demo import walk
from services.enums import Act, State
from services.models import Decision, Request, Supervision, Transition
from tests import factories

pytestmark = pytest.mark.django_db


OTHER_ROLE = "Halaman ini untuk peran lain."


def stage_page(case, stage=None):
    return f"/kasus/{case.number}/tahap/{(stage or Stage(case.stage)).slug}/"


def form_of(client, user, case, act, stage=None):
    """The form of an act as the page of the stage draws it for somebody."""
    client.force_login(user)
    boxes = client.get(stage_page(case, stage)).context["boxes"]
    return next(box for box in boxes if box.form is not None and box.form.act == act)


def data_of(box, **typed):
    hidden = {field.html_name: field.value() for field in box.form.hidden_fields()}
    return {name: value for name, value in {**hidden, **typed}.items() if value is not None}


def act(client, user, case, name, **typed):
    box = form_of(client, user, case, name)
    return client.post(box.url, data_of(box, **typed))


def requests(case):
    """What was asked for in the dwelling that this case was read in."""
    return Request.objects.filter(case=case, case_version=case.version)


def page_of(answer):
    return answer.content.decode()


@pytest.fixture
def assessed(people, walked):
    """A case whose assessment is ready to be submitted."""
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    return case


@pytest.fixture
def submitted(people, assessed):
    transitions.submit(case=assessed, by=people.worker, version=assessed.version)
    return assessed


@pytest.fixture
def candidate(people, walked):
    """A case whose selection can be proposed."""
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    return case


@pytest.fixture
def proposed(people, candidate):
    """A selection that waits for its supervisor."""
    transitions.decide(case=candidate, way="accepted", reason="Layak.", by=people.worker, version=candidate.version)
    return candidate


@pytest.fixture
def approved(people, proposed):
    """A selection that waits for the head."""
    request = requests(proposed).get()
    transitions.approve(request=request, by=people.supervisor, version=proposed.version, note="Memadai.")
    return proposed


# --- submit ---------------------------------------------------------------------------------------------------------
def test_worker_submits_the_end_of_a_stage(client, people, assessed):
    answer = act(client, people.worker, assessed, "submit", reason="Mohon diperiksa.")
    assert (answer.status_code, answer["Location"]) == (302, stage_page(assessed))
    request = requests(assessed).get()
    assert (request.kind, request.state, request.reason) == ("stage", State.SUBMITTED, "Mohon diperiksa.")
    assert "Akhir tahap Asesmen diajukan." in page_of(client.get(answer["Location"]))


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
    assert "Laporan hasil asesmen (B.h) belum diisi" in page_of(answer)
    assert "Ketikan saya" in page_of(answer)
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
    assert "Masih ada pengajuan yang menunggu pada kasus ini." in page_of(answer)
    assert "Ketikan saya" in page_of(answer)


def test_form_of_a_stage_gone_by_is_refused_as_late(client, people, assessed):
    box = form_of(client, people.worker, assessed, "submit")
    walk.end_stage(people, assessed)
    data = data_of(box) | {"version": assessed.version}
    answer = client.post(box.url, data)
    assert answer.status_code == 409
    assert "Kasus ini sudah berpindah sejak halaman Anda dibuka." in page_of(answer)


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
    assert "Hanya pekerja sosial kasus ini yang dapat mengisi dan mengajukan." in page_of(answer)


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
    assert words in page_of(answer)
    assert case.requests.filter(stage=Stage.AFTERCARE).count() == 0


def test_ending_on_a_coming_day_is_refused_and_stays_typed(client, people, walked):
    case = walked.at(Stage.AFTERCARE)
    tomorrow = case.institution.today() + timedelta(days=1)
    answer = act(client, people.worker, case, "submit", way="deceased", event_on=tomorrow, reason="Kabar dari desa.")
    assert answer.status_code == 422
    assert "Isi tanggal peristiwa, paling lambat hari ini." in page_of(answer)
    assert "Kabar dari desa." in page_of(answer)
    assert tomorrow.isoformat() in page_of(answer)


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
    assert words in page_of(answer)
    assert typed.get("reason", "").strip() in page_of(answer)
    assert not requests(candidate).exists()


def test_extension_needs_a_coming_day(client, people, walked):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    today = case.institution.today()
    answer = act(client, people.worker, case, "decide", way="extend", reason="Belum siap.", until_on=today)
    assert answer.status_code == 422
    assert "Isi tanggal akhir perpanjangan, sesudah hari ini." in page_of(answer)
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
    assert "Pengajuan ini sudah diputus" in page_of(answer)
    assert people.supervisor.full_name in page_of(answer)
    assert "Ketikan saya" in page_of(answer)


def test_supervisor_cannot_take_a_request_back(client, people, submitted):
    request = requests(submitted).get()
    form_of(client, people.supervisor, submitted, "verdict")
    key = doors.form_key(people.supervisor, "withdraw", request)
    answer = client.post(f"{stage_page(submitted)}tarik/", {"request": request.pk, "form_key": key})
    assert answer.status_code == 403


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
    assert words in page_of(answer)
    assert typed.get("note", "") in page_of(answer)
    assert requests(submitted).get().state == State.SUBMITTED


def test_supervisor_returns_with_a_reason(client, people, submitted):
    answer = act(client, people.supervisor, submitted, "verdict", choice="kembalikan", note="Tambahkan puskesmas.")
    assert answer.status_code == 302
    assert requests(submitted).get().state == State.RETURNED
    assert "Tambahkan puskesmas." in page_of(client.get(stage_page(submitted)))


def test_second_supervisor_is_told_who_was_faster_and_keeps_the_remark(client, people, submitted):
    box = form_of(client, people.other_supervisor, submitted, "verdict")
    transitions.approve(
        request=requests(submitted).get(), by=people.supervisor, version=submitted.version, note="Sesuai."
    )
    answer = client.post(box.url, data_of(box, choice="setujui", note="Catatan saya sendiri"))
    assert answer.status_code == 409
    assert people.supervisor.full_name in page_of(answer)
    assert "Catatan saya sendiri" in page_of(answer)


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
        assert words in page_of(answer)
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
    assert "Anda yang mengajukan; keputusan harus dari orang lain." in page_of(answer)


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
    assert "Isi alasan pengembalian" in page_of(answer)
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
    assert OTHER_ROLE in page_of(answer)


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
    assert "Asesmen mendalam." in page_of(client.get(stage_page(assessed)))


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
    assert words in page_of(answer)
    assert not Supervision.objects.filter(case=assessed, code="B.e").exists()


def test_supervision_of_a_coming_day_is_refused(client, people, assessed):
    tomorrow = assessed.institution.today() + timedelta(days=1)
    answer = act(
        client, people.supervisor, assessed, "supervise", code="B.e", on=tomorrow, verdict="approved", note="Ketikan"
    )
    assert answer.status_code == 422
    assert "Tanggal supervisi tidak boleh di masa depan." in page_of(answer)
    assert "Ketikan" in page_of(answer)


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
    assert OTHER_ROLE in page_of(answer)


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
    assert words in page_of(answer)
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
