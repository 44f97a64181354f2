"""What a month is counted in: plain numbers, by sex where they count people."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from accounts.models import Institution
from cases.enums import Stage
from reports.months import Month
from services.delivered import Sums


@dataclass(frozen=True)
class BySex:
    """A count of male and female clients."""

    male: int = 0
    female: int = 0

    @property
    def total(self) -> int:
        return self.male + self.female

    def __add__(self, other: "BySex") -> "BySex":
        return BySex(self.male + other.male, self.female + other.female)

    def __sub__(self, other: "BySex") -> "BySex":
        return BySex(self.male - other.male, self.female - other.female)


@dataclass(frozen=True)
class Flow:
    """Who was there at the beginning, came, left, and was there at the end; four counts of their own."""

    start: BySex
    came: BySex
    left: BySex
    end: BySex

    @property
    def balances(self) -> bool:
        return self.start + self.came - self.left == self.end


@dataclass(frozen=True)
class StageFlow:
    """Cases in a stage: at the beginning, opened (or opened again), from and to other stages, closed, at the end."""

    start: BySex
    opened: BySex
    from_others: BySex
    to_others: BySex
    closed: BySex
    end: BySex


@dataclass(frozen=True)
class Requests:
    """Requests of workers: waiting at the beginning, made, settled in four ways, waiting at the end."""

    start: int
    made: int
    approved: int
    endorsed: int
    returned: int
    withdrawn: int
    end: int

    @property
    def settled(self) -> int:
        return self.approved + self.endorsed + self.returned + self.withdrawn

    @property
    def balances(self) -> bool:
        return self.start + self.made - self.settled == self.end


class Work(NamedTuple):
    times: int
    minutes: int


class SessionWork(NamedTuple):
    """Held sessions as the work they were logged as: how many pieces, for how many clients in all."""

    times: int
    links: int


class SignOffs(NamedTuple):
    approved: int
    returned: int


class Visits(NamedTuple):
    times: BySex
    people: BySex


class ObstacleFlow(NamedTuple):
    """Obstacles open at the beginning, named, overcome, open at the end; four counts of their own."""

    start: int = 0
    named: int = 0
    overcome: int = 0
    end: int = 0

    @property
    def balances(self) -> bool:
        return self.start + self.named - self.overcome == self.end


@dataclass(frozen=True)
class ObstacleMonth:
    """Obstacles by bimbingan, what was tried later, held sessions that met one, and the work by kind of record."""

    flows: Mapping[str, ObstacleFlow]
    tried: Counter[str]
    met: Counter[str]
    work: Counter[str]

    def total(self, names: Iterable[str] | None = None) -> ObstacleFlow:
        wanted = self.flows if names is None else [name for name in names if name in self.flows]
        return ObstacleFlow(*(sum(self.flows[name][at] for name in wanted) for at in range(4)))


@dataclass(frozen=True)
class StayRow:
    """A stay as the report counts it."""

    placed_on: date
    left_on: date | None
    end: str
    sex: str
    category: str


@dataclass(frozen=True)
class MonthReport:
    """All numbers of one month."""

    institution: Institution
    month: Month
    stays: Flow
    year: list[tuple[Month, Flow]]
    previous: Flow
    ends: Mapping[str, BySex]
    categories: Mapping[str, Flow]
    stages: Mapping[Stage, StageFlow]
    endorsed: Mapping[str, Mapping[str, BySex]]  # by kind of decision, then by its answer
    aftercare_ends: Mapping[str, BySex]
    visits: Visits
    work: Mapping[str, Work]
    sign_offs: Mapping[str, SignOffs]
    requests: Requests
    sessions: Mapping[tuple[str, int, str], Sums]  # by bimbingan, key and name of the activity, as the recap has them
    session_work: SessionWork
    obstacles: ObstacleMonth
    weeks: Mapping[tuple[str, date], Sums]  # by bimbingan and Monday, the last twelve weeks
    until: date  # the last day counted: that of the month, today while it runs

    @property
    def is_running(self) -> bool:
        """Whether the lists of today show the rows behind its last numbers."""
        return self.until == self.institution.today()
