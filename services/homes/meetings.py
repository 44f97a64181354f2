"""What of the timetable belongs on somebody's home: their sessions of today, and those nobody has marked."""

from datetime import timedelta
from typing import Any

from accounts.models import User
from services.models import Session
from services.session_enums import SessionState

LATE_DAYS = 14
LATE_SHOWN = 5


def of(user: User) -> dict[str, Any]:
    """One query: what they lead today and, of the last two weeks, what still waits for its marks."""
    today = user.institution.today()
    rows = Session.objects.filter(
        institution=user.institution, leader=user, on__range=(today - timedelta(days=LATE_DAYS), today)
    ).exclude(state=SessionState.CANCELLED)
    found = list(rows.select_related("activity").order_by("on", "starts_at", "pk"))
    late = [row for row in found if row.on < today and row.state == SessionState.PLANNED]
    return {"today": [row for row in found if row.on == today], "late": late[:LATE_SHOWN]}
