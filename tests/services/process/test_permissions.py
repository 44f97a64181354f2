"""Four eyes, on persons and not on roles, by every path; and which roles judge."""

from datetime import timedelta

import pytest

from accounts.enums import Role
from accounts.models import Membership, User
from cases import registry
from cases.enums import Stage
from cases.models import Assignment
from services import models, recording, transitions
from services.demo import walk
from services.enums import Act, State
from services.models import Decision
from tests import factories
from tests.services.process.acts import (
    TODAY,
    approved,
    endorsed,
    fresh,
    proposed,
    send_back,
    submitted,
    supervise,
    with_selection_papers,
)
from tests.services.process.judges import (
    ASKED,
    NO_HEAD,
    NO_SUPERVISOR,
    OTHERS,
    SUPERVISED,
    WORKED,
    WROTE,
    every_judgement,
    now_also,
    ready,
)
from tests.services.process.refusals import forbidden


# --- Nobody on their own work ---------------------------------------------------------------------------------------
def test_requester_with_a_second_role_decides_nothing(walked, people):
    case = ready(walked, people)
    request = submitted(people, case)
    by = now_also(people.worker, Role.SUPERVISOR, Role.HEAD)
    for judge in every_judgement(case, request, by):
        with forbidden(ASKED):
            judge()


def test_requester_who_gave_the_case_away_decides_nothing(walked, people):
    case = ready(walked, people)
    request = submitted(people, case)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor, only=True)
    by = now_also(people.worker, Role.SUPERVISOR)
    for judge in every_judgement(case, request, by):
        with forbidden(ASKED):
            judge()


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.SECTION_HEAD])
def test_worker_who_ever_had_the_case_judges_nothing_in_it(walked, people, role):
    case = walked.at(Stage.ASSESSMENT)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor)
    registry.assign(case=case, worker=people.worker, by=people.supervisor, only=True)
    assert Assignment.objects.get(case=case, worker=people.other_worker).until_on == TODAY
    walk.assessment(people, case)
    by = now_also(people.other_worker, role)
    for judge in every_judgement(case, submitted(people, case), by):
        with forbidden(WORKED):
            judge()


def test_author_of_what_is_judged_judges_nothing_in_it(walked, people):
    """By the usual path an author is a worker of the case; the record is asked all the same."""
    case = ready(walked, people)
    models.Assessment.objects.filter(case=case).update(author_ids=[people.supervisor.pk])
    for judge in every_judgement(case, submitted(people, case), people.supervisor):
        with forbidden(WROTE):
            judge()
    assert approved(people, fresh(case).requests.last(), by=people.other_supervisor).state == State.APPROVED


@pytest.mark.parametrize("kind", [models.AssessmentConference, models.AssessmentReport])
def test_minutes_of_a_conference_make_nobody_an_author_but_a_report_does(walked, people, kind):
    case = ready(walked, people)
    kind.objects.filter(case=case).update(author_ids=[people.supervisor.pk])
    request = submitted(people, case)
    if kind is models.AssessmentConference:
        assert approved(people, request).state == State.APPROVED
    else:
        with forbidden(WROTE):
            approved(people, request)


def test_author_of_a_goal_judges_nothing_in_intervention(walked, people):
    case = ready(walked, people, Stage.INTERVENTION)
    models.Goal.objects.filter(case=case, bimbingan="vocational").update(author_ids=[people.supervisor.pk])
    with forbidden(WROTE):
        supervise(people, case, "D.x")
    assert supervise(people, case, "D.y").code == "D.y"
    request = submitted(people, case)
    with forbidden(WROTE):
        approved(people, request)
    with forbidden(WROTE):
        send_back(people, case, Stage.PLANNING)


def test_worker_does_not_send_their_own_case_back(walked, people):
    case = walked.at(Stage.PLANNING)
    with forbidden(WORKED):
        send_back(people, case, Stage.ASSESSMENT, by=now_also(people.worker, Role.SUPERVISOR))


