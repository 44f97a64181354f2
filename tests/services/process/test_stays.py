"""What hangs on the stay: recordable while it runs, whatever the stage, never frozen; and the hard rules on dates."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.enums import Stage, StayEnd
from cases.models import Stay
from rehsos import clock
from services import models, recording
from services.demo import walk
from services.demo.words import PAPERS
from tests import factories
from tests.services.process.acts import TODAY, fresh, submitted, with_selection_papers
from tests.services.process.refusals import refused

OUTSIDE = "tanggal di luar masa tinggal klien."
NOT_LEFT = "klien belum keluar pada tanggal itu."
EARLY = "Tanggal mendahului kontak pertama dengan klien."


def day(on):
    """Noon of a day in Surabaya, as the clock's moment."""
    return clock.at(datetime(on.year, on.month, on.day, 5, tzinfo=UTC))


def log(people, case, code, on=TODAY):
    return recording.log_activity(code=code, by=people.worker, on=on, cases=[case])


def write(people, case, kind, **changes):
    values, parts = PAPERS[kind](case)
    words = {**values, "on": case.institution.today(), **changes}
    return recording.save_record(case=case, kind=kind, values=words, parts=parts, by=people.worker)


def rewrite(people, row, **values):
    return recording.save_record(
        case=row.case, kind=type(row), values=values, by=people.worker, record_id=row.pk, version=row.version
    )


def accepted(walked, people):
    case = with_selection_papers(walked, people)
    walk.decide(people, case, "accepted")
    return case


def settled(walked, people, way):
    case = walked.at(Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, way)
    return case


def stay_of(case):
    return Stay.objects.filter(case=case).values_list("placed_on", "left_on", "end").get()


def test_the_codes_that_hang_on_the_stay_are_those_of_the_process():
    assert recording.ON_STAY == {f"D.{letter}" for letter in "bcdefghijklmnop"}
    assert recording.AFTER_LEAVING == {f"F.{letter}" for letter in "bcdefgh"}


# --- Activities -----------------------------------------------------------------------------------------------------
def test_daily_log_is_refused_before_placement(walked, people):
    case = accepted(walked, people)
    with refused(f"{case.number}: {OUTSIDE}"):
        log(people, case, "D.p")
    walk.paper(people, case, models.Placement)
    assert log(people, case, "D.p").on == TODAY


@pytest.mark.parametrize("stage", [Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION, Stage.CLOSING])
def test_daily_log_goes_on_in_every_stage_of_the_stay(walked, people, stage):
    assert log(people, walked.at(stage), "D.p").on == TODAY


def test_daily_log_goes_on_while_a_request_waits(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    submitted(people, case)
    assert log(people, case, "D.p").on == TODAY


def test_both_ends_of_a_stay_belong_to_it(walked, people):
    case = accepted(walked, people)
    with day(date(2026, 3, 20)):
        walk.paper(people, case, models.Placement, on=date(2026, 3, 15))
        with refused(f"{case.number}: {OUTSIDE}"):
            log(people, case, "D.p", date(2026, 3, 14))
        assert log(people, case, "D.p", date(2026, 3, 15)).pk
        Stay.objects.filter(case=case).update(left_on=date(2026, 3, 18), end=StayEnd.COMPLETED)
        assert log(people, case, "D.p", date(2026, 3, 18)).pk
        with refused(f"{case.number}: {OUTSIDE}"):
            log(people, case, "D.p", date(2026, 3, 19))


def test_second_stay_interval_counts_as_well(walked, people):
    case = accepted(walked, people)
    with day(date(2026, 5, 1)):
        walk.paper(people, case, models.Placement, on=TODAY)
        Stay.objects.filter(case=case).update(left_on=date(2026, 3, 20), end=StayEnd.COMPLETED)
        Stay.objects.create(case=case, institution=case.institution, placed_on=date(2026, 4, 2))
        assert log(people, case, "D.p", date(2026, 3, 19)).pk
        assert log(people, case, "D.p", date(2026, 4, 2)).pk
        with refused(f"{case.number}: {OUTSIDE}"):
            log(people, case, "D.p", date(2026, 3, 25))


def test_work_off_the_stay_is_recorded_at_any_time(walked, people):
    """Plans, obstacles and reports are no presence of the client."""
    case = walked.at(Stage.INTAKE)
    assert [log(people, case, code).code for code in ("A.k", "D.a", "D.r", "E.1.1", "F.a")] == [
        "A.k",
        "D.a",
        "D.r",
        "E.1.1",
        "F.a",
    ]


@pytest.mark.parametrize("code", sorted(recording.AFTER_LEAVING))
def test_aftercare_follows_leaving(walked, people, code):
    case = walked.at(Stage.CLOSING)
    with refused(f"{case.number}: {NOT_LEFT}"):
        log(people, case, code)
    left = walked.at(Stage.AFTERCARE)
    with day(date(2026, 3, 12)):
        assert log(people, left, code, TODAY).pk
    Stay.objects.filter(case=left).update(left_on=TODAY + timedelta(days=1))
    with refused(f"{left.number}: {NOT_LEFT}"):
        log(people, left, code)


# --- Placement ------------------------------------------------------------------------------------------------------
def test_corrected_placement_corrects_the_stay_and_adds_none(walked, people):
    case = accepted(walked, people)
    with day(date(2026, 3, 20)):
        row = write(people, case, models.Placement, house="Asrama Melati", room="3", bed="A", on=date(2026, 3, 15))
        rewrite(people, row, room="4", on=date(2026, 3, 16))
    stay = Stay.objects.get(case=case)
    assert (stay.house, stay.room, stay.bed, stay.placed_on, stay.left_on) == (
        "Asrama Melati",
        "4",
        "A",
        date(2026, 3, 16),
        None,
    )
    assert stay.institution == case.institution


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(TODAY - timedelta(days=1), EARLY), (TODAY + timedelta(days=1), "Tanggal tidak boleh di masa depan.")],
)
def test_placement_lies_between_first_contact_and_today(walked, people, on, sentence):
    case = accepted(walked, people)
    with refused(sentence):
        write(people, case, models.Placement, on=on)
    assert not Stay.objects.filter(case=case).exists()


