"""Stand-ins decide like the post they fill, as long as they stay out of their own work; and it is kept as what."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from accounts import standins
from accounts.enums import InstitutionKind, Role, StandInKind
from accounts.models import Membership, User
from audit.models import Entry
from cases import registry
from cases.enums import Stage
from cases.models import Case
from rehsos import clock
from services import models, permissions, transitions
from services.demo import walk
from services.enums import Act, State
from services.models import Decision, Supervision
from tests import factories
from tests.services.process.acts import (
    TODAY,
    approved,
    endorsed,
    fresh,
    proposed,
    send_back,
    submitted,
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
    ready,
    without_supervisors,
)
from tests.services.process.lending import lend
from tests.services.process.refusals import forbidden

HEADS = ("plt", "plh")
SUPERVISORS = ("supervisor", "plh_section")
OWN_WORK = {"requester": ASKED, "former worker": WORKED, "author": WROTE}


def tie(people, case: Case, how: str) -> User:
    """Somebody who may not judge this case, and why."""
    if how == "requester":
        return people.worker
    if how == "former worker":
        registry.assign(case=case, worker=people.other_worker, by=people.supervisor)
        registry.assign(case=case, worker=people.worker, by=people.supervisor, only=True)
    return people.other_worker


def write_in(person: User, *kinds) -> None:
    for kind in kinds:
        kind.objects.update(author_ids=[person.pk])


# --- Nobody on their own work, by any of the four kinds ---
@pytest.mark.parametrize("what", [*SUPERVISORS, *HEADS])
@pytest.mark.parametrize("how", OWN_WORK)
def test_stand_in_judges_no_end_of_stage_of_their_own(walked, people, how, what):
    case = walked.at(Stage.ASSESSMENT)
    person = tie(people, case, how)
    walk.assessment(people, case)
    if how == "author":
        write_in(person, models.Assessment)
    request = submitted(people, case)
    if how == "requester":
        registry.assign(case=case, worker=people.other_worker, by=people.supervisor, only=True)
    if what in HEADS:
        without_supervisors(people)
    by = lend(people, person, what)
    if what in HEADS:
        without_supervisors(people)
    for judge in every_judgement(case, request, by):
        with forbidden(OWN_WORK[how]):
            judge()


@pytest.mark.parametrize("what", [*SUPERVISORS, *HEADS])
def test_stand_in_sends_no_case_of_their_own_back(walked, people, what):
    by = lend(people, people.worker, what)
    if what in HEADS:
        without_supervisors(people)
    with forbidden(WORKED):
        send_back(people, walked.at(Stage.PLANNING), Stage.ASSESSMENT, by=by)


@pytest.mark.parametrize("what", HEADS)
@pytest.mark.parametrize("how", OWN_WORK)
def test_stand_in_of_the_head_endorses_nothing_of_their_own(walked, people, how, what):
    case = walked.at(Stage.INTAKE)
    person = tie(people, case, how)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    if how == "author":
        write_in(person, models.Eligibility)
    request = approved(people, proposed(people, case))
    by = lend(people, person, what)
    for act in (
        lambda: endorsed(people, request, by=by),
        lambda: transitions.give_back(request=request, by=by, version=1, reason="Kurang"),
    ):
        with forbidden(OWN_WORK[how]):
            act()


@pytest.mark.parametrize("what", HEADS)
def test_stand_in_of_the_head_endorses_nothing_they_approved(walked, people, what):
    request = approved(people, proposed(people, with_selection_papers(walked, people)))
    by = lend(people, people.supervisor, what)
    with forbidden(SUPERVISED):
        endorsed(people, request, by=by)


def test_stand_in_of_a_supervisor_who_approved_does_not_endorse_as_plh_either(walked, people):
    case = with_selection_papers(walked, people)
    by = lend(people, people.other_worker, "supervisor")
    request = approved(people, proposed(people, case), by=by)
    by = lend(people, people.other_worker, "plh")
    with forbidden(SUPERVISED):
        endorsed(people, request, by=by)
    assert endorsed(people, request).state == State.ENDORSED


def test_supervisor_who_stands_in_for_the_head_approves_no_decision_as_supervisor(walked, people):
    """Whoever endorses did not also supervise: they count as the head."""
    request = proposed(people, with_selection_papers(walked, people))
    by = lend(people, people.supervisor, "plh")
    with forbidden(OTHERS):
        approved(people, request, by=by)
    request = approved(people, request, by=people.other_supervisor)
    assert endorsed(people, request, by=by).state == State.ENDORSED


# --- What they may, and what is kept of it ---
@pytest.mark.parametrize("what", SUPERVISORS)
def test_stand_in_of_a_supervisor_approves_and_signs_in_that_capacity(walked, people, what):
    case = ready(walked, people)
    by = lend(people, people.other_worker, what)
    approved(people, submitted(people, case), by=by)
    decision = Decision.objects.get(act=Act.APPROVE, decided_by=by)
    kind = "plh" if what == "plh_section" else "supervisor"
    assert (decision.capacity, decision.is_escalated) == (kind, False)
    assert [row.capacity for row in Supervision.objects.filter(by=by)] == [kind]
    assert fresh(case).stage == Stage.PLANNING
    entry = Entry.objects.filter(verb="request.approved").last()
    assert (entry.actor_id, entry.told.data["capacity"]) == (by.pk, kind)


@pytest.mark.parametrize("what", HEADS)
def test_stand_in_of_the_head_endorses_in_that_capacity(walked, people, what):
    request = approved(people, proposed(people, with_selection_papers(walked, people)))
    by = lend(people, people.other_worker, what)
    endorsed(people, request, by=by)
    decision = Decision.objects.get(act=Act.ENDORSE, request=request)
    assert (decision.decided_by, decision.capacity) == (by, what)
    assert Entry.objects.filter(verb="request.endorsed").last().told.data["capacity"] == what


def test_return_keeps_the_capacity_at_both_desks(walked, people):
    case = with_selection_papers(walked, people)
    first = proposed(people, case)
    by = lend(people, people.other_worker, "supervisor")
    transitions.give_back(request=first, by=by, version=1, reason="Kurang")
    request = approved(people, proposed(people, case))
    plh = lend(people, people.other_supervisor, "plh")
    transitions.give_back(request=request, by=plh, version=1, reason="Kurang")
    returns = Decision.objects.filter(act=Act.RETURN).order_by("pk")
    assert [(row.decided_by, row.capacity) for row in returns] == [(by, "supervisor"), (plh, "plh")]


def test_head_s_stand_in_decides_alone_where_no_supervisor_is_eligible(walked, people):
    request = proposed(people, with_selection_papers(walked, people))
    by = lend(people, people.other_worker, "plh")
    without_supervisors(people)
    assert approved(people, request, by=by).state == State.ENDORSED
    told = Decision.objects.filter(decided_by=by).order_by("pk").values_list("act", "capacity", "is_escalated")
    assert list(told) == [("approve", "plh", True), ("endorse", "plh", True)]
    assert {row.capacity for row in Supervision.objects.filter(by=by)} == {"plh"}


def test_holders_of_a_post_decide_without_any_capacity(walked, people):
    case = ready(walked, people)
    lend(people, people.other_worker, "supervisor")
    approved(people, submitted(people, case))
    assert set(Decision.objects.values_list("capacity", flat=True)) == {""}
    assert set(Supervision.objects.filter(case=case).values_list("capacity", flat=True)) == {""}


def test_supervisor_who_stands_in_for_the_head_still_signs_as_supervisor(walked, people):
    case = ready(walked, people)
    by = lend(people, people.supervisor, "plh")
    request = approved(people, submitted(people, case), by=by)
    assert Decision.objects.get(act=Act.APPROVE, request=request).capacity == ""


def test_mandate_decides_nothing(walked, people):
    request = approved(people, proposed(people, with_selection_papers(walked, people)))
    values = {
        "holder": people.other_supervisor,
        "papers": ["assessment"],
        "since_on": TODAY,
        "until_on": TODAY,
        "order_number": "",
    }
    standins.enter(kind=StandInKind.MANDATE, values=values, by=people.head)
    with forbidden(NO_HEAD):
        endorsed(people, request, by=User.objects.get(pk=people.other_supervisor.pk))
    decision = Decision.objects.filter(act=Act.APPROVE).last()
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            request=request,
            act=Act.ENDORSE,
            requested_by=people.worker,
            decided_by=decision.decided_by,
            capacity=StandInKind.MANDATE,
        )


def test_before_and_after_their_days_they_decide_nothing(walked, people):
    case = ready(walked, people)
    request = submitted(people, case)
    by = lend(people, people.other_worker, "supervisor", since_on=TODAY + timedelta(days=1))
    for days, may in ((0, False), (1, True), (5, True), (6, False)):
        with clock.at(clock.now() + timedelta(days=days)):
            person = User.objects.get(pk=by.pk)
            assert Case.objects.visible_to(person).filter(pk=case.pk).exists() == may
            assert (permissions.why_not_supervise(person, case, [], request) == "") == may
    assert permissions.why_not_supervise(by, case, [], request) == NO_SUPERVISOR


def test_colleague_of_the_dinas_supervises_here_and_reads_nothing_before(walked, people):
    office = factories.institution("DINSOS", kind=InstitutionKind.DINAS)
    colleague = factories.user("rekan", Role.PROVINCE, upt=office)
    case = ready(walked, people)
    request = submitted(people, case)
    with pytest.raises(Http404):
        approved(people, request, by=colleague)
    by = lend(people, colleague, "supervisor")
    assert approved(people, request, by=by).state == State.APPROVED
    assert Entry.objects.filter(actor_id=colleague.pk).last().institution_id == case.institution_id


# --- Who is away counts as nobody who could decide ---
def test_case_of_the_only_supervisor_s_stand_in_goes_to_the_head(walked, people):
    Membership.objects.filter(user=people.other_supervisor).delete()
    case = ready(walked, people)
    request = submitted(people, case)
    with forbidden(OTHERS):
        approved(people, request, by=people.head)
    by = lend(people, people.worker, "supervisor")
    User.objects.filter(username="kasi").update(is_active=False)
    with forbidden(ASKED):
        approved(people, request, by=by)
    approved(people, request, by=people.head)
    assert Decision.objects.get(act=Act.APPROVE, request=request).is_escalated


def test_eligible_stand_in_keeps_the_head_from_deciding_alone(walked, people):
    case = ready(walked, people)
    request = submitted(people, case)
    lend(people, people.other_worker, "supervisor")
    without_supervisors(people)
    with forbidden(OTHERS):
        approved(people, request, by=people.head)
