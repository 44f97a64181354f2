"""What the database itself refuses should code ever forget: versions, four eyes, one of a kind, facts that stay."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from cases.enums import Outcome, Stage
from cases.models import Case, Stay
from services import models
from services.demo import walk
from services.enums import Act, Kind, Move, State
from services.models import Activity, Decision, Request, Supervision, Transition
from tests.services.process.acts import TODAY, fresh, proposed, submitted, supervise, with_selection_papers


def broken(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


def transition(case, **values):
    words = {"move": Move.FORWARD, "from_stage": case.stage, "to_stage": case.stage, "round": 1, "on": TODAY}
    by = case.transitions.first().by
    return Transition(**{"case": case, "version": case.version + 1, "by": by, **words, **values})


def test_version_of_a_case_is_given_once(walked):
    case = walked.at(Stage.ASSESSMENT)
    broken(lambda: transition(case, version=case.version).save())


def test_move_is_of_a_known_kind(walked):
    broken(lambda: transition(walked.at(Stage.ASSESSMENT), move="teleport").save())


@pytest.mark.parametrize("act", [Act.APPROVE, Act.RETURN, Act.ENDORSE])
def test_nobody_decides_on_their_own_request(walked, people, act):
    request = proposed(people, with_selection_papers(walked, people))
    own = {"request": request, "act": act, "requested_by": people.worker}
    broken(lambda: Decision.objects.create(decided_by=people.worker, **own))
    assert Decision.objects.create(decided_by=people.supervisor, **own).pk


def test_act_is_of_a_known_kind(walked, people):
    request = proposed(people, with_selection_papers(walked, people))
    broken(
        lambda: Decision.objects.create(request=request, act="nod", requested_by=people.worker, decided_by=people.head)
    )


def test_one_request_of_a_case_waits(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    walk.assessment(people, case)
    first = submitted(people, case)
    words = {"case": case, "stage": case.stage, "round": 1, "case_version": 2, "requested_by": people.worker}
    for state in (State.SUBMITTED, State.AWAITING_HEAD):
        broken(lambda state=state: Request.objects.create(kind=Kind.STAGE, state=state, **words))
    assert Request.objects.create(kind=Kind.STAGE, state=State.RETURNED, **words).pk != first.pk
    broken(lambda: Request.objects.create(kind="wish", state=State.RETURNED, **words))
    broken(lambda: Request.objects.create(kind=Kind.STAGE, state="lost", **words))


@pytest.mark.parametrize(
    "values",
    [
        {"stage": "limbo"},
        {"status": "lost"},
        {"round": 0},
        {"closed_on": TODAY},
        {"outcome": Outcome.MOVED},
        {"episode": 1, "client": None},
    ],
)
def test_case_is_whole(walked, values):
    case = walked.at(Stage.ASSESSMENT)
    broken(lambda: Case.objects.filter(pk=case.pk).update(**values))


def test_client_has_one_open_case_and_each_episode_once(walked, people):
    case = walked.at(Stage.ASSESSMENT)
    words = {
        "client": case.client,
        "institution": case.institution,
        "service_kind": case.service_kind,
        "first_contact_on": TODAY,
        "opened_on": TODAY,
        "stage_since_on": TODAY,
    }
    broken(lambda: Case.objects.create(number="A", episode=2, **words))
    ended = {"closed_on": TODAY, "outcome": Outcome.MOVED}
    broken(lambda: Case.objects.create(number="B", episode=1, **words, **ended))
    broken(lambda: Case.objects.create(number=case.number, episode=2, **words, **ended))
    assert Case.objects.create(number="C", episode=2, **words, **ended).pk


def test_stay_is_whole_and_one_runs(walked):
    case = walked.at(Stage.ASSESSMENT)
    stay = Stay.objects.filter(case=case)
    broken(lambda: stay.update(left_on=TODAY))
    broken(lambda: stay.update(end="completed"))
    broken(lambda: stay.update(left_on=TODAY - timedelta(days=1), end="completed"))
    broken(lambda: Stay.objects.create(case=case, institution=case.institution, placed_on=date(2026, 4, 1)))


def test_record_writes_each_activity_once(walked, people, save):
    row = save(walked.at(Stage.ASSESSMENT), models.Assessment)
    words = {"institution": people.worker.institution, "code": "B.d", "on": TODAY, "by": people.worker}
    broken(lambda: Activity.objects.create(record_kind="assessment", record_id=row.pk, **words))
    broken(lambda: Activity.objects.create(record_kind="assessment", **words))
    broken(lambda: Activity.objects.create(record_id=row.pk, **words))


def test_facts_are_added_and_never_changed(walked, people):
    """Transitions, decisions and sign-offs: the trigger refuses what no code should try."""
    case = walked.at(Stage.ASSESSMENT)
    supervise(people, case)
    for rows, change in (
        (Transition.objects.filter(case=case), {"reason": "Lain"}),
        (Decision.objects.filter(request__case=case), {"note": "Lain"}),
        (Supervision.objects.filter(case=case), {"note": "Lain"}),
    ):
        keys = list(rows.values_list("pk", flat=True))
        assert keys
        for act in (
            lambda rows=rows, keys=keys, change=change: rows.model.objects.filter(pk__in=keys).update(**change),
            lambda rows=rows, keys=keys: rows.model.objects.filter(pk__in=keys)._raw_delete(rows.db),
        ):
            with pytest.raises(DatabaseError, match="is append-only"), transaction.atomic():
                act()
    assert fresh(case).version == 2
