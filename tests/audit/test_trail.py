"""Recording acts and readings, and asking for them."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, connection, transaction

from audit import trail
from audit.models import Access, Chain, Entry, EntryDetail, EntrySubject
from rehsos import clock
from tests.audit.acts import CASE, SRI, act, findings

CLIENT = trail.Subject("client", 5, "26-0005")
NINE = datetime(2026, 11, 24, 9, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_an_act_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError):
        trail.append(institution_id=1, by=SRI, verb="case.opened", subjects=[CASE])
    assert Entry.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_rolled_back_leaves_nothing():
    act()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        trail.append(institution_id=1, by=SRI, verb="case.closed", subjects=[CASE])
        raise ZeroDivisionError
    assert [entry.verb for entry in Entry.objects.all()] == ["case.opened"]
    assert (EntrySubject.objects.count(), EntryDetail.objects.count(), Chain.objects.get().seq) == (1, 1, 1)
    assert findings() == []


@pytest.mark.django_db
def test_an_entry_tells_who_did_what_to_whom_when_and_why():
    with clock.at(NINE):
        act(
            "case.submitted", subjects=[CLIENT, CASE], data={"stage": "intake", "due_on": NINE.date()}, reason="Lengkap"
        )
    entry = trail.entries_for("case", CASE.pk).get()
    assert (entry.institution_id, entry.seq, entry.at, entry.actor_id, entry.verb) == (1, 1, NINE, 7, "case.submitted")
    assert entry.told.actor_label == "Sri Wahyuni, S.Sos."
    assert entry.told.subjects == [CLIENT, CASE]
    assert entry.told.data == {"stage": "intake", "due_on": "2026-11-24"}
    assert entry.told.reason == "Lengkap"


@pytest.mark.django_db
def test_the_system_itself_may_act():
    entry = act(by=None)
    assert (entry.actor_id, entry.told.actor_label) == (None, "")


@pytest.mark.django_db
def test_a_subject_named_twice_counts_once():
    act(subjects=[CASE, CASE])
    assert EntrySubject.objects.count() == 1
    assert findings() == []


@pytest.mark.django_db
def test_every_institution_has_its_own_numbers_and_all_chains_hold():
    seqs = [act(institution_id=institution_id).seq for institution_id in (1, 2, 1, 1, 2)]
    assert seqs == [1, 1, 2, 3, 2]
    assert findings() == []


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 30])
def test_an_act_costs_the_same_however_many_it_is_about(django_assert_num_queries, count):
    act()
    subjects = [trail.Subject("case", pk, f"ANKN-2026-{pk:04}") for pk in range(count)]
    with transaction.atomic(), django_assert_num_queries(5):
        trail.append(institution_id=1, by=SRI, verb="session.held", subjects=subjects)


@pytest.mark.django_db
def test_history_comes_newest_first_with_its_words_in_one_query(django_assert_num_queries):
    for verb in ("case.opened", "case.submitted", "case.approved"):
        act(verb)
    act("case.opened", subjects=[trail.Subject("case", 12, "ANKN-2026-0012")])
    with django_assert_num_queries(1):
        told = [(entry.verb, entry.told.reason) for entry in trail.entries_for("case", CASE.pk)]
    assert told == [("case.approved", "Rujukan RS"), ("case.submitted", "Rujukan RS"), ("case.opened", "Rujukan RS")]


@pytest.mark.django_db
def test_a_list_of_fifty_is_recorded_in_one_query(django_assert_num_queries):
    subjects = [trail.Subject("case", pk, f"ANKN-2026-{pk:04}") for pk in range(50)]
    with django_assert_num_queries(1):
        trail.seen(by=SRI, institution_id=1, page="services:case_list", subjects=subjects)
    assert Access.objects.count() == 50


@pytest.mark.django_db
def test_readings_of_a_file_come_newest_first():
    for hour in (8, 10, 9):
        with clock.at(NINE.replace(hour=hour)):
            trail.seen(by=SRI, institution_id=1, page="services:case", subjects=[CASE, CLIENT])
    readings = trail.accesses_for("case", CASE.pk)
    assert [reading.at.hour for reading in readings] == [10, 9, 8]
    assert {(r.actor_id, r.actor_label, r.institution_id, r.page, r.label) for r in readings} == {
        (7, "Sri Wahyuni, S.Sos.", 1, "services:case", "ANKN-2026-0011")
    }


@pytest.mark.django_db
def test_a_page_without_subjects_records_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        trail.seen(by=SRI, institution_id=1, page="services:case_list", subjects=[])


@pytest.mark.django_db
def test_a_reading_that_cannot_be_recorded_is_an_error():
    with pytest.raises(IntegrityError), transaction.atomic():
        trail.seen(by=SRI, institution_id=None, page="services:case", subjects=[CASE])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (trail.accesses_for("case", 11), "access_who_saw_it"),
        (Access.objects.filter(actor_id=7).order_by("-at", "-pk"), "access_what_they_saw"),
        (EntrySubject.objects.filter(kind="case", subject_id=11).order_by("-entry_id"), "entrysubject_history"),
    ],
)
def test_questions_are_answered_from_an_index_without_sorting(rows, index):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    plan = rows.explain()
    assert index in plan
    assert "Sort" not in plan and "TEMP B-TREE" not in plan
