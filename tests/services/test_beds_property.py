"""Whatever people do with beds, absences and exits, in whatever order: bed, stay and presence agree."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from cases.enums import Stage, StayEnd
from cases.models import Case, Stay
from rehsos import clock
from rehsos.doors import Refused, Stale
from services import bed_moves, beds, facility, presence, roster, transitions
from services.enums import PresenceKind
from services.models import Bed, BedUse, Presence
from services.occupancy import occupancy, places
from tests.services.walked import NOW, Walked

STAGES = (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)
BACK = st.sampled_from([0, 0, 0, 1, 4])
PLACE = st.integers(0, 2)


class Dormitory(RuleBasedStateMachine):
    """Three clients and three beds."""

    walked: Walked

    def __init__(self):
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.moment = NOW + timedelta(days=10)  # so that the days before it may be chosen too

    def teardown(self):
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def begin(self):
        people = self.walked.people
        self.upt, self.worker = people.head.institution, people.worker
        facility.add_house(institution=self.upt, values={"name": "Melati", "rooms": 1, "beds": 3}, by=people.head)
        self.beds = list(Bed.objects.order_by("pk"))

    def case(self, which):
        return Case.objects.select_related("institution").get(pk=self.walked.keys[STAGES[which]])

    def attempt(self, act, **values):
        with clock.at(self.moment):
            try:
                act(by=self.worker, **values)
            except (Refused, Stale, PermissionDenied):
                pass

    def day(self, back):
        return self.moment.date() - timedelta(days=back)

    @rule(days=st.integers(1, 6))
    def wait(self, days):
        self.moment += timedelta(days=days)

    @rule(who=PLACE, bed=PLACE, back=BACK)
    def move(self, who, bed, back):
        self.attempt(bed_moves.move, case=self.case(who), bed=self.beds[bed], on=self.day(back), reason="Pindah.")

    @rule(who=PLACE, other=PLACE, back=BACK)
    def swap(self, who, other, back):
        self.attempt(bed_moves.swap, case=self.case(who), other=self.case(other), on=self.day(back), reason="Bertukar.")

    @rule(who=PLACE, back=BACK)
    def leave(self, who, back):
        self.attempt(
            transitions.depart,
            case=self.case(who),
            way=StayEnd.LEFT_WITHOUT_LEAVE,
            left_on=self.day(back),
            account="Tidak ada saat apel.",
        )

    @rule(who=PLACE, back=BACK, bed=st.none() | PLACE)
    def come_back(self, who, back, bed):
        chosen = None if bed is None else self.beds[bed]
        self.attempt(transitions.come_back, case=self.case(who), on=self.day(back), bed=chosen)

    @rule(who=PLACE)
    def undo(self, who):
        """What the endorsed reversal of an exit does to the stay."""
        stay = self.case(who).stays.order_by("placed_on", "pk").last()
        if stay.left_on:
            was, stay.left_on, stay.end = stay.left_on, None, ""
            stay.save()
            self.case(who).departures.update(undone_at=self.moment)
            with clock.at(self.moment):
                beds.follow(stay, was=was)

    @rule(who=PLACE, back=BACK)
    def go_out(self, who, back):
        stay = self.case(who).stays.last()
        self.attempt(
            presence.go_out, stay_id=stay.pk, kind=PresenceKind.HOSPITAL, on=self.day(back), values={"place": "RSUD"}
        )

    @invariant()
    def bed_and_stay_agree(self):
        for stay in Stay.objects.filter(case__in=list(self.walked.keys.values())):
            uses = [use for use in stay.bed_uses.order_by("since_on", "pk") if use.since_on != use.until_on]
            ends = [use.until_on or (self.moment + timedelta(days=1)).date() for use in uses]
            assert all(stay.placed_on <= use.since_on for use in uses)
            assert stay.left_on is None or all(use.until_on and use.until_on <= stay.left_on for use in uses)
            assert all(end <= use.since_on for end, use in zip(ends, uses[1:], strict=False))
            now = beds.current(stay)
            if now:
                assert (stay.house, stay.room, stay.bed) == tuple(beds.names_of(now.bed).values())

    @rule(who=PLACE, back=BACK)
    def come_in(self, who, back):
        stay = self.case(who).stays.last()
        self.attempt(presence.come_in, stay_id=stay.pk, on=self.day(back))

    @invariant()
    def absences_lie_inside_the_stay(self):
        for row in Presence.objects.valid().filter(stay__case__in=self.walked.keys.values()).select_related("stay"):
            assert row.stay.placed_on <= row.since_on
            assert row.stay.left_on is None or (row.until_on and row.until_on <= row.stay.left_on)

    @invariant()
    def nobody_is_away_and_in_the_house(self):
        with clock.at(self.moment):
            for back in (0, 2):
                day = self.day(back)
                rows = roster.residents(self.worker, day, with_alerts=False)
                here = {row.stay.pk for row in rows if row.is_here}
                away = {row.stay.pk for row in rows if not row.is_here}
                living = set(presence.living_here(self.upt, day).values_list("pk", flat=True))
                assert (here & away, here | away, away) == (set(), living, set(presence.on_day(self.upt, day)))

    @invariant()
    def a_day_adds_up(self):
        with clock.at(self.moment):
            for back in (0, 1, 3):
                day = self.day(back)
                found = places(self.upt, day)
                living = set(presence.living_here(self.upt, day).values_list("pk", flat=True))
                held = [place.use.stay_id for place in found if place.use]
                total = occupancy(self.upt, day).total
                assert (total.capacity, total.taken) == (3, len(held))
                assert len(held) == len(set(held)) and set(held) <= living
                assert set(presence.on_day(self.upt, day)) <= living


@pytest.mark.parametrize("examples", [6, pytest.param(300, marks=pytest.mark.heavy)])
def test_bed_stay_and_presence_agree(walked, examples):
    Dormitory.walked = walked
    run_state_machine_as_test(
        Dormitory,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert BedUse.objects.count() == 0
