"""P1: the queries of the pages that people open all day, with 10 and with 150 clients.

Not counted: the session, the user with their roles, the one insert of the access log. The month report is its numbers
alone; the frozen month and the words are asked by the page around it.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from collections.abc import Callable  # noqa: E402

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.models import User  # noqa: E402
from benchmarks.database import scratch  # noqa: E402
from cases.enums import Stage  # noqa: E402
from reports import monthly  # noqa: E402
from reports.months import Month  # noqa: E402
from tests import factories  # noqa: E402
from tests.services import meetings  # noqa: E402

NUMBERS = (10, 150)
SAVED = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
AROUND = ('SELECT "django_session"', 'SELECT "accounts_membership"', 'INSERT INTO "audit_access"')
LIMITS = {
    "case list": 6,
    "home of a worker": 10,
    "home of a supervisor": 10,
    "case": 15,
    "stage": 15,
    "session": 10,
    "month report": 12,
}


class Upt:
    """A UPT with so many clients, all of one worker, and for each page a way to open it."""

    def __init__(self, number: int) -> None:
        upt = factories.institution(f"P{number}", client_number_pattern=f"P{number}-{{yy}}-{{seq:04d}}")
        self.team = factories.team(upt)
        self.case = factories.case(self.team, Stage.INTERVENTION)
        stays = meetings.crowd(upt, self.team.worker, number - 1, upt.today())
        for stay in stays:
            stay.case.assignments.create(
                worker=self.team.worker, since_on=upt.today(), assigned_by=self.team.supervisor
            )
        activity = meetings.activity(self.team.supervisor)
        self.session = meetings.session(self.team.supervisor, activity, *stays, leader=self.team.worker)
        held = meetings.session(self.team.supervisor, activity, *stays, leader=self.team.worker)
        meetings.mark(self.team.supervisor, held)

    def pages(self) -> dict[str, Callable[[], object]]:
        number, people = self.case.number, self.team
        today = people.worker.institution.today()
        month = Month(today.replace(day=1))
        return {
            "case list": self._opened(people.worker, "/kasus/"),
            "home of a worker": self._opened(people.worker, "/"),
            "home of a supervisor": self._opened(people.supervisor, "/"),
            "case": self._opened(people.worker, f"/kasus/{number}/"),
            "stage": self._opened(people.worker, f"/kasus/{number}/tahap/pelaksanaan/"),
            "session": self._opened(people.worker, f"/bimbingan/sesi/{self.session.pk}/"),
            "month report": lambda: monthly.report(people.worker.institution, month),
        }

    @staticmethod
    def _opened(user: User, path: str) -> Callable[[], object]:
        browser = Client()
        browser.force_login(user)

        def opened() -> object:
            answer = browser.get(path)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
            return answer

        opened()
        return opened


def questions(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    told = [one["sql"] for one in asked if not one["sql"].startswith(SAVED)]
    return sum(not _is_around(sql) for sql in told)


def _is_around(sql: str) -> bool:
    """The session, the reader's own rows and the trace of the reading belong to every page."""
    return sql.startswith(AROUND) or 'WHERE "accounts_user"."id" =' in sql


def main() -> None:
    found = {number: {name: questions(page) for name, page in Upt(number).pages().items()} for number in NUMBERS}
    few, many = NUMBERS
    print(f"P1 on {connection.vendor}, {few} and {many} clients")
    print("| page | goal | queries | holds |")
    print("|---|---|---|---|")
    for name, limit in LIMITS.items():
        one, other = found[few][name], found[many][name]
        holds = "holds" if one == other <= limit else "constant, above the goal" if one == other else "does not hold"
        print(f"| {name} | ≤ {limit}, the same | {one}, {other} | {holds} |")


if __name__ == "__main__":
    scratch(main)
