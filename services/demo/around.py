"""What happens around cases in the demo: outreach, tools, titipan, notes, their supervision, obstacles, court."""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from accounts.enums import Role
from accounts.models import User
from cases.enums import Stage
from cases.models import Case, Stay
from services import (
    batches,
    courts,
    deposits,
    notes,
    obstacles,
    outreach,
    outreach_events,
    presence,
    processes,
    reviews,
    tools,
)
from services.demo.people import House
from services.models import Note, Obstacle
from services.models.session import Session
from services.models.tool import Tool
from services.note_enums import NoteKind
from services.session_enums import SessionState

FIRST = "ANKN"
FILE = Path(__file__).with_name("around.toml")


def live(house: House, end: datetime) -> Iterator[datetime]:
    """Yields when the next event of the file happens; what has nobody to happen to is left out."""
    told_of = tomllib.loads(FILE.read_text(encoding="utf-8"))["events"]
    events = [event for event in told_of if event.get("upt", FIRST) == house.institution.code]
    around = Around(house)
    for event in sorted(events, key=lambda one: -one["before"]):
        yield end.replace(hour=10, minute=15, second=0, microsecond=0) - timedelta(days=event["before"])
        told = {name: value for name, value in event.items() if name not in ("before", "act", "upt")}
        getattr(around, event["act"])(**told)


class Around:
    """One method for each ``act`` of the file."""

    def __init__(self, house: House) -> None:
        self.upt = house.institution
        self.worker, self.supervisor, self.head = (
            house.teams[0].worker,
            house.teams[0].supervisor,
            house.teams[0].head,
        )

    @property
    def today(self) -> date:
        return self.upt.today()

    def batch(self, name: str, quota: int) -> None:
        batches.add(values={"name": name, "quota": quota, "starts_on": self.today}, by=self.head)

    def programme(self, **words: str) -> None:
        days = {"on": self.today, "starts_on": self.today, "ends_on": self.today + timedelta(days=60)}
        programme = outreach.plan(values={**words, **days}, by=self.worker)
        outreach.supervise(
            programme=programme,
            on=self.today,
            verdict="approved",
            note="Sasaran dan tempat sudah tepat.",
            by=self.supervisor,
        )

    def outreach(self, people: list[str], **words: Any) -> None:
        event = outreach_events.record(values={"on": self.today, **words}, by=self.worker)
        if people:
            outreach_events.add_participants(event=event, people=[{"name": name} for name in people], by=self.worker)

    def tool(self, **values: str) -> None:
        tools.add(institution=self.upt, values=values, by=self._office())

    def care(self, number: str, **values: Any) -> None:
        tools.maintain(tool_id=self._tool(number), values={"on": self.today, **values}, by=self.worker)

    def loan(self, number: str, days: int, note: str) -> None:
        if stay := self._stay(0):
            due = self.today + timedelta(days=days)
            tools.lend(tool_id=self._tool(number), out_on=self.today, due_on=due, note=note, stay=stay, by=self.worker)

    def deposit(self, turn: int, items: list[str], **values: Any) -> None:
        if stay := self._stay(turn):
            kept = [{"name": name, "count": 1, "condition": "Baik"} for name in items]
            deposits.take_in(stay_id=stay.pk, values={"on": self.today, **values}, items=kept, by=self.worker)

    def withdrawal(self, turn: int, amount: int, **values: Any) -> None:
        stay = self._stay(turn)
        if stay and deposits.accounts(self.worker).filter(case=stay.case_id, balance__gte=amount).exists():
            given = {"on": self.today, "amount": amount, **values}
            deposits.give_out(stay_id=stay.pk, values=given, by=self.worker)

    def note(self, turn: int, kind: str, bimbingan: str, **values: str) -> None:
        if case := self._case(turn):
            notes.write(
                case=case, kind=NoteKind(kind), bimbingan=bimbingan, on=self.today, values=values, by=self.worker
            )

    def obstacle(self, turn: int, **words: str) -> None:
        if case := self._case(turn):
            obstacles.name(case=case, on=self.today, by=self.worker, **words)

    def effort(self, text: str, is_overcome: bool) -> None:
        row = Obstacle.objects.filter(institution=self.upt, by=self.worker, overcome_on=None).order_by("pk").last()
        if row:
            obstacles.carry_on(obstacle=row, on=self.today, text=text, is_overcome=is_overcome, by=self.worker)

    def review(self, note: str, directions: str = "") -> None:
        """Of the worker's newest note that is not restricted."""
        rows = Note.objects.filter(institution=self.upt, by=self.worker).exclude(kind__in=NoteKind.restricted())
        if found := rows.order_by("pk").last():
            self._give(note, directions, of_note=found)

    def session_review(self, note: str, directions: str = "") -> None:
        held = Session.objects.filter(institution=self.upt, state=SessionState.HELD, on__lte=self.today)
        if found := held.exclude(saved_by=self.supervisor).order_by("-on", "-pk").first():
            self._give(note, directions, session=found)

    def _give(self, note: str, directions: str, **about: Any) -> None:
        reviews.give(by=self.supervisor, on=self.today, note=note, directions=directions, **about)

    def court(self, turn: int, in_days: int, **values: Any) -> None:
        if case := self._case(turn):
            on = self.today + timedelta(days=in_days)
            courts.plan(case=case, values={"on": on, **values}, by=self.worker)

    def process(self, code: str, **values: str) -> None:
        processes.save(code=code, values={"on": self.today, **values}, by=self.worker)

    def _office(self) -> User:
        rows = self.upt.memberships.filter(role=Role.ADMIN_OFFICE).select_related("user").order_by("pk")
        return rows[0].user if rows else self.head

    def _tool(self, number: str) -> int:
        return Tool.objects.get(institution=self.upt, number=number).pk

    def _case(self, turn: int) -> Case | None:
        """A case of this worker that is served now; those that began first come first."""
        mine = Case.objects.visible_to(self.worker).filter(
            institution=self.upt, stage=Stage.INTERVENTION, closed_on=None, is_leaving=False
        )
        found = list(mine.order_by("opened_on", "pk")[: turn + 1])
        return found[turn] if len(found) > turn else None

    def _stay(self, turn: int) -> Stay | None:
        away = presence.on_day(self.upt, self.today)
        rows = presence.living_here(self.upt, self.today).order_by("placed_on", "pk")
        here = [stay for stay in rows if stay.pk not in away]
        return here[turn] if len(here) > turn else None
