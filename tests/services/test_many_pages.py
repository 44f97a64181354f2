"""Many sign-offs on one page: who opens it, what is picked, what is refused."""

import re

import pytest

from accounts.enums import Role
from accounts.models import Membership
from audit.models import Access, Entry
from cases import registry
from cases.enums import Stage
from services.demo import walk
from services.models import Supervision
from tests import factories
from tests.services.many_pages import DECIDE, MANY, fields, page, picked

pytestmark = pytest.mark.django_db

ASSESSMENT = f"{MANY}?tahap=asesmen"


@pytest.fixture
def people():
    return factories.team(factories.institution("BARU"))


@pytest.fixture
def three(people):
    return [
        factories.case(people, Stage.ASSESSMENT, factories.client(people, name=name))
        for name in ("Adi", "Bayu", "Cipto")
    ]


def given(cases):
    return set(Supervision.objects.filter(case__in=cases, code="B.e").values_list("case", "note"))


# --- Who opens them -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", [MANY, DECIDE])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.SUPERVISOR, 200),
        (Role.SECTION_HEAD, 200),
        (Role.HEAD, 200),
        (Role.SOCIAL_WORKER, 403),
        (Role.ADMIN_OFFICE, 403),
        (Role.NURSE, 403),
        (Role.PROVINCE, 403),
        (Role.ADMINISTRATOR, 403),
    ],
)
def test_pages_are_for_who_supervises_or_heads(client, path, role, status):
    user = factories.user("pembaca", role)
    assert page(client, user, path).status_code == status
    assert client.post(path).status_code == (422 if status == 200 else 403)


def test_signed_out_visitors_go_to_the_door(client):
    for path in (MANY, DECIDE):
        assert client.get(path).headers["Location"].startswith("/masuk/")


def test_unknown_stage_is_not_found(client, people):
    assert page(client, people.supervisor, f"{MANY}?tahap=selesai").status_code == 404


# --- Sign-offs ------------------------------------------------------------------------------------------------------
def test_stage_shows_what_is_owed_and_signs_it_with_one_note(client, people, three):
    shown = page(client, people.supervisor, ASSESSMENT)
    assert [(row.case.number, row.codes) for row, _drawn in shown.context["rows"]] == [
        (case.number, ["B.e"]) for case in three
    ]
    post = fields(shown.context["form"]) | picked(*three[:2], note="Dibahas bersama.")
    post |= {f"note-{three[1].pk}": "Perlu kunjungan."}
    answer = client.post(ASSESSMENT, post)
    assert (answer.status_code, answer.headers["Location"]) == (302, ASSESSMENT)
    assert given(three) == {(three[0].pk, "Dibahas bersama."), (three[1].pk, "Perlu kunjungan.")}
    shown = client.get(ASSESSMENT)
    assert "Supervisi diberikan pada 2 kasus (2 butir)." in shown.content.decode()
    assert [row.case for row, _drawn in shown.context["rows"]] == [three[2]]


def test_all_are_chosen_by_a_link_without_any_script(client, people, three):
    chosen = page(client, people.supervisor, f"{ASSESSMENT}&pilih=semua").context["form"]
    assert {f"pick-{case.pk}" for case in three} <= set(fields(chosen))
    assert not [name for name in fields(client.get(ASSESSMENT).context["form"]) if name.startswith("pick-")]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"note": ""}, "Isi catatan supervisi."),
        ({"note": "Baik.", "on": ""}, "on"),
        ({"note": "Baik.", "codes": ["Z.z"]}, "codes"),
        ({"note": "Baik.", "on": "2100-01-01"}, "Tanggal supervisi tidak boleh di masa depan."),
    ],
)
def test_wrong_forms_come_back_with_what_was_typed(client, people, three, typed, wrong):
    post = fields(page(client, people.supervisor, ASSESSMENT).context["form"])
    post |= picked(*three, directions="Arahan yang panjang.") | {f"note-{three[0].pk}": "Catatan Adi."} | typed
    answer = client.post(ASSESSMENT, post)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert wrong in text or wrong in answer.context["form"].errors
    assert "Arahan yang panjang." in text and "Catatan Adi." in text
    assert fields(answer.context["form"]).keys() >= {f"pick-{case.pk}" for case in three}
    assert given(three) == set()


def test_no_case_chosen_is_said(client, people, three):
    post = fields(page(client, people.supervisor, ASSESSMENT).context["form"]) | {"note": "Baik."}
    answer = client.post(ASSESSMENT, post)
    assert (answer.status_code, "Pilih paling sedikit satu kasus." in answer.content.decode()) == (422, True)


@pytest.fixture
def own(people, three):
    """The second case was the supervisor's own; they see it, without a box."""
    upt = people.head.institution
    Membership.objects.create(user=people.supervisor, institution=upt, role=Role.SOCIAL_WORKER)
    registry.assign(case=three[1], worker=people.supervisor, by=people.head)
    registry.assign(case=three[1], worker=people.worker, by=people.head, only=True)
    return people.supervisor


