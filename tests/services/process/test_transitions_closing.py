"""The answers of the closing, the rounds, and the ends of aftercare."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.enums import Outcome, Stage, Status, StayEnd
from rehsos import clock
from rehsos.doors import Refused
from services import gates, models, transitions
from services.demo import walk
from services.enums import Move
from services.models import Supervision
from services.situation import Situation
from tests.services.process.acts import (
    TODAY,
    approved,
    fresh,
    last_move,
    submitted,
    with_closing_papers,
)
from tests.services.process.refusals import refused


# --- Closing -------------------------------------------------------------------------------------------------------
def test_termination_hands_over_and_opens_aftercare(walked, people):
    case = with_closing_papers(walked, people)
    walk.decide(people, case, "terminate")
    assert case.stage == Stage.CLOSING
    walk.fill(people, case, models.Readiness, models.Handover, models.TerminationReport)
    stay = case.stays.get()
    assert (stay.left_on, stay.end) == (TODAY, StayEnd.COMPLETED)
    walk.end_stage(people, case)
    assert (case.stage, case.status, case.is_closed) == (Stage.AFTERCARE, Status.AFTERCARE, False)
    assert Supervision.objects.filter(case=case, code="E.2.4").count() == 1
    assert Supervision.objects.filter(case=case, code="E.3.4").count() == 0


def test_referral_ends_the_stay_and_closes_the_case(walked, people):
    case = with_closing_papers(walked, people)
    walk.decide(people, case, "refer")
    walk.fill(people, case, models.Referral, models.ReferralReport)
    walk.end_stage(people, case)
    stay = case.stays.get()
    assert (stay.left_on, stay.end) == (TODAY, StayEnd.REFERRED)
    assert (case.stage, case.status, case.outcome, case.closed_on) == (
        Stage.CLOSING,
        Status.STOPPED,
        Outcome.REFERRED,
        TODAY,
    )
    assert Supervision.objects.filter(case=case, code="E.3.4").count() == 1


@pytest.mark.parametrize(("way", "paper"), [("terminate", models.Handover), ("refer", models.Referral)])
def test_a_case_whose_client_has_left_does_not_go_back(walked, people, way, paper):
    case = with_closing_papers(walked, people)
    walk.decide(people, case, way)
    walk.fill(people, case, paper)
    case.refresh_from_db()
    with pytest.raises(Refused, match="Klien sudah keluar pada 10 Maret 2026"):
        transitions.send_back(case=case, to="planning", reason="Ulang.", by=people.supervisor, version=case.version)


def test_after_an_undone_referral_the_case_continues_only_once_the_client_is_back_in_care(walked, people):
    case = with_closing_papers(walked, people)
    walk.decide(people, case, "refer")
    walk.fill(people, case, models.Referral, models.ReferralReport)
    walk.end_stage(people, case)
    asked = transitions.propose_reversal(case=case, reason="Keliru.", by=people.worker, version=case.version)
    transitions.approve(request=asked, by=people.supervisor, version=case.version, note="Sesuai.")
    transitions.endorse(request=asked, by=people.head, version=case.version)
    case.refresh_from_db()
    with pytest.raises(Refused, match="Klien sudah keluar"):
        transitions.send_back(case=case, to="planning", reason="Ulang.", by=people.supervisor, version=case.version)


def test_continuing_starts_a_round_whose_papers_are_asked_anew(walked, people):
    case = with_closing_papers(walked, people)
    version = case.version
    walk.decide(people, case, "continue")
    assert last_move(case) == ("continue", "closing", "planning", 2, version + 1)
    assert (case.round, case.status, case.stays.get().left_on) == (2, Status.ACTIVE, None)
    for stage in (Stage.PLANNING, Stage.INTERVENTION, Stage.CLOSING):
        kinds = [kind for kind in models.StageRecord.__subclasses__() if getattr(kind, "home", None) == stage]
        assert [kind for kind in kinds if kind.of(case).exists()] == []
    assert models.Goal.objects.filter(case=case, round=1).count() == 2
    assert models.OutcomeEvaluation.objects.filter(case=case, round=1).count() == 1
    assert models.Assessment.of(case).count() == 1
    walk.planning(people, case)
    walk.end_stage(people, case)
    assert last_move(case) == ("forward", "planning", "intervention", 2, version + 2)
    with clock.at(datetime(2026, 3, 11, 3, tzinfo=UTC)):
        walk.intervention(people, case)
        walk.end_stage(people, case)
        walk.closing(people, case)
        walk.end_stage(people, case)
    assert (case.stage, case.round) == (Stage.AFTERCARE, 2)


def test_services_of_an_earlier_round_do_not_count_for_the_next(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    walk.end_stage(people, case)
    walk.evaluation(people, case)
    walk.decide(people, case, "continue")
    with clock.at(datetime(2026, 3, 12, 3, tzinfo=UTC)):
        walk.planning(people, case)
        walk.end_stage(people, case)
        assert [m.code for m in gates.unmet(fresh(case))] == ["D.j", "D.k", "D.p", "D.dd"]


def test_extension_leaves_the_case_in_closing_until_its_date(walked, people):
    case = with_closing_papers(walked, people)
    version = case.version
    request = walk.decide(people, case, "extend", until_on=date(2026, 9, 30))
    assert (case.stage, case.version, case.status, request.until_on) == (
        Stage.CLOSING,
        version,
        Status.ACTIVE,
        date(2026, 9, 30),
    )
    assert [s.code for s in gates.unsigned(Situation(fresh(case)))] == ["E.1.5"]
    walk.decide(people, case, "terminate")
    assert Situation(fresh(case)).settled_way.label == "Terminasi"


# --- Aftercare -----------------------------------------------------------------------------------------------------
def test_completion_needs_the_papers_of_aftercare(walked, people):
    case = walked.at(Stage.AFTERCARE)
    with refused(
        "Kunjungan bimbingan lanjut (F.b / F.c / F.d / F.e / F.f) belum diisi",
        "Kunjungan bimbingan lanjut (F.g) belum diisi",
    ):
        submitted(people, case, ending="completed")
    walk.aftercare(people, case)
    request = submitted(people, case, ending="completed", event_on=date(2031, 1, 1))
    assert request.event_on is None
    approved(people, request)
    assert (fresh(case).closed_on, case.outcome, case.status) == (TODAY, Outcome.COMPLETED, Status.COMPLETED)


@pytest.mark.parametrize(
    ("ending", "status"),
    [
        ("period_over", Status.COMPLETED),
        ("moved", Status.STOPPED),
        ("refused", Status.STOPPED),
        ("deceased", Status.STOPPED),
        ("lost_contact", Status.STOPPED),
    ],
)
def test_other_endings_need_date_reason_and_sign_off_but_no_papers(walked, people, ending, status):
    case = walked.at(Stage.AFTERCARE)
    with refused("Isi tanggal peristiwa, paling lambat hari ini.", "Isi alasan kasus diakhiri."):
        submitted(people, case, ending=ending)
    with refused("Isi tanggal peristiwa, paling lambat hari ini."):
        submitted(people, case, ending=ending, event_on=TODAY + timedelta(days=1), note="Dikabarkan keluarga")
    with refused("Tanggal peristiwa mendahului awal bimbingan lanjut."):
        submitted(people, case, ending=ending, event_on=TODAY - timedelta(days=1), note="Dikabarkan keluarga")
    with clock.at(datetime(2026, 5, 4, 3, tzinfo=UTC)):
        happened_on = date(2026, 4, 20)
        request = submitted(people, case, ending=ending, event_on=happened_on, note="Dikabarkan keluarga")
        with refused("Isi catatan supervisi: F.i belum diberikan."):
            approved(people, request, note="")
        approved(people, request)
    assert (fresh(case).closed_on, case.outcome, case.status) == (happened_on, Outcome(ending), status)
    assert last_move(case)[0] == Move.CLOSE


@pytest.mark.parametrize("ending", ["", "terminate", "selesai"])
def test_aftercare_ends_in_one_of_its_ways(walked, people, ending):
    case = walked.at(Stage.AFTERCARE)
    walk.aftercare(people, case)
    with refused("Pilih cara kasus ini berakhir."):
        submitted(people, case, ending=ending)
