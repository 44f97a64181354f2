"""What is owed in the cases somebody sees: papers that follow, and court terms that end soon."""

from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from accounts.models import User
from cases.enums import Stage
from cases.models import Case, CaseQuerySet
from services.models import Arrear

SOON_DAYS, URGENT_DAYS = 30, 7


def arrears(user: User) -> QuerySet[Arrear]:
    """Every open arrear of the cases in sight, the most urgent first."""
    return Arrear.objects.filter(settled_at__isnull=True, case__in=Case.objects.visible_to(user))


def count(rows: QuerySet[Arrear], today: date) -> dict[str, int]:
    """How many, and how many of them are late."""
    return rows.order_by().aggregate(all=Count("pk"), late=Count("pk", Q(due_on__lt=today)))


def ending_orders(user: User, today: date) -> CaseQuerySet:
    """Open cases in sight whose court order or deposit ends soon, or has ended; who has left is under none."""
    held = Case.objects.visible_to(user).open().filter(is_leaving=False).exclude(stage=Stage.AFTERCARE)
    return held.filter(order_until_on__lte=today + timedelta(days=SOON_DAYS)).order_by("order_until_on", "pk")