@pytest.mark.parametrize(
    ("requester", "sentence"), [(True, ASKED), (False, WORKED)], ids=["requester", "former worker"]
)
def test_head_endorses_nothing_of_their_own(walked, people, requester, sentence):
    case = walked.at(Stage.INTAKE)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    asker = people.other_worker if requester else people.worker
    request = transitions.decide(case=case, way="accepted", reason="Layak", by=asker, version=1)
    request = approved(people, request)
    by = now_also(people.other_worker, Role.HEAD)
    with forbidden(sentence):
        endorsed(people, request, by=by)
    with forbidden(sentence):
        transitions.give_back(request=request, by=by, version=1, reason="Kurang")
    assert endorsed(people, request).state == State.ENDORSED


def test_head_who_wrote_the_grounds_endorses_nothing(walked, people):
    case = with_selection_papers(walked, people)
    models.Eligibility.objects.filter(case=case).update(author_ids=[people.head.pk])
    request = approved(people, proposed(people, case))
    with forbidden(WROTE):
        endorsed(people, request)


def test_nobody_endorses_what_they_approved_before_they_became_head(walked, people):
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case))
    by = now_also(people.supervisor, Role.HEAD)
    with forbidden(SUPERVISED):
        endorsed(people, request, by=by)


def test_head_who_is_a_supervisor_too_leaves_decisions_to_the_supervisors(walked, people):
    case = with_selection_papers(walked, people)
    request = proposed(people, case)
    by = now_also(people.head, Role.SUPERVISOR)
    with forbidden(OTHERS):
        approved(people, request, by=by)
    assert endorsed(people, approved(people, request), by=by).state == State.ENDORSED


def test_head_who_is_a_supervisor_too_may_end_a_stage(walked, people):
    case = ready(walked, people)
    request = approved(people, submitted(people, case), by=now_also(people.head, Role.SUPERVISOR))
    assert list(Decision.objects.filter(request=request, act=Act.APPROVE).values_list("is_escalated", flat=True)) == [
        False
    ]


# --- Which roles ----------------------------------------------------------------------------------------------------
def test_section_head_approves_as_a_supervisor(walked, people):
    case = ready(walked, people)
    by = factories.user("kasi", Role.SECTION_HEAD)
    assert approved(people, submitted(people, case), by=by).state == State.APPROVED


@pytest.mark.parametrize("role", [Role.ADMIN_OFFICE])
def test_other_roles_in_sight_of_the_case_judge_nothing(walked, people, role):
    case = ready(walked, people)
    by = factories.user("lain", role)
    for judge in every_judgement(case, submitted(people, case), by):
        with forbidden(NO_SUPERVISOR):
            judge()
    with forbidden(NO_SUPERVISOR):
        send_back(people, walked.at(Stage.PLANNING), Stage.ASSESSMENT, by=by)


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.SECTION_HEAD, Role.ADMIN_OFFICE])
def test_only_the_head_endorses(walked, people, role):
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case))
    by = factories.user("lain", role)
    with forbidden(NO_HEAD):
        endorsed(people, request, by=by)
    with forbidden(NO_HEAD):
        transitions.give_back(request=request, by=by, version=1, reason="Kurang")


def test_activities_of_a_case_make_nobody_its_worker(walked, people):
    """Leading a session does not count: a supervisor who logged one still judges."""
    case = ready(walked, people, Stage.INTERVENTION)
    recording.log_activity(code="D.k", by=people.supervisor, on=TODAY, cases=[case])
    assert approved(people, submitted(people, case)).state == State.APPROVED


def test_role_that_has_ended_gives_nothing(walked, people):
    Membership.objects.filter(user=people.supervisor).update(until_on=TODAY - timedelta(days=1))
    Membership.objects.filter(user=people.other_supervisor).update(until_on=TODAY)
    case = ready(walked, people)
    request = submitted(people, case)
    assert User.objects.get(pk=people.supervisor.pk).institution is None
    still = User.objects.get(pk=people.other_supervisor.pk)
    assert approved(people, request, by=still).state == State.APPROVED