def test_own_case_is_named_and_not_offered(client, people, three, own):
    shown = page(client, own, ASSESSMENT)
    assert [row.case for row in shown.context["barred"]] == [three[1]]
    assert "Anda pekerja sosial kasus ini" in shown.content.decode()


def test_all_or_nothing_unless_chosen_otherwise(client, people, three, own):
    post = fields(page(client, own, ASSESSMENT).context["form"])
    post |= picked(*three, note="Baik.") | {f"version-{three[1].pk}": three[1].version}
    answer = client.post(ASSESSMENT, post)
    text = answer.content.decode()
    assert (answer.status_code, given(three)) == (422, set())
    assert re.search(rf"Bayu \({three[1].number}\): Anda pekerja sosial kasus ini", text)
    answer = client.post(ASSESSMENT, post | {"partly": "on"}, follow=True)
    assert {case for case, _note in given(three)} == {three[0].pk, three[2].pk}
    assert "Belum: Bayu" in answer.content.decode()


def test_case_that_moved_meanwhile_is_named(client, people, three):
    post = fields(page(client, people.supervisor, ASSESSMENT).context["form"]) | picked(*three, note="Baik.")
    walk.assessment(people, three[0])
    walk.end_stage(people, three[0])
    answer = client.post(ASSESSMENT, post)
    assert answer.status_code == 422
    assert f"Adi ({three[0].number}): Kasus ini sudah berpindah" in answer.content.decode()
    assert len(given(three)) == 1  # of the end of the stage


def test_double_click_signs_once(client, people, three):
    post = fields(page(client, people.supervisor, ASSESSMENT).context["form"]) | picked(*three, note="Baik.")
    before = Entry.objects.count()
    assert [client.post(ASSESSMENT, post).status_code for _time in range(3)] == [302, 302, 302]
    assert (Supervision.objects.filter(case__in=three, code="B.e").count(), Entry.objects.count() - before) == (3, 1)


def test_key_of_another_stage_or_person_is_refused(client, people, three):
    post = fields(page(client, people.supervisor, ASSESSMENT).context["form"]) | picked(*three, note="Baik.")
    assert client.post(f"{MANY}?tahap=rencana", post).status_code == 422
    client.force_login(people.other_supervisor)
    assert client.post(ASSESSMENT, post).status_code == 422
    assert given(three) == set()


def test_head_finds_only_what_no_supervisor_could_sign(client, people, three):
    shown = page(client, people.head, ASSESSMENT)
    assert (shown.context["rows"], len(shown.context["barred"])) == ([], 3)
    Membership.objects.filter(role=Role.SUPERVISOR).delete()
    assert len(page(client, people.head, ASSESSMENT).context["rows"]) == 3


def test_other_upt_stays_out(client, people, three):
    other = factories.team(factories.institution("LAIN"))
    shown = page(client, other.supervisor, ASSESSMENT)
    assert shown.context["rows"] == []
    post = fields(shown.context["form"]) | picked(*three, note="Baik.")
    post |= {f"version-{case.pk}": case.version for case in three}
    assert client.post(ASSESSMENT, post).status_code == 422
    assert given(three) == set()


def test_intervention_offers_the_codes_of_the_plans(client, people):
    case = factories.case(people, Stage.INTERVENTION, factories.client(people, name="Dewi"))
    shown = page(client, people.supervisor, MANY)
    codes = [value for value, _label in shown.context["form"].fields["codes"].widget.choices]
    assert codes and all(code.startswith("D.") for code in codes)
    post = fields(shown.context["form"]) | picked(case, note="Baik.", codes=codes[:1])
    assert client.post(MANY, post).status_code == 302
    signed = Supervision.objects.filter(case=case, stage=Stage.INTERVENTION)
    assert list(signed.values_list("code", flat=True)) == codes[:1]


def test_reading_and_its_cases_leave_a_trace(client, people, three):
    page(client, people.supervisor, ASSESSMENT)
    rows = Access.objects.filter(page="supervise_many").values_list("subject_id", flat=True)
    assert sorted(rows) == sorted(case.pk for case in three)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("who", "stage", "slug", "queries"),
    [
        ("supervisor", Stage.ASSESSMENT, "asesmen", 5),
        ("supervisor", Stage.INTAKE, "pendekatan-awal", 5),
        ("head", Stage.INTAKE, "pendekatan-awal", 7),
        ("head", Stage.INTERVENTION, "pelaksanaan", 7),
    ],
)
def test_list_costs_the_same_for_one_and_three(
    client, people, rows, who, stage, slug, queries, django_assert_num_queries
):
    for number in range(rows):
        factories.case(people, stage, factories.client(people, name=f"Nama {number}"))
    path = f"{MANY}?tahap={slug}"
    page(client, getattr(people, who), path)
    # session, user, membership, access rows; cases, workers, requests, records, supervisions; for the head also who
    # could supervise and who stands in; after a selection also the activities that ask for a sign-off
    with django_assert_num_queries(4 + queries):
        client.get(path)
