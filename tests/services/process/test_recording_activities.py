"""Activities: all 140 of the catalogue can be recorded, for one, many or no case, and never wrongly."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from audit import trail
from cases.enums import Bimbingan, Stage
from services import models, recording, transitions
from services.catalogue import CATALOGUE, Kind, Scope
from services.demo import walk
from services.models import Activity, ActivityCase
from services.workflow import stage_of_sign_off
from tests import factories
from tests.services.process.acts import TODAY, fresh, submitted
from tests.services.process.refusals import forbidden, not_found, refused

SUPERVISE = [code for code, item in CATALOGUE.items() if item.kind == Kind.SUPERVISE and stage_of_sign_off(code)]
LOGGED = [code for code in CATALOGUE if code not in SUPERVISE]
ELSEWHERE = "Supervisi sebuah kasus diberikan dari halaman tahapnya."


def log(people, code, *cases, by=None, on=TODAY, **values):
    return recording.log_activity(code=code, by=by or people.worker, on=on, cases=cases, **values)


def left(walked, people):
    """Two cases whose clients have left, one of them still in closing."""
    case = walked.at(Stage.CLOSING)
    walk.closing(people, case)
    return [walked.at(Stage.AFTERCARE), case]


def test_there_are_140_activities():
    assert (len(LOGGED), len(SUPERVISE)) == (124, 16)


@pytest.mark.parametrize("code", LOGGED)
def test_activity_is_recorded_for_one_many_and_no_case(walked, people, code):
    item = CATALOGUE[code]
    by = people.supervisor if item.kind == Kind.SUPERVISE else people.worker
    lines = item.bimbingan[:1]
    groups = [[]]
    if item.scope == Scope.CASE:
        served = [walked.at(Stage.INTERVENTION), walked.at(Stage.CLOSING)]
        cases = left(walked, people) if code in recording.AFTER_LEAVING else served
        groups = [cases[:1], cases, []]
    for cases in groups:
        activity = log(people, code, *cases, by=by, bimbingan=lines, values={"account": "Dilaksanakan."})
        assert (activity.code, activity.on, activity.by, activity.institution) == (code, TODAY, by, by.institution)
        assert sorted(activity.cases.values_list("pk", flat=True)) == sorted(case.pk for case in cases)
        assert list(activity.lines.values_list("bimbingan", flat=True)) == list(lines)


@pytest.mark.parametrize("code", SUPERVISE)
def test_supervision_is_recorded_on_the_stage_that_asks_for_it(walked, people, code):
    case = walked.at(stage_of_sign_off(code))
    transitions.supervise(case=case, code=code, note="Dibahas", by=people.supervisor, on=TODAY, version=case.version)
    activity = Activity.objects.get(code=code, record_kind="supervision", cases=case)
    assert (activity.by, activity.on, activity.account) == (people.supervisor, TODAY, "Dibahas")
    assert list(activity.lines.values_list("bimbingan", flat=True)) == list(CATALOGUE[code].bimbingan)


# --- Codes that are logged wrongly ----------------------------------------------------------------------------------
@pytest.mark.parametrize("code", SUPERVISE)
def test_supervision_of_a_case_is_not_logged_beside_it(walked, people, code):
    with refused(ELSEWHERE):
        log(people, code, by=people.supervisor)
    with refused(ELSEWHERE):
        log(people, code, walked.at(Stage.ASSESSMENT), by=people.supervisor)


def test_supervision_of_outreach_is_logged_without_a_case_and_by_a_supervisor(walked, people):
    with refused("Kegiatan supervisi dicatat oleh supervisor."):
        log(people, "A.i")
    with refused(ELSEWHERE):
        log(people, "A.i", walked.at(Stage.ASSESSMENT), by=people.supervisor)
    section_head = factories.user("kasi", Role.SECTION_HEAD)
    assert [log(people, "A.i", by=by).by for by in (people.supervisor, people.head, section_head)] == [
        people.supervisor,
        people.head,
        section_head,
    ]


@pytest.mark.parametrize("code", ["", "Z.z", "B.a", "b.d"])
def test_unknown_code_is_refused(people, code):
    with refused("Kode kegiatan tidak dikenal."):
        log(people, code)


def test_person_without_a_upt_records_nothing(people):
    nobody = factories.user("tanpa_upt")
    with refused("Anda belum terdaftar di sebuah UPT."):
        log(people, "A.a", by=nobody)


# --- Bimbingan ------------------------------------------------------------------------------------------------------
def lines_of(activity):
    return list(activity.lines.order_by("pk").values_list("bimbingan", flat=True))


def test_code_of_one_bimbingan_brings_it_along(walked, people):
    assert lines_of(log(people, "D.k", walked.at(Stage.INTERVENTION))) == [Bimbingan.PSYCHOSOCIAL]
    assert lines_of(log(people, "D.k", walked.at(Stage.INTERVENTION), bimbingan=[Bimbingan.SOCIAL])) == [
        Bimbingan.PSYCHOSOCIAL
    ]


@pytest.mark.parametrize("code", ["C.k", "C.l", "D.j", "D.q"])
def test_code_of_several_bimbingan_leaves_the_choice_to_the_writer(walked, people, code):
    case = walked.at(Stage.INTERVENTION)
    with refused(f"Pilih bimbingan: {code} mencakup beberapa bimbingan."):
        log(people, code, case)
    covered = CATALOGUE[code].bimbingan
    stranger = next(b for b in Bimbingan.values if b not in covered)
    with refused(f"{code} tidak mencakup bimbingan yang dipilih."):
        log(people, code, case, bimbingan=[stranger])
    with refused(f"{code} tidak mencakup bimbingan yang dipilih."):
        log(people, code, case, bimbingan=[covered[0], stranger])
    assert lines_of(log(people, code, case, bimbingan=covered)) == [b for b in Bimbingan.values if b in covered]


def test_bimbingan_that_does_not_exist_is_no_choice(walked, people):
    with refused("Pilih bimbingan: D.j mencakup beberapa bimbingan."):
        log(people, "D.j", walked.at(Stage.INTERVENTION), bimbingan=["renang"])


# --- Who, and for which cases ---------------------------------------------------------------------------------------
def test_workers_supervisors_and_the_head_record_for_a_case(walked, people):
    case = walked.at(Stage.INTERVENTION)
    for by in (people.worker, people.supervisor, people.head):
        assert log(people, "D.p", case, by=by).by == by
    clerk = factories.user("tatausaha", Role.ADMIN_OFFICE)
    with forbidden(f"Anda tidak bertugas pada kasus {case.number}."):
        log(people, "D.p", case, by=clerk)
    for by in (people.other_worker, factories.user("perawat", Role.NURSE)):
        with not_found("Kasus tidak ditemukan."):
            log(people, "D.p", case, by=by)


def test_one_case_out_of_reach_refuses_the_whole_session(walked, people):
    mine, closed = walked.at(Stage.INTERVENTION), walk.to_end(people, walked.at(Stage.AFTERCARE))
    before = Activity.objects.count()
    with refused(f"{closed.number}: kasus sudah ditutup."):
        log(people, "D.p", mine, closed)
    elsewhere = factories.team(factories.institution("LAIN"))
    stranger = factories.case(elsewhere)
    with not_found("Kasus tidak ditemukan."):
        log(people, "D.p", mine, stranger)
    assert Activity.objects.count() == before + Activity.objects.filter(cases=stranger).count()


def test_case_named_twice_counts_once(walked, people):
    case = walked.at(Stage.INTERVENTION)
    activity = log(people, "D.p", case, walked.at(Stage.INTERVENTION), case)
    assert ActivityCase.objects.filter(activity=activity).count() == 1


def test_session_of_many_is_told_once_with_all_its_cases(walked, people):
    cases = [walked.at(Stage.INTERVENTION), walked.at(Stage.CLOSING)]
    activity = log(people, "D.l", *cases)
    told = models.Activity.objects.get(pk=activity.pk)
    entry = entries_of("activity", told.pk)
    assert len(entry) == 1
    assert sorted(entry[0].subjects.values_list("kind", "subject_id")) == sorted(
        [("activity", told.pk), *(("case", case.pk) for case in cases)]
    )


def entries_of(kind, pk):
    return list(trail.entries_for(kind, pk))


def test_work_done_while_a_request_waits_is_recorded(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    submitted(people, case)
    assert log(people, "D.k", case).pk


def test_form_sent_twice_records_once(walked, people):
    case = walked.at(Stage.INTERVENTION)
    assert log(people, "D.p", case, key="k1") == log(people, "D.p", case, key="k1")
    assert Activity.objects.filter(code="D.p", cases=case).count() == 1


def test_fields_of_an_activity_are_judged_alike_on_both_databases(people):
    with refused(
        "Lama (menit): Pastikan nilai ini lebih kecil dari atau sama dengan 1440.",
        "Metode: Nilai 'sulap' bukan pilihan yang valid.",
        "Tempat: Pastikan nilai ini mengandung paling banyak 160 karakter (sekarang 161 karakter).",
        "Uraian: Pastikan nilai ini mengandung paling banyak 8000 karakter (sekarang 8001 karakter).",
    ):
        log(
            people,
            "A.a",
            values={"minutes": 1441, "method": "sulap", "place": "x" * 161, "account": "x" * 8001},
        )


# --- Dates ----------------------------------------------------------------------------------------------------------
def test_nothing_is_recorded_ahead_or_before_first_contact(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    with refused("Tanggal tidak boleh di masa depan."):
        log(people, "A.a", on=TODAY + timedelta(days=1))
    with refused(f"{case.number}: tanggal mendahului kontak pertama dengan klien."):
        log(people, "B.b", case, on=TODAY - timedelta(days=1))
    assert log(people, "A.a", on=date(2020, 1, 1)).on == date(2020, 1, 1)


def test_next_step_of_every_case_follows_a_session(walked, people):
    case = walked.at(Stage.INTERVENTION)
    log(people, "D.j", case, bimbingan=[Bimbingan.VOCATIONAL])
    assert fresh(case).next_step == (
        "Belum ada layanan bimbingan psikososial (D.k) sejak tahap ini dimulai dan 2 hal lain"
    )


def test_permission_comes_before_every_other_question(walked):
    with pytest.raises(PermissionDenied):
        recording.log_activity(
            code="", by=factories.user("tatausaha", Role.ADMIN_OFFICE), on=TODAY, cases=[walked.at(Stage.CLOSING)]
        )
