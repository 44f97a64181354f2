"""Supporting work in the demo: an evaluation that is done, a model on trial, a paper that was printed."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from services.demo.people import House
from services.models import SupportingWork
from services.supporting import works
from services.supporting.enums import WorkState

FILE = Path(__file__).with_name("supporting.toml")
Event = tuple[int, Callable[[], None]]


def live(house: House, end: datetime) -> Iterator[datetime]:
    """Yields when the next thing is written down."""
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))["works"]
    events = [event for words in told for event in _Work(house, dict(words)).events()]
    for days, act in sorted(events, key=lambda event: -event[0]):
        yield end.replace(hour=14, minute=20, second=0, microsecond=0) - timedelta(days=days)
        act()


class _Work:
    """One piece of work of the file, as its team writes it."""

    def __init__(self, house: House, words: dict[str, Any]) -> None:
        self.upt, self.by = house.institution, house.teams[0].worker
        self.others = [team.worker for team in house.teams[1:2]]
        self.kind, self.begins = words.pop("kind"), words.pop("days")
        self.due, self.done, self.steps = words.pop("due"), words.pop("done", None), words.pop("steps")
        self.result = words.pop("result", "")
        self.words = words | {"title": words["title"].format(unit=self.upt.name)}

    def events(self) -> Iterator[Event]:
        yield self.begins, self._begin
        for step in self.steps:
            yield step["days"], lambda step=step: self._step(**{k: v for k, v in step.items() if k != "days"})
        if self.done:
            yield self.done, self._end

    @property
    def work(self) -> SupportingWork:
        return SupportingWork.objects.get(institution=self.upt, title=self.words["title"])

    def _begin(self) -> None:
        today = self.upt.today()
        days = {"starts_on": today, "due_on": today + timedelta(days=self.due)}
        team = {"lead": self.by, "members": self.others, "outside": []}
        works.begin(kind=self.kind, values={**self.words, **days}, team=team, by=self.by)

    def _step(self, code: str, **values: Any) -> None:
        day = {"on": self.upt.today()}
        works.add_step(work=self.work, code=code, values={**day, **values}, with_users=self.others, by=self.by)

    def _end(self) -> None:
        work, today = self.work, self.upt.today()
        ending = {"state": WorkState.DONE, "ended_on": today, "result": self.result, "version": work.version}
        works.end(work=work, by=self.by, **ending)
