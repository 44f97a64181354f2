"""When daily records may still be changed: by their author for a day, afterwards as a correction that keeps the old."""

from datetime import date, datetime, timedelta

from accounts.models import Institution
from rehsos import clock
from services.models import FrozenMonth

EDITABLE_FOR = timedelta(hours=24)


def month_open(institution: Institution, day: date) -> bool:
    """Whether the month of a day is not frozen in a report yet."""
    return not FrozenMonth.objects.filter(institution=institution, year=day.year, month=day.month).exists()


def is_editable(saved_at: datetime) -> bool:
    """Within 24 hours of the first saving; later only a correction with a reason changes it."""
    return clock.now() - saved_at <= EDITABLE_FOR
