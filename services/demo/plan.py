"""The plan of one demo life, and its clock."""

import random
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cases.enums import Stage
from cases.models import Case
from services.demo.people import House
from services.demo.walk import Team

Life = Iterator[datetime]
OFFICE_OPENS, OFFICE_HOURS = 8, 7


@cache
def stories() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "stories.toml").read_text(encoding="utf-8"))


@dataclass
class Plan:
    """Whom a life is about, where it is to stop, and how fast it goes.

    ``stop`` is what happens there instead of a plain halt, with the words of ``fate``; ``is_early``: before anything of
    that stage is written.
    """

    house: House
    team: Team
    category: str
    begins: datetime
    until: Stage | None
    halts: str
    days_in_service: int
    chance: random.Random
    stop: "Callable[[Plan, Moment, Case], Life] | None" = None
    fate: Mapping[str, Any] = field(default_factory=dict)
    is_early: bool = False
    order_until_on: date | None = None
    other: House | None = None

    @property
    def story(self) -> dict[str, Any]:
        return stories()[self.category]


class Moment:
    """The clock of one life: moves on by days, always to an hour when the office is open."""

    def __init__(self, plan: Plan) -> None:
        self.now, self.chance = plan.begins, plan.chance

    def after(self, low: int, high: int) -> datetime:
        self.now += timedelta(days=self.chance.randint(low, high))
        while self.now.weekday() > 4:
            self.now += timedelta(days=1)
        minutes = self.chance.randrange(0, OFFICE_HOURS * 60, 5)
        self.now = self.now.replace(hour=OFFICE_OPENS, minute=0) + timedelta(minutes=minutes)
        return self.now

    def soon(self) -> datetime:
        self.now += timedelta(minutes=self.chance.randint(10, 40))
        return self.now