def test_first_contact_may_precede_the_register(people):
    case = walk.open_case(people, factories.client(people), first_contact_on=date(2026, 1, 5))
    walk.paper(people, case, models.AdminChecklist, on=date(2026, 1, 5))
    assert log(people, case, "A.k", date(2026, 1, 5)).on == date(2026, 1, 5)
    with refused(EARLY):
        write(people, case, models.Eligibility, on=date(2026, 1, 4))


# --- Leaving --------------------------------------------------------------------------------------------------------
def test_handover_ends_the_stay_on_its_date_and_a_correction_moves_it(walked, people):
    case = settled(walked, people, "terminate")
    with day(date(2026, 3, 20)):
        row = write(people, case, models.Handover, on=date(2026, 3, 18))
        assert stay_of(case) == (TODAY, date(2026, 3, 18), StayEnd.COMPLETED)
        rewrite(people, row, on=date(2026, 3, 19))
        assert stay_of(case) == (TODAY, date(2026, 3, 19), StayEnd.COMPLETED)


def test_nobody_leaves_before_placement(walked, people):
    case = settled(walked, people, "terminate")
    Stay.objects.filter(case=case).update(placed_on=TODAY)
    models.Placement.objects.filter(case=case).update(on=TODAY)
    case.first_contact_on = date(2026, 3, 1)
    case.save(update_fields=["first_contact_on"])
    with refused("Tanggal keluar mendahului tanggal penempatan."):
        write(people, case, models.Handover, on=date(2026, 3, 9))


def test_nobody_is_handed_over_tomorrow(walked, people):
    case = settled(walked, people, "terminate")
    with refused("Tanggal tidak boleh di masa depan."):
        write(people, case, models.Handover, on=TODAY + timedelta(days=1))


def test_referral_ends_the_stay_when_the_receiver_takes_over(walked, people):
    case = settled(walked, people, "refer")
    with day(date(2026, 3, 20)):
        row = write(people, case, models.Referral, on=date(2026, 3, 12), left_on=None)
        assert stay_of(case) == (TODAY, None, "")
        row = rewrite(people, row, left_on=date(2026, 3, 16))
        assert stay_of(case) == (TODAY, date(2026, 3, 16), StayEnd.REFERRED)
        rewrite(people, row, left_on=None)
        assert stay_of(case) == (TODAY, None, "")


def test_referral_before_placement_is_refused(walked, people):
    case = settled(walked, people, "refer")
    with refused("Tanggal keluar mendahului tanggal penempatan."):
        write(people, case, models.Referral, left_on=TODAY - timedelta(days=1))


# --- Aftercare ------------------------------------------------------------------------------------------------------
def test_visit_does_not_precede_leaving(walked, people):
    case = walked.at(Stage.AFTERCARE)
    Stay.objects.filter(case=case).update(left_on=date(2026, 3, 12))
    with day(date(2026, 3, 20)):
        with refused("Bimbingan lanjut mendahului tanggal klien keluar."):
            write(people, case, models.AftercareVisit, on=date(2026, 3, 11))
        assert write(people, case, models.AftercareVisit, on=date(2026, 3, 12)).pk


# --- The UPT's own calendar -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "moment", "today"),
    [
        ("Asia/Jakarta", datetime(2026, 12, 31, 16, 59, tzinfo=UTC), date(2026, 12, 31)),
        ("Asia/Jakarta", datetime(2026, 12, 31, 17, 0, tzinfo=UTC), date(2027, 1, 1)),
        ("Asia/Makassar", datetime(2026, 12, 31, 16, 0, tzinfo=UTC), date(2027, 1, 1)),
        ("Asia/Jayapura", datetime(2026, 12, 31, 15, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_today_is_the_day_where_the_upt_is(db, zone, moment, today):
    with clock.at(moment):
        people = factories.team(factories.institution("ZONA", time_zone=zone))
        case = factories.case(people)
        assert (case.opened_on, case.number) == (today, f"ZONA-{today.year}-0001")
        assert log(people, case, "A.k", today).on == today
        with refused("Tanggal tidak boleh di masa depan."):
            recording.log_activity(code="A.a", by=people.worker, on=today + timedelta(days=1))
        assert fresh(case).transitions.get().on == today
