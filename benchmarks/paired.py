"""Measures two things in turns (A B A B …) and tells the median of their ratios, with a control pair beside."""

import statistics
import time
from collections.abc import Callable

Clock = Callable[[], float]
CONTROL = (0.8, 1.25)


def ratio(one: Callable[[], None], other: Callable[[], None], turns: int, clock: Clock = time.perf_counter) -> float:
    """The median of ``one`` over ``other``, after one turn of each that does not count.

    ``time.process_time`` for what only computes: neighbours on the machine are not in it.
    """
    one()
    other()
    found = []
    for turn in range(turns):
        pair = (one, other) if turn % 2 == 0 else (other, one)
        spent = {act: _seconds(act, clock) for act in pair} if one is not other else {}
        found.append(spent[one] / spent[other] if spent else _seconds(one, clock) / _seconds(other, clock))
    return statistics.median(found)


def milliseconds(act: Callable[[], None], turns: int, clock: Clock = time.perf_counter) -> float:
    return 1000 * statistics.median(_seconds(act, clock) for _turn in range(turns))


def _seconds(act: Callable[[], None], clock: Clock) -> float:
    began = clock()
    act()
    return clock() - began


def line(goal: str, limit: str, measured: str, holds: bool, control: float) -> str:
    """One line of the table; a run whose control strays is void."""
    is_void = not CONTROL[0] <= control <= CONTROL[1]
    told = "void" if is_void else "holds" if holds else "does not hold"
    return f"| {goal} | {limit} | {measured} | {told} (control {control:.2f}) |"
