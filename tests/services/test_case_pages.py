"""The pages of a case: its five tabs, the one next step, who works on it, who did and who saw what."""

import pytest
from django.db import transaction

from accounts.enums import Role
from audit import trail
from audit.models import Access
from cases import registry
from cases.enums import Stage
from cases.models import Assignment, Case
from services import models, transitions
from services.demo import walk
from tests import factories
from tests.services.tabs import tab

pytestmark = pytest.mark.django_db

TABS = ("", "tahap/", "catatan/", "rencana/", "jejak/")


@pytest.mark.parametrize("stage", Stage)
def test_every_tab_opens_at_each_stage_for_worker_supervisor_and_head(client, stage):
    people = factories.team()
    case = factories.case(people, stage)
    for user in (people.worker, people.supervisor, people.head):
        assert [tab(client, user, case, name).status_code for name in TABS] == [200] * 5


@pytest.mark.parametrize("name", TABS)
def test_tab_is_closed_to_strangers_and_asks_for_sign_in(client, name):
    people = factories.team()
    case = factories.case(people)
    office = factories.user("tata_usaha", Role.ADMIN_OFFICE)
    elsewhere = factories.team(factories.institution("LANSIA"))
    assert tab(client, people.other_worker, case, name).status_code == 404
    assert tab(client, elsewhere.head, case, name).status_code == 404
    assert tab(client, office, case, name).status_code == 403
    client.logout()
    assert client.get(f"/kasus/{case.number}/{name}").status_code == 302


