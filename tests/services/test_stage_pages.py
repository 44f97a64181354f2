"""The page of a stage: who may open it, what it shows at each stage, what it offers to whom."""

import pytest

from accounts.enums import Role
from audit.models import Access
from cases.enums import Stage
from services import models, transitions
from services.catalogue import for_stage
from services.demo import walk
from tests import factories

pytestmark = pytest.mark.django_db


def page(client, user, case, stage=None, **query):
    client.force_login(user)
    return client.get(f"/kasus/{case.number}/tahap/{(stage or Stage(case.stage)).slug}/", query)


@pytest.mark.parametrize("stage", Stage)
def test_page_of_each_stage_shows_every_activity_to_worker_supervisor_and_head(client, stage):
    people = factories.team()
    case = factories.case(people, stage)

    for user in (people.worker, people.supervisor, people.head):
        answer = page(client, user, case)
        assert answer.status_code == 200
        assert [tick.code for tick in answer.context["ticks"]] == [item.code for item in for_stage(stage)]


@pytest.mark.parametrize("stage", Stage)
def test_other_worker_finds_no_page_and_others_are_refused(client, stage):
    people = factories.team()
    case = factories.case(people, stage)
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    elsewhere = factories.team(factories.institution("LANSIA"))

    assert page(client, people.other_worker, case).status_code == 404
    assert page(client, elsewhere.supervisor, case).status_code == 404
    assert page(client, office, case).status_code == 403


def test_page_asks_for_sign_in(client):
    case = factories.case(factories.team())
    answer = client.get(f"/kasus/{case.number}/tahap/asesmen/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/masuk/?next=")


def test_unknown_stage_is_not_found(client):
    people = factories.team()
    case = factories.case(people)
    client.force_login(people.worker)
    assert client.get(f"/kasus/{case.number}/tahap/selesai/").status_code == 404


def test_reading_leaves_a_trace_for_case_and_client(client):
    people = factories.team()
    case = factories.case(people)
    page(client, people.worker, case)
    rows = Access.objects.filter(page="stage").values_list("kind", "subject_id", "actor_id")
    assert set(rows) == {("case", case.pk, people.worker.pk), ("client", case.client_id, people.worker.pk)}


def test_all_six_stages_can_be_read_from_any_stage(client):
    people = factories.team()
    case = factories.case(people, Stage.CLOSING)
    answers = [page(client, people.worker, case, stage) for stage in Stage]
    assert [answer.status_code for answer in answers] == [200] * 6
    assert "Tahap ini sudah selesai dan terkunci." in answers[0].content.decode()
    assert "Kasus belum sampai di tahap ini." in answers[5].content.decode()


def test_closed_case_is_read_only_for_everybody_and_its_worker_may_have_it_undone(client):
    people = factories.team()
    case = walk.to_end(people, factories.case(people, Stage.AFTERCARE))
    closed, undo = ("Kasus sudah ditutup", ""), ("Pembatalan", "Ajukan pembatalan")
    for user, shown in ((people.worker, [closed, undo]), (people.supervisor, [closed]), (people.head, [closed])):
        answer = page(client, user, case)
        assert boxes(answer) == shown
        assert not any(panel.may_write or panel.new_url for panel in answer.context["panels"])


def boxes(answer):
    return [(box.title, box.button) for box in answer.context["boxes"]]


