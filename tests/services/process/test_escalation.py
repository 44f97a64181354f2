"""The head who stands in where no supervisor can decide."""

from datetime import date, timedelta

import pytest

from accounts.enums import Role
from accounts.models import Membership, User
from cases.enums import Stage
from cases.models import Assignment
from services import models
from services.enums import Act, State
from services.models import Decision
from tests import factories
from tests.services.process.acts import (
    TODAY,
    approved,
    fresh,
    proposed,
    send_back,
    submitted,
    with_closing_papers,
    with_selection_papers,
)
from tests.services.process.judges import (
    OTHERS,
    WORKED,
    every_judgement,
    now_also,
    ready,
    without_supervisors,
)
from tests.services.process.refusals import forbidden


def test_head_does_not_supervise_while_a_supervisor_is_eligible(walked, people):
    case = ready(walked, people)
    for judge in every_judgement(case, submitted(people, case), people.head):
        with forbidden(OTHERS):
            judge()
    with forbidden(OTHERS):
        send_back(people, walked.at(Stage.PLANNING), Stage.ASSESSMENT, by=people.head)


def escalated_acts(request):
    rows = Decision.objects.filter(request=request).order_by("pk")
    return list(rows.values_list("act", "decided_by", "is_escalated"))


@pytest.mark.parametrize("why", ["gone", "inactive", "ended", "future", "worker", "author"])
def test_head_supervises_where_the_last_supervisor_cannot(walked, people, why):
    case = ready(walked, people)
    both = Membership.objects.filter(role=Role.SUPERVISOR)
    if why == "gone":
        without_supervisors(people)
    elif why == "inactive":
        User.objects.filter(memberships__in=both).update(is_active=False)
    elif why == "ended":
        both.update(until_on=TODAY - timedelta(days=1))
    elif why == "future":
        both.update(since_on=TODAY + timedelta(days=1))
    elif why == "worker":
        Assignment.objects.bulk_create(
            Assignment(case=case, worker_id=pk, since_on=TODAY, until_on=TODAY, assigned_by=people.head)
            for pk in both.values_list("user", flat=True)
        )
    else:
        models.Assessment.objects.filter(case=case).update(author_ids=list(both.values_list("user", flat=True)))
    request = submitted(people, case)
    approved(people, request, by=people.head)
    assert fresh(case).stage == Stage.PLANNING
    assert escalated_acts(request) == [
        (Act.SUBMIT, people.worker.pk, False),
        (Act.APPROVE, people.head.pk, True),
    ]


def test_supervisor_with_another_membership_that_ended_is_still_eligible(walked, people):
    without_supervisors(people)
    both = now_also(people.supervisor, Role.SUPERVISOR)
    Membership.objects.create(
        user=both, institution=factories.institution(), role=Role.INSTRUCTOR, until_on=date(2020, 1, 1)
    )
    case = ready(walked, people)
    request = submitted(people, case)
    with forbidden(OTHERS):
        approved(people, request, by=people.head)


def test_escalated_decision_is_supervised_and_endorsed_in_one_act(walked, people):
    without_supervisors(people)
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case, "waiting_list"), by=people.head)
    assert request.state == State.ENDORSED
    assert escalated_acts(request) == [
        (Act.SUBMIT, people.worker.pk, False),
        (Act.APPROVE, people.head.pk, True),
        (Act.ENDORSE, people.head.pk, True),
    ]
    assert models.Supervision.objects.get(case=case, code="A.y").by == people.head


def test_escalated_closing_may_continue_the_round(walked, people):
    without_supervisors(people)
    case = with_closing_papers(walked, people)
    approved(people, proposed(people, case, "continue"), by=people.head)
    assert (fresh(case).stage, case.round) == (Stage.PLANNING, 2)


def test_head_who_is_the_only_supervisor_too_escalates(walked, people):
    without_supervisors(people)
    case = with_selection_papers(walked, people)
    request = approved(people, proposed(people, case), by=now_also(people.head, Role.SUPERVISOR))
    assert (request.state, [row[2] for row in escalated_acts(request)]) == (State.ENDORSED, [False, True, True])


def test_escalation_keeps_four_eyes(walked, people):
    """The head is the last one left, and was once the worker: nobody in the UPT may decide, a stand-in must."""
    without_supervisors(people)
    case = with_selection_papers(walked, people)
    request = proposed(people, case)
    Assignment.objects.create(case=case, worker=people.head, since_on=TODAY, until_on=TODAY, assigned_by=people.head)
    with forbidden(WORKED):
        approved(people, request, by=people.head)


def test_supervisors_of_another_upt_are_not_eligible(walked, people):
    without_supervisors(people)
    factories.team(factories.institution("LAIN"))
    case = ready(walked, people)
    request = submitted(people, case)
    assert approved(people, request, by=people.head).state == State.APPROVED
