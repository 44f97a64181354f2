"""The year of a house in the demo: shifts, roll-calls, who was away, what happened, who came to visit."""

import random
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from accounts.enums import Role
from accounts.models import User
from cases.models import Stay
from services import care, head_counts, incidents, presence, residence, shift_logs
from services.demo.people import House
from services.demo.plan import stories
from services.enums import PresenceKind
from services.models import Presence

WEEKS = 3  # day by day with all shifts and roll-calls; before that one log a day, a count a week, and fewer events
SHIFTS = ((13, 40, "Pagi"), (20, 40, "Siang"))
AWAY = (PresenceKind.SCHOOL, PresenceKind.WORK_PRACTICE, PresenceKind.WITH_LAW, PresenceKind.HOSPITAL)


class DayBook:
    """The day book of one UPT, kept by the people on duty there."""

    def __init__(self, house: House, end: datetime, chance: random.Random, weeks: int) -> None:
        self.house, self.end, self.chance, self.weeks = house, end, chance, weeks
        self.words = stories()["days"]
        self.worker = house.teams[0].worker
        self.supervisor = house.teams[0].supervisor
        self.officers = self._staff(Role.BOARDING_OFFICER, Role.INSTRUCTOR) or [self.worker]
        self.nurses = self._staff(Role.NURSE) or [house.teams[0].head]

    def _staff(self, *roles: Role) -> list[User]:
        rows = self.house.institution.memberships.filter(role__in=roles).select_related("user").order_by("pk")
        return [row.user for row in rows]

    def live(self) -> Iterator[datetime]:
        """Yields when the next thing happens; what lies behind a yield happens at that moment."""
        first = self.end.replace(hour=6, minute=30, second=0, microsecond=0) - timedelta(weeks=WEEKS)
        for number in range(-7 * (self.weeks - WEEKS), 0):
            yield (first + timedelta(days=number)).replace(hour=20, minute=40)
            self._past_day(number)
        for number in range(WEEKS * 7 + 1):
            morning = first + timedelta(days=number)
            yield morning
            self._morning(number)
            for hour, minute, shift in SHIFTS:
                yield morning.replace(hour=hour, minute=minute)
                self._log(shift)

    def _past_day(self, number: int) -> None:
        """One log of the whole day; now and then somebody is away, is counted missing, falls ill or has a visit."""
        self._bring_back(number)
        here = self._residents()
        if not here:
            return
        officer = self.chance.choice(self.officers)
        if number % 9 == 2:
            self._send_out(number // 9, here, officer)
        if number % 7 == 1:
            self._count(number // 7, officer)
        if number % 4 == 3:
            self._happenings(number // 4, here, officer)
        self._log("Siang")

    def _count(self, number: int, officer: User) -> None:
        """Everybody is there at roll-call, but now and then for one."""
        here = self._residents()
        missing = [here[0].pk] if number % 9 == 4 and here else []
        note = self.words["missing"] if missing else ""
        counted, today = len(here) - len(missing), self.house.institution.today()
        head_counts.count(on=today, roll_call="morning", counted=counted, missing=missing, note=note, by=officer)

    def _residents(self) -> list[Stay]:
        upt = self.house.institution
        away = presence.on_day(upt, upt.today())
        rows = presence.living_here(upt, upt.today()).select_related("case__client").order_by("pk")
        return [stay for stay in rows if stay.pk not in away]

    def _morning(self, number: int) -> None:
        """Who is expected back comes back, somebody goes, all are counted; on some days something happens."""
        self._bring_back(number)
        here = self._residents()
        if not here:
            return
        officer = self.chance.choice(self.officers)
        self._send_out(number, here, officer)
        here = self._residents()
        self._count(number, officer)
        if number % 6 == 1 and here:
            today = self.house.institution.today()
            care.give(on=today, kinds=["hygiene"], note=self.words["given"], stays=_keys(here), by=officer)
        self._happenings(number, here, officer)

    def _send_out(self, number: int, here: list[Stay], officer: User) -> None:
        today = self.house.institution.today()
        stay = self.chance.choice(here)
        if number % 7 == 2:
            due_on = today + timedelta(days=4)
            words = {
                "due_on": due_on,
                "letter": f"400.9/{40 + number % 400}/{self.house.institution.code}/{today.year}",
                "place": stay.case.client.address or self.words["home"],
                "escort": stay.case.client.guardian_name,
            }
            presence.go_out(stay_id=stay.pk, kind=PresenceKind.HOME_LEAVE, on=today, values=words, by=self.worker)
        elif number % 3 == 0:
            kind = AWAY[number // 3 % len(AWAY)]
            presence.go_out(stay_id=stay.pk, kind=kind, on=today, values={}, by=officer)

    def _bring_back(self, number: int) -> None:
        """Leaves end when due, but the one of the second week by two days late, and the last one not at all."""
        today = self.house.institution.today()
        for row in Presence.objects.open().filter(stay__institution=self.house.institution).select_related("stay"):
            late = 2 if row.kind == PresenceKind.HOME_LEAVE and row.since_on.toordinal() % 2 else 0
            until = (row.due_on or row.since_on + timedelta(days=2)) + timedelta(days=late)
            is_last = row.kind == PresenceKind.HOME_LEAVE and number > WEEKS * 7 - 3
            if today >= until and not is_last:
                presence.come_in(stay_id=row.stay_id, on=today, by=self.officers[0])

    def _happenings(self, number: int, here: list[Stay], officer: User) -> None:
        if not here:  # the only resident went out this morning
            return
        stay, today = self.chance.choice(here), self.house.institution.today()
        if number in (1, 3, 5):
            kind, text = self.words["alerts"][number // 2]
            residence.add_alert(stay_id=stay.pk, kind=kind, text=text, by=self.nurses[0])
        if number % 7 == 6:
            told = {"on": today, "came_at": time(9, 15), "left_at": time(10, 30), "note": self.words["visit"]}
            client = stay.case.client
            who = {"visitor": client.guardian_name or "Siti", "relation": client.guardian_relation or "keluarga"}
            residence.note_visit(stay_id=stay.pk, values={**told, **who}, by=officer)
        if number % 5 == 3:
            complaint, treated = self.chance.choice(self.words["sick"])
            told = {"on": today, "at_time": time(6, 30), "complaint": complaint, "care": treated}
            residence.note_sickness(stay_id=stay.pk, values=told, by=self.nurses[0])
        if number % 8 == 5:
            self._incident(number, here, officer)

    def _incident(self, number: int, here: list[Stay], officer: User) -> None:
        told = self.words["incidents"][number // 8 % len(self.words["incidents"])]
        words = {name: told[name] for name in ("kind", "severity", "place", "account", "first_action", "plan")}
        values = {**words, "on": self.house.institution.today(), "at_time": time(6, 10)}
        parts = dict(zip(_keys(self.chance.sample(here, min(2, len(here)))), ("involved", "victim"), strict=False))
        row = incidents.record(values=values, residents=parts, by=officer)
        if number < WEEKS * 7 - 8:
            incidents.follow_up(incident_id=row.pk, text=told["follow_up"], closes=True, by=self.supervisor)

    def _log(self, shift: str) -> None:
        here = self._residents()
        if not here:
            return
        officer = self.chance.choice(self.officers)
        lines = {}
        if self.chance.random() < 0.6:
            lines[self.chance.choice(here).pk] = self.chance.choice(self.words["lines"])
        log = shift_logs.write(
            on=self.house.institution.today(),
            shift=shift,
            remarks=self.chance.choice(self.words["remarks"]),
            handed_note=self.chance.choice(self.words["handed"]),
            lines=lines,
            by=officer,
        )
        if self.chance.random() < 0.9:
            shift_logs.confirm(log_id=log.pk, by=self.worker if officer != self.worker else self.supervisor)


def _keys(stays: list[Stay]) -> list[int]:
    return [stay.pk for stay in stays]