def test_worker_sees_what_is_missing_with_a_button_for_each(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    answer = page(client, people.worker, case)
    (box,) = answer.context["boxes"]
    prefix = f"/kasus/{case.number}/tahap/asesmen/isi/"
    assert [(item["code"], item["url"]) for item in box.items] == [
        ("B.d", f"{prefix}asesmen/"),
        ("B.f", f"{prefix}temu-bahas/"),
        ("B.h", f"{prefix}laporan-asesmen/"),
    ]


def test_worker_may_submit_once_nothing_is_missing(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    assert boxes(page(client, people.worker, case)) == [("Siap diajukan", "Ajukan akhir tahap")]


def test_decision_is_proposed_before_the_end_of_a_stage(client):
    people = factories.team()
    case = factories.case(people)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    answer = page(client, people.worker, case)
    assert boxes(answer) == [
        ("Usulkan keputusan seleksi", "Ajukan keputusan"),
        ("Penerimaan darurat", "Terima secara darurat"),
    ]
    assert "until_on" not in answer.context["boxes"][0].form.fields


def test_waiting_request_can_be_taken_back_by_its_worker_and_decided_by_the_supervisor(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    transitions.submit(case=case, by=people.worker, version=case.version)

    assert boxes(page(client, people.worker, case)) == [("Sedang diajukan", "Tarik pengajuan")]
    answer = page(client, people.supervisor, case)
    assert boxes(answer) == [("Keputusan Anda", "Simpan keputusan"), ("Beri supervisi", "Simpan supervisi")]
    assert answer.context["boxes"][0].codes == ["B.e"]
    assert f"Isi tahap terkunci sejak diajukan {people.worker.full_name}" in answer.content.decode()
    assert boxes(page(client, people.head, case)) == [("Menunggu supervisor", "")]
    assert "Masih ada supervisor yang dapat memutus" in page(client, people.head, case).content.decode()


def test_supervisor_who_wrote_what_is_judged_is_told_why_not(client):
    people = factories.team()
    factories.Membership.objects.create(
        user=people.supervisor, institution=people.supervisor.institution, role=Role.SOCIAL_WORKER
    )
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    transitions.submit(case=case, by=people.worker, version=case.version)
    models.Assessment.objects.filter(case=case).update(author_ids=[people.supervisor.pk])
    answer = page(client, people.supervisor, case)
    assert "Anda ikut menulis isi yang dinilai; keputusan harus dari orang lain." in answer.content.decode()


def test_returned_request_shows_its_reason_until_it_is_made_again(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    request = transitions.submit(case=case, by=people.worker, version=case.version)
    transitions.give_back(request=request, by=people.supervisor, version=case.version, reason="Tambahkan puskesmas.")

    answer = page(client, people.worker, case)
    assert boxes(answer) == [("Dikembalikan", ""), ("Siap diajukan", "Ajukan akhir tahap")]
    assert "“Tambahkan puskesmas.”" in answer.content.decode()
    transitions.submit(case=case, by=people.worker, version=case.version)
    assert boxes(page(client, people.worker, case)) == [("Sedang diajukan", "Tarik pengajuan")]


def test_head_endorses_what_the_supervisor_approved(client):
    people = factories.team()
    case = factories.case(people)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    request = transitions.decide(case=case, way="accepted", reason="Layak.", by=people.worker, version=case.version)
    transitions.approve(request=request, by=people.supervisor, version=case.version, note="Baik.")
    answer = page(client, people.head, case)
    assert boxes(answer) == [("Keputusan Anda", "Simpan keputusan")]
    assert "Seleksi – Diterima" in answer.content.decode()
    assert boxes(page(client, people.supervisor, case))[0] == ("Menunggu pengesahan", "")


def test_supervisor_may_send_back_where_the_table_says_so(client):
    people = factories.team()
    case = factories.case(people, Stage.PLANNING)
    assert ("Mundur tahap", "Mundurkan kasus") in boxes(page(client, people.supervisor, case))
    assert ("Mundur tahap", "Mundurkan kasus") not in boxes(page(client, people.worker, case))
    case = factories.case(people, Stage.ASSESSMENT)
    assert ("Mundur tahap", "Mundurkan kasus") not in boxes(page(client, people.supervisor, case))


def test_checklist_tells_what_is_done_missing_and_waiting(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    walk.fill(people, case, models.Assessment)
    today = factories.institution().today()

    ticks = {tick.code: tick for tick in page(client, people.worker, case).context["ticks"]}
    assert {code: (tick.state, tick.must, tick.action) for code, tick in ticks.items()} == {
        "B.b": ("todo", "", "Catat"),
        "B.c": ("todo", "", "Catat"),
        "B.d": ("done", "wajib", "Ubah"),
        "B.e": ("todo", "supervisi", ""),
        "B.f": ("miss", "wajib", "Isi"),
        "B.g": ("todo", "", "Catat"),
        "B.h": ("miss", "wajib", "Isi"),
        "B.i": ("todo", "", "Catat"),
    }
    assert str(today.year) in ticks["B.d"].meta
    assert people.worker.name in ticks["B.d"].meta


def test_what_an_earlier_round_said_can_be_read(client):
    people = factories.team()
    case = factories.case(people, Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "continue")
    answer = page(client, people.worker, case, Stage.PLANNING, putaran=1)
    (round_one,) = answer.context["rounds"]
    assert [panel.title for panel in round_one["panels"]] == [
        models.Goal.title,
        models.PlanningConference.title,
        models.PlanConsent.title,
    ]


@pytest.mark.parametrize("stage", Stage)
def test_page_of_a_full_stage_keeps_to_its_queries(client, stage, django_assert_max_num_queries):
    people = factories.team()
    case = factories.case(people, stage)
    walk.STEPS[stage](people, case)
    client.force_login(people.worker)
    for user in (people.worker, people.supervisor, people.head):
        client.force_login(user)
        with django_assert_max_num_queries(17 + OF_EVERY_PAGE):
            client.get(f"/kasus/{case.number}/tahap/{stage.slug}/")


OF_EVERY_PAGE = 4  # session, user, memberships, the trace of the reading
