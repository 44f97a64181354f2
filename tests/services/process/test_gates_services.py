"""Which services and progress sheets a stage asks for, and from which day they count."""

from datetime import UTC, date, datetime

import pytest

from accounts.models import Institution
from cases.enums import Bimbingan, Stage
from rehsos import clock
from services import gates, models, recording, transitions
from services.demo import walk
from services.situation import Situation
from tests.services.process.missing import unmet


# --- Services -------------------------------------------------------------------------------------------------------
def planned(walked, people, *lines):
    """A case at the beginning of intervention whose plan holds these bimbingan."""
    case = walked.at(Stage.PLANNING)
    for line in lines:
        walk.paper(people, case, models.Goal, bimbingan=line)
    walk.fill(people, case, models.PlanningConference, models.PlanConsent)
    walk.end_stage(people, case)
    walk.monitor(people, case)
    walk.fill(people, case, models.ProcessEvaluation)
    return case


def served(case, people, code, *lines, on=None):
    recording.log_activity(
        code=code, by=people.worker, on=on or case.institution.today(), cases=[case], bimbingan=lines
    )


@pytest.mark.parametrize(
    ("line", "codes"),
    [
        (Bimbingan.PHYSICAL, "D.j / D.b"),
        (Bimbingan.VOCATIONAL, "D.j"),
        (Bimbingan.PSYCHOSOCIAL, "D.k"),
        (Bimbingan.SOCIAL, "D.l"),
        (Bimbingan.RESOCIALIZATION, "D.n"),
        (Bimbingan.COMMUNITY_DEVELOPMENT, "D.m"),
        (Bimbingan.ADVOCACY, "D.o"),
    ],
)
def test_each_planned_bimbingan_wants_its_own_service(walked, people, line, codes):
    case = planned(walked, people, line)
    name = str(line.label).lower()
    assert unmet(case) == [f"Belum ada layanan {name} ({codes}) sejak tahap ini dimulai"]
    served(case, people, codes.split(" / ")[0], line)
    assert unmet(case) == []


def test_physical_care_serves_the_physical_bimbingan_too(walked, people):
    case = planned(walked, people, Bimbingan.PHYSICAL)
    served(case, people, "D.b")
    assert unmet(case) == []


def test_accompaniment_in_one_bimbingan_does_not_serve_the_other(walked, people):
    case = planned(walked, people, Bimbingan.PHYSICAL, Bimbingan.VOCATIONAL)
    served(case, people, "D.j", Bimbingan.PHYSICAL)
    assert unmet(case) == ["Belum ada layanan bimbingan keterampilan (D.j) sejak tahap ini dimulai"]
    served(case, people, "D.j", Bimbingan.PHYSICAL, Bimbingan.VOCATIONAL)
    assert unmet(case) == []


def test_unplanned_bimbingan_is_not_asked(walked, people):
    case = planned(walked, people, Bimbingan.ADVOCACY)
    served(case, people, "D.o")
    assert unmet(case) == []
    assert [s.code for s in gates.sign_offs(Situation(case))] == ["D.cc"]


def test_services_count_from_the_day_intervention_began(walked, people):
    case = walked.at(Stage.PLANNING)
    served(case, people, "D.k")
    served(case, people, "D.p")
    with clock.at(datetime(2026, 3, 12, 3, tzinfo=UTC)):
        walk.fill(people, case, models.Goal, models.PlanningConference, models.PlanConsent)
        walk.end_stage(people, case)
        walk.fill(people, case, models.ProcessEvaluation)
        wanted = [
            "Belum ada layanan bimbingan psikososial (D.k) sejak tahap ini dimulai",
            "Memantau aktivitas sehari-hari klien (D.p) belum dicatat",
        ]
        assert unmet(case) == wanted
        served(case, people, "D.k", on=date(2026, 3, 11))
        served(case, people, "D.p", on=date(2026, 3, 11))
        assert unmet(case) == wanted
        served(case, people, "D.k", on=date(2026, 3, 12))
        served(case, people, "D.p", on=date(2026, 3, 12))
        assert unmet(case) == []


def test_services_keep_counting_after_a_send_back(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    with clock.at(datetime(2026, 3, 20, 3, tzinfo=UTC)):
        transitions.send_back(
            case=case, to=Stage.PLANNING, reason="Rencana perlu diubah", by=people.supervisor, version=case.version
        )
        walk.end_stage(people, case)
        assert (case.stage, unmet(case)) == (Stage.INTERVENTION, [])


# --- Progress sheets ------------------------------------------------------------------------------------------------
def test_sheets_are_due_for_every_month_that_has_ended(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    assert unmet(case) == []
    with clock.at(datetime(2026, 3, 31, 16, 59, tzinfo=UTC)):
        assert unmet(case) == []
    with clock.at(datetime(2026, 3, 31, 17, 0, tzinfo=UTC)):  # midnight in Surabaya
        assert unmet(case) == ["Lembar perkembangan Maret 2026 belum diisi"]
    with clock.at(datetime(2026, 6, 15, 3, tzinfo=UTC)):
        walk.paper(people, case, models.ProgressSheet, period_on=date(2026, 4, 1))
        assert unmet(case) == [
            "Lembar perkembangan Maret 2026 belum diisi",
            "Lembar perkembangan Mei 2026 belum diisi",
        ]


def test_sheets_follow_the_rhythm_of_the_upt(walked, people):
    Institution.objects.update(progress_months=3)
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    with clock.at(datetime(2026, 10, 1, 3, tzinfo=UTC)):
        assert unmet(case) == [
            "Lembar perkembangan Maret 2026 belum diisi",
            "Lembar perkembangan Juni 2026 belum diisi",
        ]


def test_sheet_without_its_aspects_is_still_due(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    with clock.at(datetime(2026, 4, 2, 3, tzinfo=UTC)):
        words = {"period_on": date(2026, 3, 1), "parts": {models.AspectProgress: []}}
        walk.paper(people, case, models.ProgressSheet, **words)
        assert unmet(case) == ["Lembar perkembangan Maret 2026 belum diisi"]


def test_month_that_ends_while_a_request_waits_asks_nothing_new(walked, people):
    case = walked.at(Stage.INTERVENTION)
    walk.intervention(people, case)
    with clock.at(datetime(2026, 3, 31, 3, tzinfo=UTC)):
        request = transitions.submit(case=case, by=people.worker, version=case.version)
    with clock.at(datetime(2026, 4, 1, 3, tzinfo=UTC)):
        assert unmet(case) == []
        transitions.approve(request=request, by=people.supervisor, version=case.version, note="Lengkap")
        case.refresh_from_db()
        assert case.stage == Stage.CLOSING