def test_next_step_is_what_the_gates_say_with_a_button_for_the_worker(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    step = tab(client, people.worker, case).context["step"]
    assert step["title"] == "Langkah berikutnya"
    assert [(item["code"], item["action"]) for item in step["items"]] == [
        ("B.d", "Isi"),
        ("B.f", "Isi"),
        ("B.h", "Isi"),
    ]
    assert step["footer_codes"] == ["B.e"]
    assert all("url" not in item for item in tab(client, people.supervisor, case).context["step"]["items"])


def test_next_step_follows_the_request(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    assert tab(client, people.worker, case).context["step"]["title"] == "Siap diajukan"
    transitions.submit(case=case, by=people.worker, version=case.version)
    step = tab(client, people.supervisor, case).context["step"]
    assert step["title"] == "Menunggu keputusan supervisor"
    assert step["items"][0]["url"] == f"/kasus/{case.number}/tahap/asesmen/#putusan"


def test_closed_case_says_how_it_ended(client):
    people = factories.team()
    case = walk.to_end(people, factories.case(people, Stage.AFTERCARE))
    step = tab(client, people.worker, case).context["step"]
    assert (step["title"], step["tone"]) == ("Kasus ditutup", "ok")
    assert step["lead"].startswith("Selesai bimbingan lanjut, ")


def test_many_missing_things_are_cut_with_a_way_to_all_of_them(client):
    requirements = "\n".join(f"Surat {number}" for number in range(9))
    people = factories.team(factories.institution("ANKN", admin_requirements=requirements))
    case = factories.case(people)
    record = walk.paper(people, case, models.AdminChecklist)
    record.items.update(presence="absent")
    items = tab(client, people.worker, case).context["step"]["items"]
    assert len(items) == 7
    assert items[-1] == {
        "text": "dan 4 hal lain",
        "url": f"/kasus/{case.number}/tahap/pendekatan-awal/",
        "action": "Lihat semua",
    }


def test_protected_client_is_shown_by_initials_on_every_page(client):
    people = factories.team()
    person = factories.client(people, name="Dimas Prasetyo", is_protected=True)
    case = factories.case(people, Stage.ASSESSMENT, person)
    for name in (*TABS, "tahap/asesmen/", "tahap/asesmen/isi/asesmen/"):
        page = tab(client, people.worker, case, name).content.decode()
        assert "Dimas" not in page
        assert "D. P." in page


def test_plan_shows_goals_with_what_came_of_them(client):
    people = factories.team()
    case = factories.case(people, Stage.CLOSING)
    walk.evaluation(people, case)
    answer = tab(client, people.worker, case, "rencana/")
    page = answer.content.decode()
    assert [(planned.goal.bimbingan, planned.outcome.achievement) for planned in answer.context["goals"]] == [
        ("vocational", "achieved"),
        ("psychosocial", "achieved"),
    ]
    for words in ("Mampu servis ringan sepeda motor", "Tercapai", "Lembar kerja", "Klien setuju dan memahami."):
        assert words in page


def test_plan_that_is_not_there_says_what_to_do(client):
    people = factories.team()
    assert "Belum ada rencana" in tab(client, people.worker, factories.case(people), "rencana/").content.decode()
    planning = factories.case(people, Stage.PLANNING)
    assert "Belum ada tujuan" in tab(client, people.worker, planning, "rencana/").content.decode()


def test_radar_compares_assessment_with_the_latest_scores(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    assert tab(client, people.worker, case).context["radar"] is None
    walk.assessment(people, case)
    radar = tab(client, people.worker, case).context["radar"]
    assert radar["now_label"] == ""
    assert radar["chart"]["title"].endswith("Biologis 2 ke –, Psikologis 3 ke –, Sosial 2 ke –, Spiritual 3 ke –")
    walk.end_stage(people, case)
    walk.to_stage(people, case, Stage.CLOSING)
    walk.evaluation(people, case)
    radar = tab(client, people.worker, case).context["radar"]
    assert radar["chart"]["title"].endswith("Biologis 2 ke 4, Psikologis 3 ke 4, Sosial 2 ke 4, Spiritual 3 ke 4")


def test_notes_are_newest_first_with_moves_between_and_can_be_narrowed_to_a_code(client):
    people = factories.team()
    case = factories.case(people, Stage.INTERVENTION)
    walk.monitor(people, case)
    answer = tab(client, people.worker, case, "catatan/")
    entries = answer.context["entries"]
    assert (entries[0]["code"], entries[0]["text"]) == ("D.p", "Mengikuti jadwal harian tanpa kejadian khusus.")
    moves = [entry["title"] for entry in entries if not entry["code"]]
    assert moves == ["Masuk tahap Pelaksanaan", "Masuk tahap Rencana", "Masuk tahap Asesmen", "Kasus dibuka"]

    narrowed = tab(client, people.worker, case, "catatan/", kode="D.p").context
    assert [entry["code"] for entry in narrowed["entries"]] == ["D.p"]
    assert len(tab(client, people.worker, case, "catatan/", kode="X.x").context["entries"]) == len(entries)


def test_each_move_is_on_exactly_one_page_of_the_notes(client):
    people = factories.team()
    case = factories.case(people, Stage.INTERVENTION)
    for _day in range(35):
        walk.monitor(people, case)
    pages = [tab(client, people.worker, case, "catatan/", page=number).context["entries"] for number in (1, 2)]
    moves = [entry["title"] for entries in pages for entry in entries if not entry["code"]]
    assert sorted(moves) == sorted(
        ["Masuk tahap Pelaksanaan", "Masuk tahap Rencana", "Masuk tahap Asesmen", "Kasus dibuka"]
    )


def test_trail_tells_in_words_who_did_and_who_read(client):
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    walk.paper(people, case, models.Assessment)
    rows = tab(client, people.head, case, "jejak/").context["rows"]
    assert (rows[0]["who"], rows[0]["what"], rows[0]["about"]) == (
        people.worker.full_name,
        "Isi tahap disimpan",
        "Asesmen empat aspek",
    )
    assert {str(row["what"]) for row in rows} == {
        "Kasus dibuka",
        "Isi tahap disimpan",
        "Pengajuan dibuat",
        "Pengajuan disetujui",
        "Keputusan disahkan",
    }

    tab(client, people.supervisor, case)
    rows = tab(client, people.head, case, "jejak/", bagian="pembacaan").context["rows"]
    assert [(row["who"], row["page"]) for row in rows] == [
        (people.head.full_name, "Jejak"),
        (people.supervisor.full_name, "Ringkasan kasus"),
        (people.head.full_name, "Jejak"),
    ]


def test_erased_entry_still_stands_in_the_trail(client):
    people = factories.team()
    case = factories.case(people)
    newest = trail.entries_for("case", case.pk).first()
    with transaction.atomic():
        trail.erase(institution_id=case.institution_id, by=people.head, entries=[newest], reason="Permintaan klien")
    rows = tab(client, people.head, case, "jejak/").context["rows"]
    assert (rows[0]["who"], rows[0]["what"]) == ("(dihapus)", "Kasus dibuka")


def test_every_reading_leaves_a_trace_for_case_and_client(client):
    people = factories.team()
    case = factories.case(people)
    for name, page in zip(TABS, ("case", "case_stages", "case_notes", "case_plan", "case_trail"), strict=True):
        tab(client, people.worker, case, name)
        seen = Access.objects.filter(page=page).values_list("kind", "subject_id")
        assert set(seen) == {("case", case.pk), ("client", case.client_id)}


# --- queries --------------------------------------------------------------------------------------------------------
OF_EVERY_PAGE = 4  # session, user, memberships, the trace of the reading


@pytest.mark.parametrize("stage", Stage)
def test_case_page_keeps_to_its_queries(client, stage, django_assert_max_num_queries):
    people = factories.team()
    case = factories.case(people, stage)
    walk.STEPS[stage](people, case)
    tab(client, people.head, case)  # the first page of a session also writes when it began
    own = 17 if stage == Stage.AFTERCARE else 16  # a former client has days of their own
    with django_assert_max_num_queries(own + OF_EVERY_PAGE):
        client.get(f"/kasus/{case.number}/")


@pytest.mark.parametrize(
    ("name", "queries"),
    [("", 19), ("tahap/", 12), ("catatan/", 15), ("rencana/", 14), ("jejak/", 14), ("tahap/pelaksanaan/", 16)],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_ask_the_same_for_one_and_three_rows(client, name, queries, rows, django_assert_num_queries):
    people = factories.team()
    case = factories.case(people, Stage.INTERVENTION)
    for number in range(rows):
        walk.monitor(people, case)
        walk.fill(people, case, models.ProcessEvaluation)
        Assignment.objects.create(
            case=case,
            worker=factories.user(f"pekerja_lain_{number}", Role.SOCIAL_WORKER),
            since_on=case.institution.today(),
            assigned_by=people.head,
        )
    tab(client, people.supervisor, case)
    with django_assert_num_queries(queries):
        client.get(f"/kasus/{case.number}/{name}")


def test_assignment_page_asks_the_same_for_one_and_three_rows(client, django_assert_num_queries):
    people = factories.team()
    cases = [factories.case(people), factories.case(people)]
    registry.assign(case=cases[1], worker=people.other_worker, by=people.head)
    for case in cases:
        tab(client, people.supervisor, case, "petugas/")
        with django_assert_num_queries(7):
            client.get(f"/kasus/{case.number}/petugas/")


def test_case_number_of_another_upt_is_not_found(client):
    people = factories.team()
    elsewhere = factories.team(factories.institution("LANSIA"))
    case = factories.case(elsewhere)
    assert Case.objects.get(pk=case.pk).number.startswith("LANSIA")
    assert tab(client, people.head, case).status_code == 404
