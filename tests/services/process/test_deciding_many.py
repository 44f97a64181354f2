"""Many decisions, each an act of its own."""

import pytest

from audit.models import Entry
from cases.enums import Stage
from rehsos import doors
from services import models, transitions
from services.demo import walk
from services.transitions.deciding_many import Choice
from tests import factories
from tests.services.process.acts import fresh, submitted


@pytest.fixture
def three(walked, people):
    """Three cases in assessment: B.e is owed on each."""
    others = [
        factories.case(people, Stage.ASSESSMENT, factories.client(people, name=name)) for name in ("Bayu", "Cipto")
    ]
    return [walked.at(Stage.ASSESSMENT), *others]


@pytest.fixture
def asked(people, three):
    for case in three:
        walk.assessment(people, case)
        submitted(people, case)
    return [case.requests.latest("pk") for case in three]


def choice(request, by, **changes):
    words = {
        "state": request.state,
        "is_return": False,
        "note": "Memadai.",
        "version": request.case.version,
        "key": doors.form_key(by, "decide_many", request),
    }
    return Choice(request=request, **{**words, **changes})


def test_each_request_is_decided_by_itself_and_the_failed_are_named(people, three, asked):
    by = people.supervisor
    before = Entry.objects.count()
    choices = [
        choice(asked[0], by),
        choice(asked[1], by, note=""),
        choice(asked[2], by, is_return=True, note="Lengkapi sumber data."),
    ]
    answers = transitions.decide_many(choices=choices, by=by)
    assert [answer.why_not for answer in answers] == ["", "Isi catatan supervisi: B.e belum diberikan.", ""]
    assert str(answers[1]).startswith(f"{three[1].client.name} ({three[1].number}): Isi catatan")
    assert [fresh(row).state for row in asked] == ["approved", "submitted", "returned"]
    assert Entry.objects.count() - before == 2


def test_who_was_faster_is_named_and_forbidden_ones_are_told(people, asked):
    by = people.supervisor
    transitions.approve(request=asked[0], by=people.other_supervisor, version=asked[0].case.version, note="Baik.")
    models.Assessment.objects.filter(case=asked[1].case).update(author_ids=[by.pk])
    choices = [choice(asked[0], by), choice(asked[1], by), choice(asked[2], by, version=99)]
    told = [answer.why_not for answer in transitions.decide_many(choices=choices, by=by)]
    assert (
        told[0].startswith("Pengajuan ini sudah diputus: disetujui supervisor. (oleh Supervisor2 Ankn)")
        or "berpindah" in told[0]
    )
    assert told[1].startswith("Anda ikut menulis")
    assert told[2].startswith("Kasus ini sudah berpindah")


def test_page_that_showed_an_approval_endorses_nothing(walked, people):
    """Meanwhile somebody else approved: the head who would have decided alone is told, not made to endorse."""
    case = walked.at(Stage.INTAKE)
    walk.fill(people, case, models.AdminChecklist, models.Eligibility)
    request = transitions.decide(case=case, way="accepted", reason="Layak", by=people.worker, version=1)
    shown = choice(request, people.head)
    transitions.approve(request=request, by=people.supervisor, version=1, note="Layak.")
    [answer] = transitions.decide_many(choices=[shown], by=people.head)
    assert answer.why_not and fresh(request).state == "awaiting_head"
    [answer] = transitions.decide_many(choices=[choice(fresh(request), people.head)], by=people.head)
    assert answer.why_not == "" and fresh(request).state == "endorsed"


def test_decided_twice_counts_once(people, asked):
    by = people.supervisor
    choices = [choice(row, by) for row in asked]
    before = Entry.objects.count()
    for _time in range(3):
        assert [answer.why_not for answer in transitions.decide_many(choices=choices, by=by)] == ["", "", ""]
    assert Entry.objects.count() - before == 3


def test_case_out_of_sight_is_told_like_any_other(people, asked):
    by = factories.team(factories.institution("LAIN")).supervisor
    [answer] = transitions.decide_many(choices=[choice(asked[0], by)], by=by)
    assert answer.why_not == "Kasus tidak ditemukan."
