"""Many sign-offs in one act: what it gives, what it refuses, once and in time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from accounts.enums import Role
from accounts.models import Membership, User
from audit.models import Entry, EntrySubject
from cases import registry
from cases.enums import Stage
from rehsos import doors
from services import gates, models, transitions
from services.demo import walk
from services.models import Activity, Supervision
from services.situation import Situation
from services.workflow import PAIRS
from tests import factories
from tests.services.process.acts import TODAY, fresh, send_back, submitted, supervise
from tests.services.process.judges import NO_SUPERVISOR, OTHERS, WORKED, now_also, without_supervisors
from tests.services.process.lending import lend
from tests.services.process.refusals import forbidden, not_found, refused

MOVED = "Kasus ini sudah berpindah sejak halaman Anda dibuka."
NOTHING = "Tidak ada supervisi yang masih terutang."


@pytest.fixture
def three(walked, people):
    """Three cases in assessment: B.e is owed on each."""
    others = [
        factories.case(people, Stage.ASSESSMENT, factories.client(people, name=name)) for name in ("Bayu", "Cipto")
    ]
    return [walked.at(Stage.ASSESSMENT), *others]


def give(people, cases, **changes):
    words = {
        "versions": {case.pk: fresh(case).version for case in cases},
        "note": "Dibahas bersama pada rapat supervisi.",
        "by": people.supervisor,
        "on": TODAY,
    }
    return transitions.supervise_many(cases=cases, **{**words, **changes})


def given_to(cases):
    """The sign-offs of the present dwelling."""
    return Supervision.objects.filter(case__in=cases, case_version=F("case__version")).order_by("case_id", "pk")


def codes(cases):
    return [(row.case_id, row.code, row.note) for row in given_to(cases)]


def named(case, words):
    return f"{case.client.shown_name} ({case.number}): {words}"


# --- What it gives ---
def test_one_note_signs_every_case_and_is_work_on_each(people, three):
    given = give(people, three, directions="Lengkapi sumber data.")
    assert (len(given.signed), given.cases, given.failed) == (3, 3, [])
    assert codes(three) == [(case.pk, "B.e", "Dibahas bersama pada rapat supervisi.") for case in sorted_by_pk(three)]
    assert {row.directions for row in given.signed} == {"Lengkapi sumber data."}
    assert all(gates.signed(Situation(fresh(case)), "B.e") for case in three)
    assert Activity.objects.filter(code="B.e", links__case__in=three, by=people.supervisor).count() == 3


def sorted_by_pk(cases):
    return sorted(cases, key=lambda case: case.pk)


def test_one_entry_tells_of_all_cases_and_clients(people, three):
    before = Entry.objects.count()
    give(people, three)
    entry = Entry.objects.latest("pk")
    assert (Entry.objects.count() - before, entry.verb, entry.actor_id) == (
        1,
        "supervision.given_to_many",
        people.supervisor.pk,
    )
    about = set(EntrySubject.objects.filter(entry=entry).values_list("kind", "subject_id"))
    assert about == {("case", case.pk) for case in three} | {("client", case.client_id) for case in three}
    assert entry.told.data == {"signed": {case.number: ["B.e"] for case in three}}


def test_each_bimbingan_of_every_plan_is_signed_or_only_the_codes_chosen(walked, people):
    case = walked.at(Stage.INTERVENTION)
    planned = [PAIRS[bimbingan].supervision for bimbingan in Situation(case).planned]
    assert len(planned) > 1
    give(people, [case], codes=planned[:1])
    assert [row[1] for row in codes([case])] == planned[:1]
    give(people, [case])
    assert sorted(row[1] for row in codes([case])) == sorted(planned)
    assert gates.unsigned(Situation(fresh(case))) == []


def test_exceptions_are_a_note_of_one_s_own_or_not_this_one(people, three):
    first, second, third = three
    give(people, three, exceptions={first.pk: "Perlu kunjungan rumah.", third.pk: None})
    assert {(pk, note) for pk, _code, note in codes(three)} == {
        (first.pk, "Perlu kunjungan rumah."),
        (second.pk, "Dibahas bersama pada rapat supervisi."),
    }


def test_what_others_signed_meanwhile_is_not_signed_again(people, three):
    supervise(people, three[0], by=people.other_supervisor)
    with refused(named(three[0], NOTHING)):
        give(people, three)
    assert codes(three)[0][2] == "Dibahas bersama." and len(codes(three)) == 1


def test_stand_in_signs_many_in_that_capacity(people, three):
    by = lend(people, people.other_worker, "supervisor")
    give(people, three, by=by)
    assert {row.capacity for row in given_to(three)} == {"supervisor"}


def test_head_signs_many_where_no_supervisor_is_eligible(people, three):
    with refused(*(named(case, OTHERS) for case in sorted_by_pk(three))):
        give(people, three, by=people.head)
    without_supervisors(people)
    assert give(people, three, by=people.head).cases == 3


# --- All or nothing, and partly ---
@pytest.fixture
def own(people, three):
    """The second of three is a case of the supervisor themselves, who was its worker before."""
    Membership.objects.create(user=people.supervisor, institution=factories.institution(), role=Role.SOCIAL_WORKER)
    registry.assign(case=three[1], worker=people.supervisor, by=people.head)
    registry.assign(case=three[1], worker=people.worker, by=people.head, only=True)
    return User.objects.get(pk=people.supervisor.pk)


def test_one_s_own_case_holds_back_all_of_them(people, three, own):
    with refused(named(three[1], WORKED)):
        give(people, three, by=own)
    assert codes(three) == []


def test_partly_signs_the_others_and_names_the_one(people, three, own):
    given = give(people, three, by=own, partly=True)
    assert (given.cases, given.failed) == (2, [named(three[1], WORKED)])
    assert {row[0] for row in codes(three)} == {three[0].pk, three[2].pk}
    assert set(Entry.objects.latest("pk").told.data["signed"]) == {three[0].number, three[2].number}


def test_author_of_one_goal_signs_the_other_bimbingan(walked, people):
    case = walked.at(Stage.INTERVENTION)
    models.Goal.objects.filter(case=case, bimbingan="vocational").update(author_ids=[people.supervisor.pk])
    give(people, [case])
    assert "D.x" not in [row[1] for row in codes([case])] and codes([case])


def test_every_case_is_looked_at_in_the_version_the_page_showed(walked, people, three):
    planned = walked.at(Stage.PLANNING)
    versions = {case.pk: case.version for case in [*three, planned]}
    send_back(people, planned, Stage.ASSESSMENT, by=people.other_supervisor)
    with refused(named(planned, MOVED)):
        give(people, [*three, planned], versions=versions)
    assert give(people, [*three, planned], versions=versions, partly=True).cases == 3
    with refused(named(planned, MOVED)):
        give(people, [planned], versions={})


def test_nothing_is_signed_where_nothing_can_be_even_partly(people, three, own):
    with refused(named(three[1], WORKED)):
        give(people, three[1:2], by=own, partly=True)


def test_requester_s_case_is_refused_by_name(walked, people, three):
    walk.assessment(people, three[0])
    submitted(people, three[0])
    by = now_also(people.worker, Role.SUPERVISOR)
    asked = "Anda yang mengajukan; keputusan harus dari orang lain."
    with refused(*(named(case, asked if case == three[0] else WORKED) for case in sorted_by_pk(three))):
        give(people, three, by=by)


# --- Refusals of the whole ---
def test_only_who_supervises_or_heads(people, three):
    with forbidden(NO_SUPERVISOR):
        give(people, three, by=people.worker)


def test_cases_out_of_sight_are_not_found(people, three):
    elsewhere = factories.team(factories.institution("LAIN"))
    with not_found("Kasus tidak ditemukan."):
        give(people, three, by=elsewhere.supervisor)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on": TODAY + timedelta(days=1)}, "Tanggal supervisi tidak boleh di masa depan."),
        ({"exceptions": "all"}, "Pilih paling sedikit satu kasus."),
    ],
)
def test_what_is_wrong_for_all_is_said_once(people, three, changes, words):
    if "exceptions" in changes:
        changes = {"exceptions": dict.fromkeys(case.pk for case in three)}
    with refused(words):
        give(people, three, **changes)


def test_note_and_date_are_asked_case_by_case(people, three):
    with refused(*(named(case, "Isi catatan supervisi.") for case in sorted_by_pk(three)[1:])):
        give(people, three, note=" ", exceptions={sorted_by_pk(three)[0].pk: "Ada catatan."})
    early = TODAY - timedelta(days=400)
    with refused(*(named(case, "Tanggal supervisi mendahului kontak pertama.") for case in sorted_by_pk(three))):
        give(people, three, on=early)


def test_closed_cases_owe_nothing(walked, people):
    case = walked.at(Stage.AFTERCARE)
    walk.STEPS[Stage.AFTERCARE](people, case)
    walk.end_stage(people, case, ending="completed")
    with refused(named(fresh(case), NOTHING)):
        give(people, [case])


# --- Once, and in time ---
def test_same_form_twice_signs_once_and_answers_the_same(people, three):
    key = doors.form_key(people.supervisor, "supervise_many", "x")
    before = Entry.objects.count()
    answers = [give(people, three, key=key) for _time in range(3)]
    assert [[row.pk for row in answer.signed] for answer in answers] == [[row.pk for row in answers[0].signed]] * 3
    assert (given_to(three).count(), Entry.objects.count() - before) == (3, 1)


def test_refused_form_may_be_sent_again(people, three, own):
    key = doors.form_key(own, "supervise_many", "x")
    with refused(named(three[1], WORKED)):
        give(people, three, by=own, key=key)
    assert give(people, three, by=own, key=key, partly=True).cases == 2


def test_negative_control_without_four_eyes_the_own_case_would_be_signed(people, three, own, monkeypatch):
    monkeypatch.setattr("services.permissions.why_not_independent", lambda *args: "")
    assert give(people, three, by=own).cases == 3


def test_thirty_cases_cost_the_same_each(people, three):
    """One more case costs as many questions as any other."""
    many = [factories.case(people, Stage.ASSESSMENT, factories.client(people, name=f"Nama {n}")) for n in range(30)]
    counts = []
    for cases in (three[:1], three[1:], many):
        with CaptureQueriesContext(connection) as queries:
            give(people, cases)
        counts.append((len(cases), len(queries)))
    (_one, first), (two, second), (thirty, last) = counts
    each = (second - first) / (two - 1)
    assert last == first + each * (thirty - 1), counts
    assert each <= 30
    assert given_to(many).count() == 30


# --- Many decisions, each an act of its own ---
@pytest.fixture
def asked(people, three):
    for case in three:
        walk.assessment(people, case)
        submitted(people, case)
    return [case.requests.latest("pk") for case in three]
