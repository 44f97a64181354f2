"""The demo: what outside checks rely on is in it, its sums agree, its trail verifies, its pages open."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse

from accounts import told
from accounts.enums import InstitutionKind, Role, StandInKind
from accounts.mandates import StandIn
from accounts.models import Institution, User
from audit.models import Entry
from cases.enums import Outcome, Stage, Status, StayEnd
from cases.models import Case, Stay
from cases.models import Client as Person
from rehsos import clock
from rehsos.navigation import MENU
from reports import demo, monthly, proof
from reports.enums import PaperKind, PaperState
from reports.models import IncomingLetter, IssuedPaper
from reports.months import Month
from services.demo import build
from services.enums import ArrearKind, Kind, Move, State, TransferState
from services.models import (
    Addendum,
    Arrear,
    Decision,
    Departure,
    FrozenMonth,
    HeadCount,
    OpeningList,
    Presence,
    Request,
    Session,
    SessionCorrection,
    ShiftLog,
    Transfer,
    Transition,
)
from services.pages import trail_words
from services.session_enums import SessionState

NAMES = "pekerja pekerja2 supervisor kepala kasi instruktur perawat tatausaha".split()
PASSWORD = "rahasia-demo-1234"
pytestmark = pytest.mark.django_db


def test_a_small_demo_is_whole():
    build.build(cases=6, seed=7, password=PASSWORD, weeks=3)

    assert {user.username for user in User.objects.all()} >= {
        *(name + suffix for name in NAMES for suffix in ("", "_2", "_3")),
        "dinas",
        "admin",
    }
    assert Case.objects.filter(taken_over_on__isnull=True).count() == 6
    assert Departure.objects.filter(settled_at__isnull=False).exists()
    assert SessionState.HELD in states_of(Session)
    assert ShiftLog.objects.exists()
    call_command("audit_verify")
    known = {**told.VERBS, **trail_words.VERBS}
    assert {verb for verb in Entry.objects.values_list("verb", flat=True) if verb not in known} == set()


@pytest.mark.heavy
def test_the_demo_holds_everything_that_checks_rely_on():
    build.build(cases=88, seed=2026, password=PASSWORD, more=demo.lives)

    assert Institution.objects.filter(kind=InstitutionKind.UPT).count() == 3
    assert Person.objects.count() >= 88
    assert set(Case.objects.values_list("stage", flat=True)) == set(Stage.values)
    assert set(Case.objects.values_list("status", flat=True)) == set(Status.values)
    assert set(Case.objects.values_list("outcome", flat=True)) >= set(Outcome.values) - {
        Outcome.PERIOD_OVER,
        Outcome.REFUSED,
        Outcome.REUNIFIED,  # goes on to bimbingan lanjut
    }
    assert set(Stay.objects.values_list("end", flat=True)) >= set(StayEnd.values) - {StayEnd.WITHDREW}
    _turns_of_the_process()
    _a_year()
    _papers()
    _sums_agree()
    call_command("audit_verify")
    assert _pages_that_fail() == []


def _turns_of_the_process() -> None:
    assert set(Transition.objects.values_list("move", flat=True)) >= set(Move.values) - {Move.RETURN}
    waits = Request.objects.filter(state__in=State.waiting())
    assert set(waits.values_list("kind", flat=True)) >= {Kind.STAGE, Kind.EXIT, Kind.TRANSFER}
    assert Request.objects.filter(state=State.RETURNED).count() >= 2
    assert set(Transfer.objects.values_list("state", flat=True)) == set(TransferState.values)
    owed = Arrear.objects.filter(settled_at__isnull=True)
    assert set(owed.values_list("kind", flat=True)) == set(ArrearKind.values)
    assert Arrear.objects.filter(settled_at__isnull=False).count() >= 5
    assert set(StandIn.objects.values_list("kind", flat=True)) == set(StandInKind.values)
    assert set(Decision.objects.values_list("capacity", flat=True)) >= {StandInKind.DAILY, StandInKind.SUPERVISOR, ""}
    assert Decision.objects.filter(is_escalated=True).exists()
    assert Departure.objects.filter(returned_on__isnull=False).exists()
    assert Case.objects.filter(episode=2).exists()
    assert Case.objects.filter(round=2).exists()
    assert Case.objects.filter(is_emergency=True).exists()
    assert Case.objects.filter(assessment_edition=2).exists()
    assert Addendum.objects.exists()
    assert OpeningList.objects.get().is_endorsed
    soon = clock.now().date() + timedelta(days=30)
    ending = Case.objects.filter(order_until_on__gte=clock.now().date(), order_until_on__lte=soon)
    assert ending.count() >= 2


def _a_year() -> None:
    for code, months in (("ANKN", 10), ("PSTW", 12), ("RBM", 10)):
        held = Session.objects.filter(institution__code=code, state=SessionState.HELD)
        assert len({(day.year, day.month) for day in held.values_list("on", flat=True)}) >= months
    assert states_of(Session) == set(SessionState.values)
    past = Session.objects.filter(on__lt=clock.now().date(), first_saved_at__isnull=True)
    assert past.exclude(state=SessionState.CANCELLED).exists()
    assert SessionCorrection.objects.exists()
    for code in ("ANKN", "PSTW"):
        logs = ShiftLog.objects.filter(institution__code=code)
        assert len({(day.year, day.month) for day in logs.values_list("on", flat=True)}) >= 10
        assert HeadCount.objects.filter(institution__code=code, counted__lt=1000).count() >= 50
    assert any(row.is_overdue(clock.now().date()) for row in Presence.objects.open())


def _papers() -> None:
    papers = list(IssuedPaper.objects.whole())
    assert {paper.state for paper in papers} == set(PaperState)
    assert {paper.kind for paper in papers} >= set(PaperKind.values) - {PaperKind.PLAN}
    assert any(len(paper.cases) > 1 for paper in papers if paper.kind == PaperKind.PLACEMENT)
    assert any(paper.replaces for paper in papers)
    assert IncomingLetter.objects.values("institution").annotate(n=Count("pk")).count() == 3
    assert FrozenMonth.objects.exists()


def _sums_agree() -> None:
    month = Month(clock.now().date().replace(day=1))
    for upt in Institution.objects.filter(kind=InstitutionKind.UPT):
        report = monthly.report(upt, month.previous)
        assert [check.words for check in proof.checks(report) if not check.holds] == []


def _pages_that_fail() -> list[tuple[str, str, int]]:
    """Every page of the menu, opened as each role; and the tabs of one case in each stage."""
    found = []
    for user in User.objects.filter(username__regex=r"^[a-z]+2?$"):
        reader = Client()
        reader.force_login(user)
        pages = [reverse(entry.name) for group in MENU for entry in group if entry.roles == () or _has(user, entry)]
        found += [(user.username, page, code) for page in pages if (code := reader.get(page).status_code) != 200]
    return found


def _has(user: User, entry) -> bool:
    return user.has_role(*(Role(role) for role in entry.roles))


def states_of(model) -> set[str]:
    return set(model.objects.values_list("state", flat=True).distinct())
