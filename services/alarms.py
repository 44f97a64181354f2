"""What calls on everybody on duty: residents not back, open incidents, tools not back, titipan of who has left."""

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from accounts.models import Institution, User
from services.deposits import KEEPERS
from services.enums import PresenceKind
from services.models import DepositAccount, Incident, Presence, ToolLoan
from services.presence import ON_DUTY


@dataclass(frozen=True)
class Alarms:
    """Some numbers; all nothing on a quiet day."""

    missing: int = 0
    incidents: int = 0
    tools: int = 0
    deposits: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.incidents or self.tools or self.deposits)


def of(user: User) -> Alarms:
    """In one query; for whoever is not on duty in a UPT there are none."""
    if not user.institution or not user.has_role(*ON_DUTY):
        return Alarms()
    overdue = Q(due_on__lt=user.institution.today()) | Q(kind=PresenceKind.NOT_BACK)
    missing = Presence.objects.open().filter(overdue, stay__institution=OuterRef("pk"))
    incidents = Incident.objects.filter(closed_at__isnull=True, institution=OuterRef("pk"))
    late = ToolLoan.objects.overdue(user.institution.today()).filter(tool__institution=OuterRef("pk"))
    kept = DepositAccount.objects.open().left_behind().filter(institution=OuterRef("pk"))
    kept = kept if user.has_role(*KEEPERS) else kept.none()
    row = Institution.objects.filter(pk=user.institution.pk).values_list(
        _number(missing, "stay__institution"),
        _number(incidents, "institution"),
        _number(late, "tool__institution"),
        _number(kept, "institution"),
    )
    return Alarms(*row.get())


def _number(rows: "object", group: str) -> Coalesce:
    counted = rows.order_by().values(group).annotate(number=Count("pk")).values("number")  # type: ignore[attr-defined]
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
