"""Reading a stage at once gives exactly what the tables give one by one."""

import pytest

from cases.enums import Stage
from services import reading, records
from services.demo import walk
from services.models.record import digest
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", Stage)
def test_stage_read_at_once_is_what_each_table_says(stage, django_assert_num_queries):
    people = factories.team()
    case = factories.case(people, stage)
    walk.STEPS[stage](people, case)

    with django_assert_num_queries(1):
        found = reading.of_stage(case, stage)
        said = {kind: [(record.content(), record.author.full_name) for record in rows] for kind, rows in found.items()}

    one_by_one = {kind: list(kind.of(case)) for kind in records.of_stage(stage)}
    assert said == {kind: [(row.content(), row.author.full_name) for row in rows] for kind, rows in one_by_one.items()}
    for kind, rows in found.items():
        columns = [field.attname for field in kind._meta.concrete_fields]
        assert [[_typed(row, name) for name in columns] for row in rows] == [
            [_typed(row, name) for name in columns] for row in one_by_one[kind]
        ]
        assert digest(rows) == digest(one_by_one[kind])


def _typed(row, name):
    return type(getattr(row, name)), getattr(row, name)


def test_referrals_are_read_with_their_dates():
    people = factories.team()
    case = factories.case(people, Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "refer")
    saved = walk.paper(people, case, walk.models.Referral)
    (read,) = reading.of_stage(case, Stage.CLOSING)[walk.models.Referral]
    assert (read.sent_on, read.left_on, read.is_consented) == (saved.sent_on, saved.left_on, True)


def test_earlier_round_is_read_apart():
    people = factories.team()
    case = factories.case(people, Stage.CLOSING)
    walk.evaluation(people, case)
    walk.decide(people, case, "continue")
    goal = walk.models.Goal
    assert reading.of_stage(case, Stage.PLANNING)[goal] == []
    assert len(reading.of_stage(case, Stage.PLANNING, 1)[goal]) == 2


def test_author_reads_what_was_not_asked_for_when_it_is_needed():
    people = factories.team()
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    (record,) = reading.of_stage(case, Stage.ASSESSMENT)[walk.models.Assessment]
    assert record.author.username == people.worker.username
