"""When things fall due: progress sheets, aftercare visits, reminders of waiting requests."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from cases.enums import Stage
from services.aftercare.schedule import Slot, days_after, months_of, next_day, slots
from services.models import AftercareMiss, AftercareSchedule, AftercareVisit, ProgressSheet
from services.situation import Situation

REMINDER_WORKING_DAYS = 3


def sheets_due(now: Situation) -> list[date]:
    """The first days of the periods that ended since intervention began and have no progress sheet yet."""
    return [start for start, end in open_periods(now) if end < now.asked_on]


def open_periods(now: Situation) -> list[tuple[date, date]]:
    """The periods since intervention began that have no progress sheet yet, the running one included.

    Those that were over when a case was taken over are not asked for; who has them on paper may still enter them.
    """
    filled = {sheet.period_on for sheet in now.records_of(ProgressSheet) if not sheet.lacks()}
    since = now.case.taken_over_on or date.min
    return [(start, end) for start, end in periods_of(now) if start not in filled and end >= since]


def periods_of(now: Situation) -> list[tuple[date, date]]:
    """Every period since intervention began, until today."""
    began = now.began_on(Stage.INTERVENTION)
    return periods(began, now.today, now.case.institution.progress_months) if began else []


def periods(began: date, until: date, months: int) -> list[tuple[date, date]]:
    """First and last day of every period of so many calendar months, from the one of ``began`` to that of ``until``."""
    start = began.replace(day=1)
    found = []
    while start <= until:
        following = add_months(start, months)
        found.append((start, following - timedelta(days=1)))
        start = following
    return found


def add_months(first: date, months: int) -> date:
    """The first day of a month so many months later."""
    total = first.month - 1 + months
    return date(first.year + total // 12, total % 12 + 1, 1)


def stage_due_on(now: Situation) -> date | None:
    """The day the case asks for something: papers of an exit, end of a progress period, next visit, an extension."""
    if now.departure:
        return min((arrear.due_on for arrear in now.arrears), default=None)
    if now.stage == Stage.INTERVENTION:
        return next((end for _start, end in open_periods(now)), None)
    if now.stage == Stage.AFTERCARE:
        return next_visit_on(now)
    return now.endorsed.until_on if now.endorsed else None


def next_visit_on(now: Situation) -> date | None:
    """The next aftercare visit: by the schedule, or the day agreed when nobody was met; ``None`` when all are done."""
    visits = [visit.on for visit in now.records_of(AftercareVisit)]
    misses = [(miss.on, miss.retry_on) for miss in now.records_of(AftercareMiss)]
    return next_day(visit_slots(now), visits, misses)


def visit_slots(now: Situation) -> list[Slot]:
    """Every day of the schedule and what became of it: days of the case's own, else by the UPT's setting."""
    left = next((stay.left_on for stay in reversed(now.stays) if stay.left_on), None)
    if not left:
        return []
    own = _own_days(now)
    by_setting = days_after(left, months_of(now.case.institution.aftercare_months))
    days = [date.fromisoformat(day) for day in own] if own else by_setting
    since = now.case.taken_over_on or date.min  # earlier visits are on paper
    visits = [visit.on for visit in now.records_of(AftercareVisit) if visit.on >= since]
    return slots(left, [day for day in days if day >= since], visits, now.today)


def _own_days(now: Situation) -> list[str] | None:
    """The days chosen for this case alone; a case that is only just taken over has none."""
    if not now.case.pk:
        return None
    rows = AftercareSchedule.objects.filter(case=now.case).order_by("-edition")
    return rows.values_list("days", flat=True).first()


def reminder_on(asked_at: datetime, zone: str) -> date:
    """The day a waiting request is reminded of: three working days (Monday to Friday) after it was made."""
    day, left = asked_at.astimezone(ZoneInfo(zone)).date(), REMINDER_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
