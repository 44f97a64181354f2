"""The answers of the selection and where they lead."""

from datetime import UTC, datetime

import pytest

from cases.enums import Outcome, Stage, Status
from rehsos import clock
from services import gates, models, recording
from services.demo import walk
from services.enums import Move
from services.models import Supervision
from services.situation import Situation
from tests.services.process.acts import (
    TODAY,
    approved,
    endorsed,
    fresh,
    last_move,
    log,
    proposed,
    supervise,
    with_selection_papers,
)
from tests.services.process.refusals import refused


def test_accepted_candidate_becomes_active_by_placement_and_goes_on(walked, people):
    case = with_selection_papers(walked, people)
    walk.decide(people, case, "accepted")
    assert (fresh(case).status, list(case.stays.all())) == (Status.CANDIDATE, [])
    walk.fill(people, case, models.Notice, models.Agreement, models.Placement)
    stay = case.stays.get()
    assert (fresh(case).status, stay.placed_on, stay.left_on, stay.end) == (Status.ACTIVE, TODAY, None, "")
    walk.end_stage(people, case)
    assert last_move(case) == ("forward", "intake", "assessment", 1, 2)


def test_waiting_list_keeps_the_case_until_a_new_selection_with_a_new_sign_off(walked, people, save):
    case = with_selection_papers(walked, people)
    first = walk.decide(people, case, "waiting_list")
    assert (case.stage, case.version, case.status) == (Stage.INTAKE, 1, Status.WAITING)
    with refused("Pemberitahuan hasil seleksi (A.w) belum diisi"):
        proposed(people, case)
    save(case, models.Notice)
    assert gates.unmet(fresh(case)) == []  # A.u and A.v are reused
    assert [s.code for s in gates.unsigned(Situation(case))] == ["A.y"]
    second = proposed(people, case)
    with refused("Isi catatan supervisi: A.y belum diberikan."):
        approved(people, second, note="")
    endorsed(people, approved(people, second, note="Tempat tersedia"))
    assert (fresh(case).status, case.version) == (Status.CANDIDATE, 1)
    signed = Supervision.objects.filter(case=case, code="A.y").order_by("pk").values_list("request", flat=True)
    assert list(signed) == [first.pk, second.pk]


def test_sign_off_given_after_the_waiting_list_counts_for_the_new_selection(walked, people, save):
    case = with_selection_papers(walked, people)
    supervise(people, case, "A.y")
    walk.decide(people, case, "waiting_list")
    save(case, models.Notice)
    assert [s.code for s in gates.unsigned(Situation(fresh(case)))] == ["A.y"]
    with clock.at(datetime(2026, 3, 20, 3, tzinfo=UTC)):
        supervise(people, case, "A.y")
        assert gates.unsigned(Situation(fresh(case))) == []


def test_waiting_list_may_change_the_grounds_of_the_selection(walked, people):
    case = with_selection_papers(walked, people)
    walk.decide(people, case, "waiting_list")
    row = models.Eligibility.objects.get(case=case)
    recording.save_record(
        case=case,
        kind=models.Eligibility,
        values={"findings": "Keluarga kini mendukung"},
        by=people.worker,
        record_id=row.pk,
        version=row.version,
    )
    assert models.Eligibility.objects.get(case=case).findings == "Keluarga kini mendukung"


@pytest.mark.parametrize(
    ("way", "papers", "outcome"),
    [
        ("not_eligible", (models.Notice,), Outcome.NOT_ELIGIBLE),
        ("referred", (models.Notice, models.CandidateReferral), Outcome.REFERRED_AT_SELECTION),
    ],
)
def test_selection_that_turns_away_ends_the_case_after_the_notice(walked, people, way, papers, outcome):
    case = with_selection_papers(walked, people)
    walk.decide(people, case, way)
    assert not fresh(case).is_closed
    walk.fill(people, case, *papers)
    walk.end_stage(people, case)
    assert (case.stage, case.status, case.outcome, case.closed_on) == (Stage.INTAKE, Status.STOPPED, outcome, TODAY)
    assert last_move(case) == (Move.CLOSE, "intake", "intake", 1, 2)
    assert list(case.stays.all()) == []


@pytest.mark.parametrize(("code", "sign_off"), [("A.k", "A.n"), ("A.l", "A.n"), ("A.m", "A.n"), ("A.p", "A.q")])
def test_identification_and_motivation_are_supervised_only_where_they_were_done(walked, people, code, sign_off):
    case = with_selection_papers(walked, people)
    walk.decide(people, case, "accepted")
    assert gates.sign_offs(Situation(fresh(case))) == []
    log(people, case, code)
    assert [s.code for s in gates.sign_offs(Situation(case))] == [sign_off]
    walk.fill(people, case, models.Notice, models.Agreement, models.Placement)
    walk.end_stage(people, case)
    assert Supervision.objects.filter(case=case, code=sign_off).count() == 1
