"""Obstacles, days of the law, and plans and evaluations of the work itself."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts.inbox import Notice
from cases.enums import Stage
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import courts, gates, notes, obstacles, processes, recording
from services.models import Activity, CourtDate, Obstacle, ProcessRecord
from services.note_enums import CourtState, NoteKind
from services.situation import Situation
from tests import factories
from tests.services.browsing import Browser
from tests.services.walked import NOW

TODAY = NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def case(walked):
    return walked.at(Stage.INTERVENTION)


@pytest.fixture
def browse(client):
    return Browser(client)


@pytest.fixture
def obstacle(people, case):
    return obstacles.name(
        case=case, bimbingan="vocational", on=TODAY, text="Alat rusak.", effort="Pinjam alat.", by=people.worker
    )


def hearing(case, by, on=TODAY):
    return courts.plan(case=case, values={"kind": "hearing", "on": on, "agenda": "Pemeriksaan saksi"}, by=by)


def written_by(kind):
    return [
        (row.code, row.account, [line.bimbingan for line in row.lines.all()])
        for row in Activity.objects.filter(record_kind=kind).order_by("pk")
    ]


def test_an_obstacle_is_named_worked_on_and_overcome(people, case, obstacle):
    assert written_by("obstacle") == [("D.q", "Alat rusak.", ["vocational"])]
    obstacles.carry_on(obstacle=obstacle, is_overcome=False, on=TODAY, text="Minta anggaran.", by=people.worker)
    obstacle.refresh_from_db()
    assert (obstacle.is_open, [row.text for row in obstacle.efforts.all()]) == (True, ["Minta anggaran."])
    obstacles.carry_on(obstacle=obstacle, is_overcome=True, on=TODAY, text="Alat baru.", by=people.worker)
    obstacle.refresh_from_db()
    assert (obstacle.is_open, obstacle.overcome_on, obstacle.outcome) == (False, TODAY, "Alat baru.")
    assert written_by("obstacleeffort") == [
        ("D.q", "Minta anggaran.", ["vocational"]),
        ("D.q", "Alat baru.", ["vocational"]),
    ]
    with pytest.raises(Refused):
        obstacles.carry_on(obstacle=obstacle, is_overcome=True, on=TODAY, text="Lagi.", by=people.worker)


def test_the_database_refuses_half_an_end_of_an_obstacle(obstacle):
    for half in ({"overcome_on": TODAY}, {"outcome": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Obstacle.objects.filter(pk=obstacle.pk).update(**half)


def test_a_hearing_held_is_advocacy_and_one_postponed_brings_the_next(people, case):
    court = hearing(case, people.worker)
    courts.settle(court=court, state="postponed", result="Saksi sakit.", next_on=TODAY + 7 * DAY, by=people.worker)
    following = CourtDate.objects.get(state=CourtState.PLANNED)
    assert (following.on, following.agenda, following.earlier) == (TODAY + 7 * DAY, "Pemeriksaan saksi", court)
    assert written_by("courtdate") == []
    with pytest.raises(Refused):
        courts.settle(court=following, state="held", result="Selesai.", by=people.worker)
    with clock.at(NOW + 7 * DAY):
        courts.settle(court=following, state="held", result="Putusan.", by=people.worker)
    assert written_by("courtdate") == [("D.o", "Sidang: Pemeriksaan saksi", ["advocacy"])]


def test_what_is_wrong_with_a_day_of_the_law_is_said(people, case):
    for wrong in (-60 * DAY, 1200 * DAY):
        with pytest.raises(Refused):
            hearing(case, people.worker, TODAY + wrong)
    court = hearing(case, people.worker)
    for state, result, next_on in (
        ("planned", "x", None),
        ("held", " ", None),
        ("cancelled", "x", TODAY + DAY),
        ("postponed", "x", TODAY),
    ):
        with pytest.raises(Refused):
            courts.settle(court=court, state=state, result=result, next_on=next_on, by=people.worker)


def test_a_hearing_stands_in_the_agenda_and_on_the_home_of_its_worker(browse, people, case):
    hearing(case, people.worker, TODAY + 3 * DAY)
    for page in ("/agenda-sidang/", "/"):
        assert "Pemeriksaan saksi" in browse(people.worker, page).content.decode()
    elsewhere = factories.team(factories.institution("LANSIA"))
    assert "Pemeriksaan saksi" not in browse(elsewhere.head, "/agenda-sidang/").content.decode()


WORDS = {"on": TODAY, "title": "Rancangan asesmen", "aim": "Empat aspek.", "content": "Langkah."}


def test_workers_are_told_a_week_and_a_day_before_a_day_of_the_law_and_once_it_went_by(people, case):
    hearing(case, people.worker, TODAY + 8 * DAY)
    told = []
    for day in range(11):
        with clock.at(NOW + day * DAY):
            told.append((courts.remind(), courts.remind()))
    assert told == [(0, 0), (1, 0), *[(0, 0)] * 5, (1, 0), (0, 0), (1, 0), (0, 0)]
    news = (
        Notice.objects.filter(user=people.worker, text__startswith="Sidang").order_by("pk").values_list("text", "about")
    )
    assert list(news) == [
        ("Sidang dalam sepekan: 18 Maret 2026.", case.number),
        ("Sidang besok, 18 Maret 2026.", case.number),
        ("Sidang 18 Maret 2026 sudah lewat; catat hasilnya.", case.number),
    ]
    assert not Notice.objects.filter(user=people.other_worker, text__startswith="Sidang").exists()


@pytest.mark.parametrize("code", processes.CODES)
def test_a_process_record_is_for_one_many_or_no_case(people, case, walked, code):
    for cases in ([], [case], [case, walked.at(Stage.ASSESSMENT)]):
        record = processes.save(code=code, values=WORDS, cases=cases, by=people.worker)
        row = Activity.objects.get(record_kind="processrecord", record_id=record.pk)
        assert (row.code, set(row.cases.all()), row.account) == (code, set(cases), "Rancangan asesmen")


def test_one_evaluation_serves_each_of_its_cases_and_a_bare_activity_none(people, case):
    def lacks_it():
        return any(row.code == "D.dd" for row in gates.missing_of(Situation(case), "D.dd"))

    assert lacks_it()
    recording.log_activity(code="D.dd", by=people.worker, on=TODAY, cases=[case])
    assert lacks_it()
    processes.save(code="D.dd", values=WORDS, cases=[case], by=people.worker)
    assert not lacks_it()


def test_each_piece_of_individual_work_counts_once_in_the_month_under_its_code(people, case, obstacle):
    hearing_on = hearing(case, people.worker)
    courts.settle(court=hearing_on, state="held", result="Selesai.", by=people.worker)
    processes.save(code="D.a", values=WORDS, cases=[case], by=people.worker)
    words = {"account": "Isi.", "topic": "JKN", "variant": "insurance"}
    notes.write(case=case, kind=NoteKind.ADVOCACY, bimbingan="advocacy", on=TODAY, values=words, by=people.worker)
    rows = Activity.objects.filter(on=TODAY, links__case=case, code__in=("D.a", "D.o", "D.q"))
    assert sorted(rows.values_list("code", "by__username")) == [
        (code, people.worker.username) for code in ("D.a", "D.o", "D.o", "D.q")
    ]


def test_only_its_author_changes_a_process_record_and_never_an_old_version(people, case):
    record = processes.save(code="B.b", values=WORDS, cases=[case], by=people.worker)
    changed = {**WORDS, "title": "Rancangan baru"}
    with pytest.raises(PermissionDenied):
        processes.save(code="B.b", values=changed, record=record, version=1, by=people.supervisor)
    processes.save(code="B.i", values=changed, record=record, version=1, by=people.worker)
    with pytest.raises(Stale):
        processes.save(code="B.b", values=changed, record=record, version=1, by=people.worker)
    rows = Activity.objects.filter(record_kind="processrecord").values_list("code", "account", "links")
    assert list(rows) == [("B.i", "Rancangan baru", None)]
    assert ProcessRecord.objects.get().version == 2


def test_pages_write_what_is_typed(browse, people, case):
    here = f"/kasus/{case.number}/hambatan/"
    key = browse(people.worker, here).context["form"]["form_key"].value()
    typed = {"form_key": key, "bimbingan": "social", "on": TODAY, "text": "Jarang hadir.", "effort": "Diingatkan."}
    assert browse(people.worker, here, **typed).status_code == 302
    obstacle = Obstacle.objects.get()
    here = f"/hambatan/{obstacle.pk}/"
    key = browse(people.worker, here).context["form"]["form_key"].value()
    assert browse(people.worker, here, form_key=key, on=TODAY, text="").status_code == 422
    assert browse(people.worker, here, form_key=key, on=TODAY, state="overcome", text="Hadir terus.").status_code == 302
    key = browse(people.worker, "/catatan-proses/baru/").context["form"]["form_key"].value()
    typed = {**WORDS, "code": "D.a", "cases": case.number, "means": "", "follow_up": "", "form_key": key}
    assert browse(people.worker, "/catatan-proses/baru/", **typed).status_code == 302
    record = ProcessRecord.objects.get()
    assert record.title in browse(people.worker, "/catatan-proses/").content.decode()
    assert record.title in browse(people.head, f"/catatan-proses/{record.pk}/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("/hambatan/", 3), ("/agenda-sidang/", 3), ("/catatan-proses/", 2)])
def test_lists_ask_the_same_for_one_and_three(client, people, case, rows, page, queries, django_assert_num_queries):
    for _number in range(rows):
        obstacles.name(case=case, bimbingan="social", on=TODAY, text="A.", effort="B.", by=people.worker)
        hearing(case, people.worker)
        processes.save(code="B.b", values=WORDS, cases=[case], by=people.worker)
    client.force_login(people.worker)
    client.get(page)
    with django_assert_num_queries(4 + queries):
        client.get(page)
