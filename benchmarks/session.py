"""P5: the attendance of a group of 150, ours beside hand-written SQL and beside a formset of model forms.

Run by ``make bench`` on both databases, in a database made for it. What the rival does is less: the hand-written SQL
asks nobody's permission and judges nothing; neither it nor the formset knows what a correction is.
"""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.forms import modelformset_factory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from accounts.enums import Role  # noqa: E402
from audit import trail  # noqa: E402
from benchmarks import paired  # noqa: E402
from benchmarks.database import scratch  # noqa: E402
from cases.models import Stay  # noqa: E402
from rehsos import clock, doors  # noqa: E402
from services import attending  # noqa: E402
from services.attending import Answer  # noqa: E402
from services.models import Activity, ActivityCase, Attendance, Session  # noqa: E402
from tests import factories  # noqa: E402
from tests.services import meetings  # noqa: E402

CLIENTS, TURNS = 150, 15
QUIET = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")


class Group:
    """A UPT with a crowd; every measured act marks a fresh session of it, and everything is undone afterwards."""

    def __init__(self, number: int, tag: str) -> None:
        self.upt = factories.institution(tag, client_number_pattern=tag + "{yy}-{seq:04d}")
        self.by = factories.user(f"penyelia_{tag.lower()}", Role.SUPERVISOR, upt=self.upt)
        self.stays = meetings.crowd(self.upt, self.by, number, self.upt.today())
        self.activity = meetings.activity(self.by)
        self.answers = {stay.pk: Answer("present", 4, "baik") for stay in self.stays}

    def fresh(self) -> Session:
        return meetings.session(self.by, self.activity, *self.stays)


def ours(group: Group, session: Session) -> None:
    key = doors.form_key(group.by, "attend", f"session:{session.pk}")
    attending.save(session_id=session.pk, answers=group.answers, values={}, by=group.by, version=1, key=key)


def by_hand(group: Group, session: Session) -> None:
    """The same rows, by someone who knows what they want."""
    at = clock.now()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT version FROM services_session WHERE id = %s" + _for_update(), [session.pk])
        cursor.execute(
            "SELECT s.id, s.case_id, c.number FROM cases_stay s JOIN cases_case c ON c.id = s.case_id "
            "WHERE s.institution_id = %s AND s.placed_on <= %s AND (s.left_on IS NULL OR s.left_on >= %s)",
            [group.upt.pk, session.on, session.on],
        )
        people = cursor.fetchall()
        key = doors.form_key(group.by, "attend", f"session:{session.pk}")
        cursor.execute(
            "INSERT INTO accounts_formkey (key, user_id, answer, created_at) VALUES (%s, %s, %s, %s)",
            [key, group.by.pk, str(session.pk), at],
        )
        marks = [value for stay, _case, _number in people for value in (session.pk, stay, "present", 4, "baik", False)]
        cursor.execute(
            "INSERT INTO services_attendance (session_id, stay_id, mark, score, note, is_unplanned) VALUES "
            + ", ".join(["(%s, %s, %s, %s, %s, %s)"] * len(people))
            + " ON CONFLICT (session_id, stay_id) DO UPDATE SET mark = excluded.mark, score = excluded.score, "
            "note = excluded.note",
            marks,
        )
        cursor.execute(
            "UPDATE services_session SET state = 'held', held_at = %s, saved_at = %s, first_saved_at = %s, "
            "saved_by_id = %s, version = version + 1 WHERE id = %s",
            [at, at, at, group.by.pk, session.pk],
        )
        cursor.execute(
            'INSERT INTO services_activity (institution_id, code, "on", starts_at, minutes, method, place, account, '
            "result, obstacle, by_id, created_at, record_kind, record_id) VALUES "
            "(%s, 'D.l', %s, NULL, 90, '', '', 'Sesi', '', '', %s, %s, 'session', %s) RETURNING id",
            [group.upt.pk, session.on, group.by.pk, at, session.pk],
        )
        work = cursor.fetchone()[0]
        cursor.execute("INSERT INTO services_activitybimbingan (activity_id, bimbingan) VALUES (%s, 'social')", [work])
        cursor.execute(
            "INSERT INTO services_activitycase (activity_id, case_id) VALUES " + ", ".join(["(%s, %s)"] * len(people)),
            [value for _stay, case, _number in people for value in (work, case)],
        )
        subjects = [trail.Subject("session", session.pk, "Sesi")]
        subjects += [trail.Subject("case", case, number) for _stay, case, number in people]
        trail.append(institution_id=group.upt.pk, by=group.by, verb="session.saved", subjects=subjects)


def formset(group: Group, session: Session) -> None:
    """The same act the usual way: a model form per row, a link per client, one entry in the trail."""
    made = modelformset_factory(Attendance, fields=["session", "stay", "mark", "score", "note"], extra=0)
    rows = Attendance.objects.filter(session=session)
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows)}
    for place, row in enumerate(rows):
        told = {"id": row.pk, "session": session.pk, "stay": row.stay_id, "mark": "present", "score": 4, "note": "baik"}
        data |= {f"form-{place}-{name}": value for name, value in told.items()}
    with transaction.atomic():
        bound = made(data, queryset=rows)
        assert bound.is_valid(), bound.errors
        saved = bound.save()
        work = Activity.objects.create(institution=group.upt, code="D.l", on=session.on, by=group.by)
        for row in saved:
            ActivityCase.objects.create(activity=work, case=row.stay.case)
        trail.append(
            institution_id=group.upt.pk,
            by=group.by,
            verb="session.saved",
            subjects=[trail.Subject("case", row.stay.case_id, row.stay.case.number) for row in saved],
        )


def _for_update() -> str:
    return " FOR UPDATE" if connection.vendor == "postgresql" else ""


def acting(group: Group, act, turns: int = TURNS) -> "callable":
    """One measured turn: the session is made before the clock runs; the first turn does not count."""
    waiting = [group.fresh() for _turn in range(turns + 1)]
    return lambda: act(group, waiting.pop())


def questions(group: Group, act) -> int:
    session = group.fresh()
    with CaptureQueriesContext(connection) as asked:
        act(group, session)
    return sum(not one["sql"].startswith(QUIET) for one in asked)


def main() -> None:
    groups = {number: Group(number, f"K{number}") for number in (10, CLIENTS, 300)}
    group = groups[CLIENTS]
    assert Stay.objects.count() == sum(groups)
    connection.cursor().execute("ANALYZE")
    control = paired.ratio(acting(group, by_hand), acting(group, by_hand), TURNS)
    against_hand = paired.ratio(acting(group, ours), acting(group, by_hand), TURNS)
    against_formset = paired.ratio(acting(group, formset, 3), acting(group, ours, 3), 3)
    asked = {number: questions(one, ours) for number, one in groups.items()}
    limit = 3 if connection.vendor == "postgresql" else 5
    print(f"P5 on {connection.vendor}, {CLIENTS} clients")
    print("| goal | limit | measured | holds |")
    print("|---|---|---|---|")
    told = ", ".join(f"{number}: {count}" for number, count in asked.items())
    print(paired.line("queries of a POST", "≤ 12, the same", told, set(asked.values()) == {12}, control))
    measured = f"{against_hand:.2f} ×"
    print(paired.line("against hand-written SQL", f"≤ {limit} ×", measured, against_hand <= limit, control))
    faster = f"{against_formset:.0f} × faster ({questions(group, formset)} queries)"
    print(paired.line("against a formset", "≥ 25 ×", faster, against_formset >= 25, control))
    print(f"one POST: {paired.milliseconds(acting(group, ours), TURNS):.1f} ms")


if __name__ == "__main__":
    scratch(main)
