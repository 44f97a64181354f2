"""What holds after every act, whatever it was."""

from datetime import date
from itertools import pairwise

from hypothesis.stateful import invariant

from cases.enums import Stage
from rehsos import clock
from reports import monthly, proof
from reports.months import month_of
from services.models import Transition
from services.workflow import WORKFLOW
from tests.services.machine.case import waiting_in


def _allowed_moves():
    """(move, from, to) as the table has them; undoing an end is looked at with the end it undoes."""
    moves = {("open", "", "intake")}
    for stage, step in WORKFLOW.items():
        ways = [*(step.decision.ways.values() if step.decision else ()), *step.endings.values()]
        if step.then:
            moves.add(("forward", stage.value, step.then.value))
        moves |= {("send_back", stage.value, earlier.value) for earlier in step.back_to}
        moves |= {("continue", stage.value, way.back_to.value) for way in ways if way.back_to}
        moves |= {("close", stage.value, stage.value) for way in ways if way.ends}
        moves |= {("exit", stage.value, stage.value), ("exit", stage.value, "aftercare")}
    return moves


ALLOWED = _allowed_moves()
INSIDE = (Stage.ASSESSMENT, Stage.PLANNING, Stage.INTERVENTION)


class Promises:
    """Mixed into the machine, beside ``OneCase``."""

    @invariant()
    def case_is_where_its_last_transition_says(self):
        if self.known is None:
            return
        case, moves = self.known["case"], list(Transition.objects.filter(case=self.pk).order_by("version"))
        last = moves[-1]
        assert (case["stage"], case["round"], case["version"], case["outcome"]) == (
            last.to_stage,
            last.round,
            last.version,
            last.outcome,
        )
        assert [move.version for move in moves] == list(range(1, len(moves) + 1))
        ends = []
        for move in moves:
            if move.move in ("reverse", "return"):
                assert move.to_stage == ends.pop()
            else:
                assert (move.move, move.from_stage, move.to_stage) in ALLOWED
            if move.move in ("exit", "close"):
                ends.append(move.from_stage)
        assert [move.from_stage for move in moves[1:]] == [move.to_stage for move in moves[:-1]]
        assert bool(case["closed_on"]) == bool(last.outcome)
        assert len(waiting_in(self.known)) <= 1

    @invariant()
    def client_is_in_one_place(self):
        """At most one stay runs, none overlaps another, and who is in the care of the house has one that runs."""
        if self.known is None:
            return
        case, stays = self.known["case"], self.known["stays"]
        running = [stay for stay in stays if stay[2] is None]
        assert len(running) <= (0 if case["closed_on"] or case["stage"] == Stage.AFTERCARE else 1), case
        if case["stage"] in INSIDE and not case["closed_on"] and not case["is_leaving"]:
            assert len(running) == 1, (case, stays)
        offers = {state for _pk, state in self.known["transfers"]}
        assert bool(case["closed_on"]) or "accepted" not in offers, "in the care of two UPTs"
        assert running or "sent" not in offers, "offered after leaving"
        inside = sorted((placed_on, left_on or date.max) for _pk, placed_on, left_on, _end in stays)
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(inside)), stays

    def months_add_up(self, institution):
        """The month of every move, and the last one: who was there, came, left and is there."""
        with clock.at(self.moment):
            days = Transition.objects.filter(case=self.pk, case__institution=institution).values_list("on", flat=True)
            for year, month in sorted({(day.year, day.month) for day in [*days, institution.today()]})[-3:]:
                checks = proof.checks(monthly.report(institution, month_of(institution, year, month)))
                assert [check.words for check in checks if not check.holds] == []
