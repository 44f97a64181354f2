"""The numbers of a month: hand-made cases on its borders, identities that hold for any data, and a check that bites."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.enums import Sex, Stage, StayEnd
from cases.models import Stay
from rehsos import clock
from reports import monthly, proof
from reports.counts import BySex, Flow, Requests, SignOffs, StayRow, Visits, Work
from reports.months import Month, month_of, recent
from services import models, recording, transitions
from services.demo import walk
from services.enums import Kind, Reply
from tests import factories
from tests.reports.lives import lived
from tests.reports.papers import team, wib

DECEMBER, JANUARY, FEBRUARY = Month(date(2025, 12, 1)), Month(date(2026, 1, 1)), Month(date(2026, 2, 1))
NONE, ONE_MAN, ONE_WOMAN = BySex(), BySex(1, 0), BySex(0, 1)


def counted(institution, month: Month):
    """The report as it is drawn up at the end of March 2026."""
    with clock.at(wib(2026, 3, 31)):
        return monthly.report(institution, month)


def failing(report) -> list[str]:
    return [check.words for check in proof.checks(report) if not check.holds]


# --- Months ---------------------------------------------------------------------------------------------------------
def test_a_month_knows_its_days_neighbours_and_moments():
    assert (JANUARY.last, JANUARY.previous, JANUARY.following) == (date(2026, 1, 31), DECEMBER, FEBRUARY)
    assert [month.label for month in Month(date(2026, 3, 1)).of_the_year] == [
        "Januari 2026",
        "Februari 2026",
        "Maret 2026",
    ]
    begin, end = JANUARY.moments("Asia/Jakarta")
    assert (begin, end) == (datetime(2025, 12, 31, 17, tzinfo=UTC), datetime(2026, 1, 31, 17, tzinfo=UTC))
    assert [JANUARY.zone_name(f"Asia/{city}") for city in ("Jakarta", "Makassar", "Jayapura")] == ["WIB", "WITA", "WIT"]


@pytest.mark.django_db
def test_only_months_that_have_begun_can_be_asked_for():
    upt = factories.institution()
    with clock.at(wib(2026, 2, 1, 0, 0)):  # in London it is still January
        assert month_of(upt, 2026, 2) == FEBRUARY
        assert [month.label for month in recent(upt, 3)] == ["Februari 2026", "Januari 2026", "Desember 2025"]
        for year, month in ((2026, 3), (2026, 13), (2026, 0), (2027, 1), (0, 1), (10**12, 1), (1999, 12)):
            with pytest.raises(ValueError, match="no report|has not begun|month must be"):
                month_of(upt, year, month)


# --- Stays ----------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "month"),
    [
        (wib(2025, 12, 31, 23, 59), DECEMBER),
        (wib(2026, 1, 1, 0, 0), JANUARY),  # 17.00 of 31 December where the server is
        (wib(2026, 1, 31, 23, 59), JANUARY),
        (wib(2026, 2, 1, 0, 0), FEBRUARY),
    ],
)
def test_a_placement_counts_in_the_month_it_has_where_the_upt_is(moment, month):
    people = team()
    with clock.at(moment):
        case = factories.case(people, Stage.ASSESSMENT)
    for other in (DECEMBER, JANUARY, FEBRUARY):
        report = counted(case.institution, other)
        was_there = ONE_MAN if other > month else NONE
        is_there = ONE_MAN if other >= month else NONE
        came = ONE_MAN if other == month else NONE
        assert report.stays == Flow(was_there, came, NONE, is_there), other
        assert report.work.get("A.dd", Work(0, 0)).times == came.total
        assert report.requests.made == (2 if other == month else 0)
        assert failing(report) == []


@pytest.mark.django_db
def test_the_same_moment_is_another_month_further_east():
    papua = factories.institution("JYP", time_zone="Asia/Jayapura")
    people = team(papua)
    with clock.at(wib(2025, 12, 31, 22, 30)):  # half past midnight of New Year's Day in Jayapura
        factories.case(people, Stage.ASSESSMENT)
    assert counted(papua, DECEMBER).stays.came == NONE
    january = counted(papua, JANUARY)
    assert (january.stays.came, january.requests.made) == (ONE_MAN, 2)


def rows(*stays: tuple[str, str, Sex]) -> list[StayRow]:
    return [
        StayRow(date.fromisoformat(a), date.fromisoformat(b) if b else None, "completed" if b else "", sex, "x")
        for a, b, sex in stays
    ]


def test_who_comes_and_leaves_within_a_month_is_in_both_columns_and_borders_count_once():
    stays = rows(
        ("2025-12-31", "2026-01-01", Sex.MALE),  # was there on the first morning, left that day
        ("2026-01-01", "2026-01-31", Sex.MALE),  # both borders
        ("2026-01-10", "2026-01-10", Sex.FEMALE),  # one day
        ("2026-01-31", "2026-02-01", Sex.FEMALE),  # still there at the end
        ("2025-06-01", "2025-12-31", Sex.MALE),  # gone before
        ("2026-02-01", "", Sex.MALE),  # not yet there
    )
    assert monthly.flow(stays, JANUARY) == Flow(ONE_MAN, BySex(1, 2), BySex(2, 1), ONE_WOMAN)
    assert monthly.flow(stays, FEBRUARY) == Flow(ONE_WOMAN, ONE_MAN, ONE_WOMAN, ONE_MAN)


DAYS = st.dates(date(2025, 6, 1), date(2026, 6, 30))
STAYS = st.lists(
    st.builds(
        lambda placed, days, sex, category: StayRow(
            placed, None if days is None else placed + timedelta(days=days), "", sex, category
        ),
        DAYS,
        st.none() | st.integers(0, 200),
        st.sampled_from(Sex.values),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=40,
)


@given(STAYS, st.integers(1, 12))
def test_any_stays_balance_chain_and_add_up(stays, number):
    month = Month(date(2026, number, 1))
    flow = monthly.flow(stays, month)
    assert flow.start + flow.came - flow.left == flow.end
    assert monthly.flow(stays, month.previous).end == flow.start
    parts = [monthly.flow([row for row in stays if row.category == name], month) for name in "abc"]
    for name in ("start", "came", "left", "end"):
        assert sum((getattr(part, name) for part in parts), BySex()) == getattr(flow, name)


# --- A hand-made month ----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_hand_made_month_is_counted_line_by_line():
    people = team()
    upt = people.worker.institution
    finished = lived(people, name="Anwar")  # the whole of January, completed on the 30th
    woman = {"sex": Sex.FEMALE, "name": "Bunga", "primary": "neglected_elderly"}
    with clock.at(wib(2025, 12, 20)):
        resident = factories.case(people, Stage.ASSESSMENT, factories.client(people, **woman))
    with clock.at(wib(2026, 1, 15)):
        waiting = factories.case(people, person=factories.client(people, name="Candra"))
        walk.fill(people, waiting, models.AdminChecklist, models.Eligibility)
        walk.decide(people, waiting, "waiting_list", "Tempat penuh.")
    with clock.at(wib(2026, 1, 20)):
        walk.assessment(people, resident)
        resident.refresh_from_db()
        request = transitions.submit(case=resident, by=people.worker, version=resident.version)
        transitions.give_back(request=request, by=people.supervisor, version=resident.version, reason="Lengkapi.")
        transitions.submit(case=resident, by=people.worker, version=resident.version)

    report = counted(upt, JANUARY)

    assert report.stays == Flow(ONE_WOMAN, ONE_MAN, ONE_MAN, ONE_WOMAN)
    assert report.year == [(JANUARY, report.stays)]
    assert report.previous == Flow(NONE, ONE_WOMAN, NONE, ONE_WOMAN)
    assert report.ends == {StayEnd.COMPLETED: ONE_MAN}
    assert report.categories == {
        "substance_abuse_victim": Flow(NONE, ONE_MAN, ONE_MAN, NONE),
        "neglected_elderly": Flow(ONE_WOMAN, NONE, NONE, ONE_WOMAN),
    }
    stages = {stage: tuple(part.total for part in vars(flow).values()) for stage, flow in report.stages.items()}
    assert stages == {  # at the beginning, opened, from others, to others, closed, at the end
        Stage.INTAKE: (0, 2, 0, 1, 0, 1),
        Stage.ASSESSMENT: (1, 0, 1, 1, 0, 1),
        Stage.PLANNING: (0, 0, 1, 1, 0, 0),
        Stage.INTERVENTION: (0, 0, 1, 1, 0, 0),
        Stage.CLOSING: (0, 0, 1, 1, 0, 0),
        Stage.AFTERCARE: (0, 0, 1, 0, 1, 0),
    }
    assert report.endorsed == {
        Kind.SELECTION: {"accepted": ONE_MAN, "waiting_list": ONE_MAN},
        Kind.CLOSING: {"terminate": ONE_MAN},
        Kind.EXIT: {},
        Kind.TRANSFER: {},
        Kind.REVERSAL: {},
    }
    assert report.aftercare_ends == {"completed": ONE_MAN}
    assert report.visits == Visits(ONE_MAN, ONE_MAN)
    # Anwar's six stages and two decisions; Candra's decision; Bunga's two, of which one waits
    assert report.requests == Requests(start=0, made=11, approved=6, endorsed=3, returned=1, withdrawn=0, end=1)
    assert report.sign_offs["A.y"] == SignOffs(2, 0)
    assert report.work["D.k"] == Work(1, 0)
    assert failing(report) == []
    assert finished.closed_on == date(2026, 1, 30)


@pytest.mark.django_db
def test_minutes_are_added_and_another_upt_is_not():
    people, others = team(), factories.team(factories.institution("PLW"))
    with clock.at(wib(2026, 1, 31, 23, 59)):
        for minutes in (45, 90):
            recording.log_activity(code="A.f", by=people.worker, on=date(2026, 1, 31), values={"minutes": minutes})
        recording.log_activity(code="A.f", by=others.worker, on=date(2026, 1, 31), values={"minutes": 600})
    assert counted(people.worker.institution, JANUARY).work == {"A.f": Work(2, 135)}
    assert counted(people.worker.institution, FEBRUARY).work == {}


@pytest.mark.django_db
def test_a_request_waits_over_the_border_and_is_settled_in_the_month_of_the_answer():
    people = team()
    with clock.at(wib(2026, 1, 5)):
        case = factories.case(people, Stage.ASSESSMENT)
        walk.assessment(people, case)
    with clock.at(wib(2026, 1, 31, 23, 59)):
        case.refresh_from_db()
        request = transitions.submit(case=case, by=people.worker, version=case.version)
    with clock.at(wib(2026, 2, 1, 0, 0)):
        transitions.approve(request=request, by=people.supervisor, version=case.version, note="Lengkap.")
    january, february = (counted(case.institution, month) for month in (JANUARY, FEBRUARY))
    assert january.requests == Requests(start=0, made=3, approved=1, endorsed=1, returned=0, withdrawn=0, end=1)
    assert february.requests == Requests(start=1, made=0, approved=1, endorsed=0, returned=0, withdrawn=0, end=0)
    assert (january.stages[Stage.PLANNING].end, february.stages[Stage.PLANNING].end) == (NONE, ONE_MAN)


@pytest.mark.django_db
def test_every_check_holds_in_every_month_of_a_busy_year():
    """Cases that are referred, extended, continued, sent back and completed, spread over months."""
    people = team()
    upt = people.worker.institution
    lived(people, name="Anwar")
    with clock.at(wib(2025, 11, 28)):
        referred, repeated, sent_back = (
            factories.case(people, Stage.CLOSING, factories.client(people, name=name, sex=sex))
            for name, sex in (("Bagus", Sex.MALE), ("Cinta", Sex.FEMALE), ("Dewi", Sex.FEMALE))
        )
    with clock.at(wib(2025, 12, 31, 23, 59)):
        for case in (referred, repeated):
            walk.evaluation(people, case)
        walk.decide(people, referred, "refer", "Kebutuhan di luar layanan.")
        walk.decide(people, repeated, "continue", "Satu tujuan belum tercapai.")
    with clock.at(wib(2026, 1, 1, 0, 0)):
        walk.fill(people, referred, models.Referral, models.ReferralReport)
        walk.end_stage(people, referred)
        transitions.send_back(
            case=sent_back,
            to=Stage.PLANNING,
            by=people.supervisor,
            version=sent_back.version,
            reason="Tujuan perlu diubah.",
        )
    assert models.Referral.objects.get().reply == Reply.ACCEPTED
    assert Stay.objects.get(case=referred).left_on == date(2026, 1, 1)
    month, seen = Month(date(2025, 10, 1)), []
    while month <= Month(date(2026, 3, 1)):
        report = counted(upt, month)
        seen.append((month.label, report.stays.end.total, failing(report)))
        month = month.following
    assert seen == [
        ("Oktober 2025", 0, []),
        ("November 2025", 3, []),
        ("Desember 2025", 3, []),
        ("Januari 2026", 2, []),
        ("Februari 2026", 2, []),
        ("Maret 2026", 2, []),
    ]


@pytest.mark.django_db
def test_a_wrong_number_is_found_by_its_check():
    """The negative control of the sheet: each number changed by one turns its own check red."""
    people = team()
    lived(people)
    report = counted(people.worker.institution, JANUARY)
    flow, asked = report.stays, report.requests
    assert failing(report) == []
    assert failing(replace(report, stays=replace(flow, end=ONE_WOMAN))) == [
        "Tabel 1: awal + masuk − keluar = akhir",
        "Tabel 2: akhir tiap bulan = awal bulan berikutnya, baris terakhir = Tabel 1",
        "Tabel 3 = Tabel 1: awal, masuk, keluar, akhir",
    ]
    assert failing(replace(report, previous=replace(report.previous, end=ONE_WOMAN))) == [
        "Akhir Desember 2025 = awal Januari 2026"
    ]
    assert failing(replace(report, ends={})) == ["Tabel 1: keluar = jumlah cara keluar"]
    stages = {**report.stages, Stage.PLANNING: replace(report.stages[Stage.PLANNING], from_others=NONE)}
    assert failing(replace(report, stages=stages)) == ["Tabel 4: dari tahap lain = ke tahap lain"]
    assert failing(replace(report, requests=replace(asked, made=asked.made + 1))) == [
        "Tabel 9: menunggu awal + diajukan − diselesaikan = menunggu akhir"
    ]
    assert failing(replace(report, endorsed={})) == ["Keputusan disahkan: Tabel 7 = Tabel 9"]
    assert failing(replace(report, sign_offs={})) == ["Supervisi pada kasus: Tabel 10 = Tabel 8"]
