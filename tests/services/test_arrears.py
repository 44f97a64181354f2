"""Papers that follow later, addenda, emergency admission, and new versions inside intervention."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cases.enums import Bimbingan, Stage, Status
from rehsos import clock
from rehsos.doors import Refused
from services import addenda, gates, models, revising, transitions
from services.demo import walk
from services.models import Addendum, Arrear
from tests.services.conftest import NOW

LATER = NOW.date() + timedelta(days=14)


@pytest.fixture
def case(walked):
    return walked.at(Stage.ASSESSMENT)


def waive(people, case, code="B.f", **values):
    given = {"due_on": LATER, "reason": "Psikolog sakit.", "by": people.head, **values}
    return transitions.waive(case=case, code=code, version=case.version, **given)


def test_waived_paper_follows_after_the_stage_has_ended(people, case):
    walk.fill(people, case, models.Assessment, models.AssessmentReport)
    assert [u.code for u in gates.unmet(case)] == ["B.f"]
    waive(people, case)
    case.refresh_from_db()
    assert gates.unmet(case) == []
    walk.end_stage(people, case)
    assert case.stage == Stage.PLANNING

    walk.paper(people, case, models.AssessmentConference)

    assert Arrear.objects.get(case=case).settled_at is not None
    with pytest.raises(Refused, match="sudah selesai dan terkunci"):
        walk.paper(people, case, models.AssessmentConference)


def test_waiver_holds_until_its_date(people, case):
    walk.fill(people, case, models.Assessment, models.AssessmentReport)
    waive(people, case)
    case.refresh_from_db()
    with clock.at(NOW + timedelta(days=15)):
        assert [u.code for u in gates.unmet(case)] == ["B.f"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"code": "A.u"}, "tidak sedang kurang"),
        ({"due_on": NOW.date()}, "sesudah hari ini"),
        ({"reason": " "}, "Isi alasan"),
    ],
)
def test_impossible_waiver_is_refused(people, case, values, words):
    with pytest.raises(Refused, match=words):
        waive(people, case, **values)


def test_only_the_head_waives(people, case):
    for by in (people.worker, people.supervisor):
        with pytest.raises(PermissionDenied):
            waive(people, case, by=by)


def test_addendum_stands_beside_an_ended_stage(people, case):
    addendum = addenda.add(
        case=case, stage=Stage.INTAKE, text="KK menyusul dari paman.", on=NOW.date(), by=people.worker
    )
    assert Addendum.objects.get() == addendum
    with pytest.raises(Refused, match="belum sampai"):
        addenda.add(case=case, stage=Stage.PLANNING, text="Terlalu dini.", on=NOW.date(), by=people.worker)


def test_closed_case_takes_an_addendum_and_nothing_else(people, walked):
    case = walked.at(Stage.AFTERCARE)
    walk.aftercare(people, case)
    walk.end_stage(people, case, ending="completed")
    assert addenda.add(case=case, stage=Stage.AFTERCARE, text="Kabar baik.", on=NOW.date(), by=people.worker).pk
    with pytest.raises(Refused, match="ditutup"):
        walk.paper(people, case, models.AftercareVisit)


def test_emergency_brings_the_bed_first_and_owes_the_papers(people, walked):
    case = walked.at(Stage.INTAKE)
    with pytest.raises(Refused, match="Baru dapat diisi"):
        walk.paper(people, case, models.Placement)
    transitions.admit(case=case, reason="Ditemukan malam hari.", by=people.worker, version=case.version)
    walk.paper(people, case, models.Placement)
    case.refresh_from_db()
    assert (case.stage, case.status) == (Stage.INTAKE, Status.ACTIVE)
    assert list(Arrear.objects.filter(case=case).values_list("code", flat=True)) == ["A.u", "A.v", "A.bb"]
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, "accepted")
    walk.fill(people, case, models.Notice, models.Agreement)
    walk.end_stage(people, case)
    assert case.stage == Stage.ASSESSMENT
    assert not Arrear.objects.filter(case=case, settled_at__isnull=True).exists()


def test_resident_who_is_not_eligible_leaves_before_the_case_ends(people, walked):
    case = walked.at(Stage.INTAKE)
    transitions.admit(case=case, reason="Darurat.", by=people.worker, version=case.version)
    walk.fill(people, case, models.Placement, models.AdminChecklist, models.Eligibility)
    walk.decide(people, case, "not_eligible")
    walk.paper(people, case, models.Notice)
    assert [str(u) for u in gates.unmet(case)] == ["Klien masih tercatat tinggal; catat dahulu tanggal keluarnya"]


def revise(people, case, what="plan"):
    case.refresh_from_db()
    return revising.revise(case=case, what=what, reason="Kebutuhan berubah.", by=people.worker, version=case.version)


def test_new_plan_inside_intervention_asks_agreement_and_sign_off_again(people, walked):
    case = walked.at(Stage.INTERVENTION)
    with pytest.raises(Refused, match="sudah selesai dan terkunci"):
        walk.paper(people, case, models.Goal)
    case = revise(people, case)
    assert (case.plan_edition, models.Goal.of(case).count()) == (2, 2)
    walk.paper(people, case, models.Goal, bimbingan=Bimbingan.SOCIAL, goal="Berteman baik")
    walk.intervention(people, case)
    assert [u.code for u in gates.unmet(case)] == ["C.n"]
    walk.paper(people, case, models.PlanConsent)
    case.refresh_from_db()
    transitions.supervise(
        case=case, code="C.i", note="Rencana baru sesuai.", by=people.supervisor, on=NOW.date(), version=case.version
    )
    with pytest.raises(Refused, match="sudah selesai dan terkunci"):
        walk.paper(people, case, models.Goal)
    walk.end_stage(people, case)
    assert (case.stage, models.Goal.objects.filter(case=case).count()) == (Stage.CLOSING, 5)


def test_new_assessment_inside_intervention_asks_its_sign_off_again(people, walked):
    case = revise(people, walked.at(Stage.INTERVENTION), "assessment")
    record = models.Assessment.of(case).get()
    assert (record.edition, record.findings.count()) == (2, 4)
    walk.intervention(people, case)
    walk.end_stage(people, case)
    assert models.Supervision.objects.filter(case=case, code="B.e").count() == 2


def test_version_is_only_made_inside_intervention(people, case):
    with pytest.raises(Refused, match="dalam tahap pelaksanaan"):
        revise(people, case)
