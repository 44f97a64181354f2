"""Which UPT cannot begin yet, told from their rows: no letterhead, no head, nobody who works with clients."""

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields import BooleanField

from accounts.enums import InstitutionKind, Role
from accounts.models import Institution, Membership


def with_gaps(institutions: QuerySet[Institution]) -> QuerySet[Institution]:
    """Each with ``is_unready``; the dinas never is. A coarse answer: the steps themselves look closer."""
    staff = Membership.objects.filter(institution=OuterRef("pk"), user__is_active=True)
    lacking = (
        Q(letterhead="")
        | ~Exists(staff.filter(role=Role.HEAD))
        | ~Exists(staff.filter(role=Role.SUPERVISOR))
        | ~Exists(staff.filter(role=Role.SOCIAL_WORKER))
    )
    gap = Case(
        When(Q(kind=InstitutionKind.UPT) & lacking, then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    return institutions.annotate(is_unready=gap)
