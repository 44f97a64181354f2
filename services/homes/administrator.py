"""The home of an administrator: accounts in numbers. Nothing here tells of a client."""

from django.db.models import Count, Q

from accounts.models import Institution, User
from services.beginning import with_gaps
from services.homes.home import Home


def build(user: User) -> Home:
    active = Count("memberships__user", Q(memberships__user__is_active=True), distinct=True)
    roles = {"active": Count("pk", Q(is_active=True)), "inactive": Count("pk", Q(is_active=False))}
    counts = User.objects.aggregate(**roles)
    context = {
        "counts": counts,
        "homeless": User.objects.filter(is_active=True, memberships__isnull=True).count(),
        "institutions": list(with_gaps(Institution.objects.annotate(people=active)).order_by("name")),
    }
    return Home("services/home_administrator.html", context)
