"""Opening a case: for whom, by whom, and what it starts as."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from cases.enums import Stage, Status, WayIn
from services.demo import walk
from tests import factories
from tests.services.process.acts import TODAY, last_move, opened
from tests.services.process.refusals import forbidden, not_found, refused


def test_opened_case_is_a_candidate_in_intake_with_its_opener_as_worker(people):
    case = opened(people, factories.client(people), sender="Dinas Sosial Kab. Blitar", sender_letter="12/IX")
    assert (case.stage, case.round, case.status, case.version, case.episode, case.outcome) == (
        Stage.INTAKE,
        1,
        Status.CANDIDATE,
        1,
        1,
        "",
    )
    assert (case.opened_on, case.stage_since_on, case.first_contact_on) == (TODAY, TODAY, TODAY)
    assert list(case.assignments.values_list("worker", "since_on", "until_on")) == [(people.worker.pk, TODAY, None)]
    assert last_move(case) == ("open", "", "intake", 1, 1)


def test_case_opened_by_a_supervisor_has_no_worker_yet(people):
    assert list(opened(people, factories.client(people), by=people.supervisor).assignments.all()) == []


def test_case_is_not_opened_for_a_client_out_of_sight(people):
    stranger = factories.client(factories.team(factories.institution("LAIN")))
    with not_found("Klien tidak ditemukan."):
        opened(people, stranger)
    with not_found("Klien tidak ditemukan."):
        opened(people, stranger, by=people.head)
    not_theirs = factories.client(people)
    with not_found("Klien tidak ditemukan."):
        opened(people, not_theirs, by=people.other_worker)


def test_case_is_not_opened_by_the_front_office(people):
    clerk, client = factories.user("tatausaha", Role.ADMIN_OFFICE), factories.client(people)
    with forbidden("Hanya pekerja sosial, supervisor, atau Kepala UPT yang membuka kasus."):
        opened(people, client, by=clerk)


def test_client_has_one_open_case_and_no_contact_in_the_future(walked, people):
    client = walked.at(Stage.INTAKE).client
    with refused("Klien ini masih mempunyai kasus yang terbuka.", "Kontak pertama tidak boleh di masa depan."):
        opened(people, client, first_contact_on=TODAY + timedelta(days=1))


def test_opening_judges_lengths_and_choices_on_both_databases(people):
    client = factories.client(people)
    with refused(
        "Jalur masuk: Nilai 'tersesat' bukan pilihan yang valid.",
        "Lembaga atau orang pengirim: Pastikan nilai ini mengandung paling banyak 160 karakter"
        " (sekarang 161 karakter).",
    ):
        opened(people, client, way_in="tersesat", sender="x" * 161)


def test_former_client_returns_as_the_next_episode(walked, people):
    first = walk.to_end(people, walked.at(Stage.AFTERCARE))
    second = opened(people, first.client)
    assert (second.client_id, second.episode, second.stage) == (first.client_id, 2, Stage.INTAKE)


ORDER = {
    "order_number": "12/Pid.Sus-Anak/2026/PN Sby",
    "order_by": "Pengadilan Negeri Surabaya",
    "order_on": TODAY - timedelta(days=1),
    "order_until_on": TODAY + timedelta(days=90),
}


@pytest.mark.parametrize("way_in", WayIn.by_order())
def test_placement_by_order_keeps_on_what_and_until_when(people, way_in):
    case = opened(people, factories.client(people), way_in=way_in, **ORDER)
    assert {name: getattr(case, name) for name in ORDER} == ORDER


@pytest.mark.parametrize("missing", ORDER)
def test_placement_by_order_needs_the_whole_order(people, missing):
    client, blank = factories.client(people), " " if isinstance(ORDER[missing], str) else None
    with refused("Isi nomor, asal, tanggal, dan akhir berlakunya penetapan atau surat titipan."):
        opened(people, client, way_in=WayIn.COURT_ORDER, **{**ORDER, missing: blank})


def test_order_is_not_of_a_coming_day_and_ends_after_it_begins(people):
    client = factories.client(people)
    ahead = {**ORDER, "order_on": TODAY + timedelta(days=2), "order_until_on": TODAY}
    with refused("Tanggal penetapan tidak boleh di masa depan.", "Penetapan berakhir sebelum tanggalnya sendiri."):
        opened(people, client, way_in=WayIn.LAW_DEPOSIT, **ahead)


def test_who_comes_of_their_own_wish_is_under_no_order(people):
    case = opened(people, factories.client(people), **ORDER)
    assert (case.order_number, case.order_by, case.order_on, case.order_until_on) == ("", "", None, None)
