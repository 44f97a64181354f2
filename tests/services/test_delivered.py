"""Totals by client, by session, by bimbingan and by month always agree, whatever was marked, corrected, cancelled."""

from collections import Counter
from datetime import date, time, timedelta

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from cases.enums import Bimbingan, Stage
from rehsos import clock
from rehsos.doors import Refused
from services import arranging, delivered
from services.delivered import Sums
from services.models import Activity, ActivityCase, Attendance, Session
from services.session_enums import Audience, Mark
from tests.services import meetings
from tests.services.walked import NOW

MARKS = st.sampled_from([*Mark.values, ""])
MEETING = st.tuples(
    st.integers(0, 2),  # which activity
    st.integers(0, 75),  # days ago
    st.lists(MARKS, min_size=4, max_size=4),
    st.sampled_from(["keep", "cancel", "correct", "late"]),
)
KINDS = ((Bimbingan.SOCIAL, "D.l"), (Bimbingan.PSYCHOSOCIAL, "D.k"), (Bimbingan.VOCATIONAL, "D.j"))


@pytest.fixture
def activities(people):
    return [meetings.activity(people.supervisor, f"Kegiatan {code}", bimbingan=kind, code=code) for kind, code in KINDS]


def happen(people, activities, stays, plan):
    """One session as it may go: marked wholly or partly, cancelled, corrected days later, or entered late."""
    which, ago, marks, fate = plan
    on = people.worker.institution.today() - timedelta(days=ago)
    session = meetings.session(people.supervisor, activities[which], *stays, on=on)
    if fate == "cancel":
        arranging.cancel(session_id=session.pk, reason="Hujan", by=people.supervisor, version=1)
        return
    meetings.mark(people.supervisor, session, dict(zip((stay.pk for stay in stays), marks, strict=True)))
    if fate == "correct":
        with clock.at(NOW + timedelta(days=3)):
            try:
                meetings.mark(people.supervisor, session, {stays[0].pk: marks[-1] or "sick"}, reason="Keliru")
            except Refused:
                pass


def by_clients(stays, until):
    cases = {stay.case_id: stay for stay in stays}
    found = [delivered.of_case(stay.case, [stay], [], until) for stay in cases.values()]
    return [delivered.sums(met) for met in found]


@pytest.mark.django_db
@given(plans=st.lists(MEETING, max_size=8))
def test_totals_agree_whichever_way_they_are_made(walked_once, plans):
    with clock.at(NOW), transaction.atomic():
        people = walked_once.people
        upt = people.worker.institution
        today = upt.today()
        first = today - timedelta(days=89)
        stays = meetings.crowd(upt, people.worker, 4, first)
        kinds = [
            meetings.activity(people.supervisor, f"Kegiatan {code}", bimbingan=kind, code=code) for kind, code in KINDS
        ]
        for plan in plans:
            happen(people, kinds, stays, plan)

        rows = Attendance.objects.filter(session__state="held")
        truth = Counter(rows.values_list("mark", flat=True))
        upt_sums = delivered.of_upt(upt, first, today)
        by_bimbingan = delivered.by_bimbingan(upt_sums)
        months = [(date(2025, 12, 1), date(2025, 12, 31)), (date(2026, 1, 1), date(2026, 1, 31))]
        months += [(date(2026, 2, 1), date(2026, 2, 28)), (date(2026, 3, 1), date(2026, 3, 31))]
        monthly = [sum(delivered.of_upt(upt, *month).values(), Sums()) for month in months]
        clients = by_clients(stays, today)
        of_clients = [one for found in clients for one in found.values()]

        assert sum((one.marks for one in by_bimbingan.values()), Counter()) == truth
        assert sum((one.marks for one in monthly), Counter()) == truth
        assert sum((one.marks for one in of_clients), Counter()) == truth
        for bimbingan, told in by_bimbingan.items():
            here = [found[Bimbingan(bimbingan)] for found in clients if Bimbingan(bimbingan) in found]
            assert sum((one.marks for one in here), Counter()) == told.marks
            assert {(one.planned, one.held, one.cancelled) for one in here} <= {
                (told.planned, told.held, told.cancelled)
            }
        total = sum(by_bimbingan.values(), Sums())
        assert total.planned == total.held + total.cancelled + total.unrecorded
        assert sum(one.held for one in monthly) == total.held == Session.objects.filter(state="held").count()
        works = Activity.objects.filter(record_kind="session", code__in=[code for _kind, code in KINDS])
        assert works.count() == total.held
        assert ActivityCase.objects.filter(activity__in=works).count() == truth[Mark.PRESENT]
        transaction.set_rollback(True)


def test_client_is_told_of_sessions_nobody_has_marked(people, walked, activities):
    case = walked.at(Stage.INTERVENTION)
    stay = case.stays.get()
    stay.placed_on -= timedelta(days=10)
    stay.save(update_fields=["placed_on"])
    yesterday = people.worker.institution.today() - timedelta(days=1)
    for what, audience in ((activities[0], Audience.EVERYONE), (activities[1], Audience.PLAN)):
        meetings.session(people.supervisor, what, audience=audience, on=yesterday, starts_at=time(8))
    meetings.session(people.supervisor, activities[2], audience=Audience.HOUSE, house="Lain", on=yesterday)
    met = delivered.of_case(case, [stay], ["psychosocial"], people.worker.institution.today())
    sums = {one.value: (here.planned, here.unrecorded) for one, here in delivered.sums(met).items()}
    assert sums == {"social": (1, 1), "psychosocial": (1, 1)}
