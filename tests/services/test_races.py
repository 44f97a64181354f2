"""Several people at the same moment: one effect, and words for the rest.

Eight rounds each; two hundred with ``-m heavy``.
"""

from functools import partial

import pytest

from accounts.enums import Role
from audit.models import Entry
from audit.verify import Walk
from cases import registry
from cases.enums import Sex, Stage, WayIn
from cases.models import Assignment, Case, Client
from rehsos.doors import Refused, Stale
from services import models, recording, transitions
from services.demo import walk
from services.demo.words import PAPERS
from services.models import Request
from tests import factories
from tests.services.racing import ROUNDS, at_once, expect_whole_trail, send_back, submit, told

pytestmark = pytest.mark.django_db(transaction=True)

WAITS = "Masih ada pengajuan yang menunggu pada kasus ini."


@pytest.fixture
def people(db):
    return factories.team()


@pytest.fixture
def assessed(people):
    """A case whose assessment is complete, with two workers."""
    case = factories.case(people, Stage.ASSESSMENT)
    walk.assessment(people, case)
    registry.assign(case=case, worker=people.other_worker, by=people.supervisor)
    return case


# --- One winner -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_four_approvers_one_wins_and_three_learn_who_was_faster(people, assessed, rounds):
    section_head = factories.user("kasi", Role.SECTION_HEAD)
    third = factories.user("supervisor3", Role.SUPERVISOR)
    approvers = [people.supervisor, people.other_supervisor, section_head, third]
    for _ in range(rounds):
        request = submit(people, assessed)
        approve = partial(transitions.approve, request=request, version=assessed.version, note="Memadai")
        answers = at_once(*(partial(approve, by=by) for by in approvers))
        assert told(answers) == {"done": 1, "Pengajuan ini sudah diputus: disetujui supervisor.": 3}
        winner = next(answer for answer in answers if isinstance(answer, Request))
        fastest = winner.decisions.get(act="approve").decided_by.full_name
        assert {answer.by for answer in answers if isinstance(answer, Stale)} == {fastest}
        assert winner.supervisions.count() == winner.transitions.count() == 1
        send_back(people, assessed)
    expect_whole_trail(assessed)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_approval_return_and_withdrawal_exclude_each_other(people, assessed, rounds):
    for _ in range(rounds):
        request = submit(people, assessed)
        words = {"request": request, "version": assessed.version}
        answers = at_once(
            partial(transitions.approve, by=people.supervisor, note="Memadai", **words),
            partial(transitions.give_back, by=people.other_supervisor, reason="Belum", **words),
            partial(transitions.withdraw, by=people.worker, request=request),
        )
        assert [isinstance(answer, Request) for answer in answers].count(True) == 1
        assert [isinstance(answer, Stale) for answer in answers].count(True) == 2
        assert Request.objects.get(pk=request.pk).decisions.count() == 2
        assessed.refresh_from_db()
        if assessed.stage == Stage.PLANNING:
            send_back(people, assessed)
    expect_whole_trail(assessed)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_two_requests_one_waits(people, assessed, rounds):
    for _ in range(rounds):
        assessed.refresh_from_db()
        ask = partial(transitions.submit, case=assessed, version=assessed.version)
        answers = at_once(partial(ask, by=people.worker), partial(ask, by=people.other_worker))
        assert told(answers) == {"done": 1, WAITS: 1}
        waiting = next(answer for answer in answers if isinstance(answer, Request))
        transitions.withdraw(request=waiting, by=people.worker)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_of_two_workers_on_one_record_the_later_learns_of_the_earlier(people, assessed, rounds):
    pk = models.Assessment.of(assessed).get().pk
    for turn in range(rounds):
        words = {"case": assessed, "kind": models.Assessment, "record_id": pk, "version": turn + 1}
        answers = at_once(
            *(
                partial(recording.save_record, values={"recommendation": by.name}, by=by, **words)
                for by in (people.worker, people.other_worker)
            )
        )
        assert told(answers) == {"done": 1, "Catatan ini sudah diubah sejak Anda membukanya.": 1}
        winner = next(answer for answer in answers if isinstance(answer, models.Assessment))
        kept = models.Assessment.objects.get(pk=pk)
        assert (kept.version, kept.recommendation, kept.author) == (turn + 2, winner.author.name, winner.author)
        assert kept.findings.count() == 4
    expect_whole_trail(assessed)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_submitting_and_changing_a_record_exclude_each_other(people, assessed, rounds):
    """Either the change is in what was asked for, or the request has frozen the record first."""
    for _ in range(rounds):
        assessed.refresh_from_db()
        row = models.Assessment.of(assessed).get()
        words = {"case": assessed, "version": assessed.version}
        change = {"record_id": row.pk, "version": row.version, "values": {"recommendation": f"Ke-{row.version}"}}
        request, change = at_once(
            partial(transitions.submit, by=people.worker, **words),
            partial(recording.save_record, case=assessed, kind=models.Assessment, by=people.other_worker, **change),
        )
        assert isinstance(request, Request)
        if isinstance(change, Exception):
            assert change.reasons == ["Isi tahap terkunci karena sedang diajukan."]
        transitions.approve(request=request, by=people.supervisor, version=assessed.version, note="Memadai")
        send_back(people, assessed)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_client_gets_one_case_whoever_opens_it(people, rounds):
    today = people.worker.institution.today()
    for _ in range(rounds):
        words = {"client": factories.client(people), "way_in": WayIn.OWN_WISH, "first_contact_on": today}
        openers = (people.supervisor, people.other_supervisor, people.head)
        answers = at_once(*(partial(transitions.open, by=by, **words) for by in openers))
        refusals = [answer for answer in answers if isinstance(answer, Refused)]
        assert [refusal.reasons for refusal in refusals] == [["Klien ini masih mempunyai kasus yang terbuka."]] * 2
    numbers = list(Case.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == [f"ANKN-{today.year}-{number:04d}" for number in range(1, rounds + 1)]


@pytest.mark.parametrize("rounds", ROUNDS)
def test_one_nik_is_entered_once(people, rounds):
    for turn in range(rounds):
        values = {"name": "Suharto", "sex": Sex.MALE, "estimated_age": 16, "nik": f"35151209030{turn:05d}"}
        enter = partial(registry.register, values=values, primary="street_child")
        answers = at_once(partial(enter, by=people.worker), partial(enter, by=people.head))
        refusals = [answer.reasons for answer in answers if isinstance(answer, Refused)]
        assert refusals == [["NIK ini sudah terdaftar di UPT ini; cari dahulu kliennya."]]
    assert Client.objects.count() == rounds


@pytest.mark.parametrize("rounds", ROUNDS)
def test_caseload_is_handed_over_once(people, rounds):
    cases = [walk.open_case(people, factories.client(people)) for _ in range(3)]
    third = factories.user("pekerja3", Role.SOCIAL_WORKER)
    holder, takers = people.worker, [people.other_worker, third]
    for _ in range(rounds):
        hand_over = partial(registry.hand_over, from_worker=holder)
        answers = at_once(
            partial(hand_over, to_worker=takers[0], by=people.supervisor),
            partial(hand_over, to_worker=takers[1], by=people.head),
        )
        assert sorted(map(str, answers)) == ["3", f"Tidak ada kasus terbuka yang ditangani {holder.full_name}."]
        open_rows = Assignment.objects.filter(until_on=None)
        assert open_rows.count() == len(cases)
        new = takers[answers.index(3)]
        assert set(open_rows.values_list("worker", flat=True)) == {new.pk}
        holder, takers = new, [*(taker for taker in takers if taker != new), holder]


# --- No circle of waiting -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rounds", ROUNDS)
def test_different_acts_on_the_same_cases_wait_for_each_other_and_all_end(people, rounds):
    """Sessions with the same cases in opposite order, a record, new cases in two UPTs: nobody waits in a circle."""
    today = people.worker.institution.today()
    first, second = factories.case(people, Stage.PLANNING), factories.case(people, Stage.PLANNING)
    others = factories.team(factories.institution("LAIN"))
    values = {**PAPERS[models.Goal](first)[0], "on": today}
    before = Entry.objects.count()
    for _ in range(rounds):
        answers = at_once(
            lambda: recording.log_activity(code="D.p", by=people.worker, on=today, cases=[first, second]),
            lambda: recording.log_activity(code="D.p", by=people.supervisor, on=today, cases=[second, first]),
            lambda: recording.save_record(case=first, kind=models.Goal, values=values, by=people.worker),
            lambda: walk.open_case(people, factories.client(people)),
            lambda: walk.open_case(others, factories.client(others)),
            lambda: registry.assign(case=second, worker=people.other_worker, by=people.supervisor),
        )
        assert told(answers) == {"done": 6}
    assert Entry.objects.count() == before + 8 * rounds
    for case in (first, second):
        expect_whole_trail(case)
    assert list(Walk(others.worker.institution.pk).problems()) == []
