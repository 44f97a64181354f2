"""Handing a caseload over: access moves the same day and comes back by itself; who may, what is refused."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied

from accounts.enums import Role
from accounts.models import Membership, User
from audit.models import Access, Entry
from cases import registry
from cases.models import Assignment, Case
from rehsos import clock, doors
from rehsos.doors import Refused
from tests import factories
from tests.accounts.staff import keyed, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/pengaturan/serah-tugas/"


@pytest.fixture
def team() -> factories.Team:
    return factories.team()


@pytest.fixture
def cases(team) -> list[Case]:
    return [factories.case(team) for _number in range(2)]


def seen_by(user: User, days_later: int = 0) -> set[str]:
    """The cases somebody sees, asked like a fresh request on that day."""
    with clock.at(clock.now() + timedelta(days=days_later)):
        return set(Case.objects.visible_to(User.objects.get(pk=user.pk)).values_list("number", flat=True))


def numbers(cases) -> set[str]:
    return {case.number for case in cases}


def hand_over(team, **values) -> int:
    given = {"from_worker": team.worker, "to_worker": team.other_worker, "by": team.supervisor} | values
    return registry.hand_over(**given)


def test_for_good_moves_every_open_case_at_once(team, cases):
    assert (seen_by(team.worker), seen_by(team.other_worker)) == (numbers(cases), set())
    assert hand_over(team) == 2
    assert (seen_by(team.worker), seen_by(team.other_worker)) == (set(), numbers(cases))
    assert seen_by(team.other_worker, 400) == numbers(cases)


def test_a_substitute_sees_them_up_to_the_last_day_and_the_owner_all_along(team, cases):
    last = team.worker.institution.today() + timedelta(days=7)
    hand_over(team, until_on=last)
    for days, theirs in ((0, numbers(cases)), (7, numbers(cases)), (8, set())):
        assert seen_by(team.other_worker, days) == theirs
        assert seen_by(team.worker, days) == numbers(cases)


def test_one_act_leaves_one_entry_that_names_every_case(team, cases):
    last = team.worker.institution.today() + timedelta(days=7)
    hand_over(team, until_on=last)
    entry = Entry.objects.get(verb="caseload.handed_over")
    body = json.loads(entry.detail.body)
    wanted = {("user", team.worker.pk), ("user", team.other_worker.pk), *(("case", case.pk) for case in cases)}
    assert {tuple(subject[:2]) for subject in body["subjects"]} == wanted
    assert (entry.actor_id, body["data"]) == (team.supervisor.pk, {"cases": 2, "until_on": last.isoformat()})


def test_the_same_form_twice_has_one_effect_and_one_answer(team, cases):
    key = doors.form_key(team.supervisor, "handover", team.worker)
    assert [hand_over(team, key=key) for _try in range(3)] == [2, 2, 2]
    assert Entry.objects.filter(verb="caseload.handed_over").count() == 1
    assert Assignment.objects.filter(worker=team.other_worker).count() == 2


def test_a_substitute_who_hands_on_gives_no_more_than_they_hold(team, cases):
    today = team.worker.institution.today()
    third = factories.user("pekerja3", Role.SOCIAL_WORKER)
    hand_over(team, until_on=today + timedelta(days=7))
    hand_over(team, from_worker=team.other_worker, to_worker=third)
    assert (seen_by(team.other_worker), seen_by(third, 7), seen_by(third, 8)) == (set(), numbers(cases), set())
    assert seen_by(team.worker) == numbers(cases)


def test_a_substitute_who_stays_holds_each_case_once(team, cases):
    today = team.worker.institution.today()
    hand_over(team, until_on=today + timedelta(days=7))
    hand_over(team, until_on=today + timedelta(days=3))
    hand_over(team)
    held = Assignment.objects.filter(worker=team.other_worker, case=cases[0])
    assert [row.until_on for row in held if row.holds_on(today)] == [None]


def test_closed_cases_and_other_workers_stay_where_they_are(team, cases):
    other = factories.case(factories.Team(**{**vars(team), "worker": team.other_worker}))
    third = factories.user("pekerja3", Role.SOCIAL_WORKER)
    hand_over(team, to_worker=third)
    assert seen_by(third) == numbers(cases)
    assert seen_by(team.other_worker) == {other.number}


def test_a_leaver_s_cases_are_handed_over_after_they_left(team, cases):
    User.objects.filter(pk=team.worker.pk).update(is_active=False)
    Membership.objects.filter(user=team.worker).delete()
    assert hand_over(team) == 2


@pytest.mark.parametrize("who", ["worker", "other_worker"])
def test_workers_do_not_share_out_cases(team, cases, who):
    with pytest.raises(PermissionDenied):
        hand_over(team, by=getattr(team, who))


def test_another_upt_s_supervisor_finds_nothing(team, cases):
    stranger = factories.user("supervisor_bdg", Role.SUPERVISOR, upt=factories.institution("BDG"))
    with pytest.raises(Refused):
        hand_over(team, by=stranger)
    assert seen_by(team.worker) == numbers(cases)


@pytest.mark.parametrize("unfit", ["self", "supervisor", "stranger", "gone", "not_yet"])
def test_only_a_social_worker_of_the_upt_takes_over(team, cases, unfit):
    today = team.worker.institution.today()
    taker = {
        "self": lambda: team.worker,
        "supervisor": lambda: team.supervisor,
        "stranger": lambda: factories.user("asing", Role.SOCIAL_WORKER, upt=factories.institution("BDG")),
        "gone": lambda: factories.user("keluar", Role.SOCIAL_WORKER, is_active=False),
        "not_yet": lambda: _from(today + timedelta(days=1)),
    }[unfit]()
    with pytest.raises(Refused):
        hand_over(team, to_worker=taker)
    assert not Entry.objects.filter(verb="caseload.handed_over").exists()


def _from(day) -> User:
    worker = factories.user("besok", Role.SOCIAL_WORKER)
    worker.memberships.update(since_on=day)
    return worker


def test_the_last_day_may_be_today_but_not_gone(team, cases):
    """At one in the morning in Jakarta it is still yesterday in London."""
    with clock.at(datetime(2027, 3, 2, 1, 0, tzinfo=ZoneInfo("Asia/Jakarta"))):
        today = team.worker.institution.today()
        with pytest.raises(Refused):
            hand_over(team, until_on=today - timedelta(days=1))
        assert hand_over(team, until_on=today) == 2


# --- The page ---
def send(user: User, worker: User, to_worker: User, **values):
    data = keyed(user, "handover", worker) | {"to_worker": to_worker.pk, "manner": "tetap", "until_on": ""} | values
    return signed_in(user).post(f"{PAGE}?dari={worker.pk}", data)


@pytest.mark.parametrize("who, status", [("supervisor", 200), ("head", 200), ("worker", 403)])
def test_the_page_is_for_who_shares_out_cases(team, who, status):
    assert signed_in(getattr(team, who)).get(PAGE).status_code == status


def test_the_page_shows_the_cases_first_and_leaves_a_trace_of_that(team, cases):
    page = signed_in(team.supervisor).get(f"{PAGE}?dari={team.worker.pk}").content.decode()
    assert all(case.number in page for case in cases)
    assert set(Access.objects.filter(page="handover").values_list("label", flat=True)) == numbers(cases)


def test_the_page_hands_over_and_says_so(team, cases):
    answer = send(team.supervisor, team.worker, team.other_worker)
    assert (answer.status_code, answer.headers["Location"]) == (302, PAGE)
    assert (seen_by(team.worker), seen_by(team.other_worker)) == (set(), numbers(cases))


def test_whoever_gave_cases_away_once_is_still_offered(team, cases):
    hand_over(team)
    hand_over(team, from_worker=team.other_worker, to_worker=team.worker)
    page = signed_in(team.supervisor).get(f"{PAGE}?dari={team.worker.pk}").content.decode()
    assert all(case.number in page for case in cases)


def test_the_page_lends_until_a_day(team, cases):
    last = team.worker.institution.today() + timedelta(days=7)
    assert send(team.head, team.worker, team.other_worker, manner="pengganti", until_on=last).status_code == 302
    assert (seen_by(team.other_worker, 7), seen_by(team.other_worker, 8)) == (numbers(cases), set())


@pytest.mark.parametrize(
    "values",
    [
        {"manner": "pengganti"},
        {"until_on": "2099-01-01"},
        {"manner": "pengganti", "until_on": "2020-01-01"},
        {"manner": ""},
    ],
)
def test_half_a_decision_comes_back(team, cases, values):
    assert send(team.supervisor, team.worker, team.other_worker, **values).status_code == 422
    assert seen_by(team.worker) == numbers(cases)


@pytest.mark.parametrize("whose", ["999999", "x", ""])
def test_an_unknown_worker_is_no_fault(team, cases, whose):
    answer = signed_in(team.supervisor).get(f"{PAGE}?dari={whose}")
    assert answer.status_code == 200 and "tidak sedang menangani kasus" in answer.content.decode()


def test_a_longer_caseload_asks_no_more_questions(team, django_assert_num_queries):
    client = signed_in(team.supervisor)
    for _round in range(2):
        factories.case(team)
        client.get(PAGE)
        # session, user, membership, the trace; then whose cases there are and which, and who may take them
        with django_assert_num_queries(8):
            client.get(f"{PAGE}?dari={team.worker.pk}")
