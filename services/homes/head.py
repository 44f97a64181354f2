"""The home of a head: what waits to be endorsed, where the clients are, the month so far."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Institution, User
from cases.enums import Stage
from cases.models import Case, CaseQuerySet, Stay
from services import beds, caseload, charts, occupancy, offers, worktime
from services.enums import State
from services.homes import numbers
from services.homes.home import Home, asked, figure, month_start, offered, owes, owing
from services.models import Activity, FrozenMonth, Request

SHOWN = 8


def build(user: User) -> Home:
    upt, today = user.institution, user.institution.today()
    cases = Case.objects.visible_to(user)
    requests = Request.objects.filter(state__in=State.waiting(), case__in=cases)
    waiting = list(requests.select_related("case__client", "requested_by").order_by("requested_at", "pk"))
    to_endorse = [request for request in waiting if request.state == State.AWAITING_HEAD]
    counts = numbers.of(upt, late=cases.open().filter(caseload.late(today)), offers=offers.waiting(user), **owing(user))
    stages = _stages(cases.open())
    listing = reverse("services:case_list")
    context = {
        "figures": [
            figure(len(to_endorse), _("menunggu pengesahan"), reverse("services:supervision"), "wait"),
            figure(len(waiting) - len(to_endorse), _("di supervisor"), reverse("services:supervision")),
            figure(sum(number for _stage, number in stages), _("kasus terbuka"), listing),
            figure(counts["late"], _("lewat tenggat"), f"{listing}?due=late", "due"),
            owes(counts),
            *offered(counts["offers"]),
        ],
        "to_endorse": asked(to_endorse[:SHOWN]),
        "month": _month(cases, today),
        "full": occupancy.occupancy(upt, today),
        "typed": _typed(cases),
        "funnel": charts.funnel(stages),
        "workers": _workers(user, today),
        "upt": upt,
        "to_freeze": _to_freeze(upt, today),
    }
    # A UPT with no clients yet, and no letterhead or no workers, has other things to do first.
    context["is_unready"] = not any(number for _stage, number in stages) and not (upt.letterhead and context["workers"])
    return Home("services/home_head.html", context, [request.case for request in to_endorse[:SHOWN]])


def _stages(cases: CaseQuerySet) -> list[tuple[Stage, int]]:
    counts = dict(cases.order_by().values_list("stage").annotate(Count("pk")))
    return [(stage, counts.get(stage, 0)) for stage in Stage]


def _month(cases: CaseQuerySet, today: date) -> dict[str, int]:
    """Clients in the UPT: at the beginning of the month, come, gone, now. Counted by stays."""
    first = month_start(today)
    there = Q(placed_on__lt=first) & (Q(left_on__isnull=True) | Q(left_on__gte=first))
    return Stay.objects.filter(case__in=cases).aggregate(
        start=Count("pk", there),
        came=Count("pk", Q(placed_on__gte=first)),
        gone=Count("pk", Q(left_on__gte=first)),
        now=Count("pk", Q(left_on__isnull=True)),
    )


def _to_freeze(upt: Institution, today: date) -> date | None:
    """A day of the month that has ended and is not reported yet; a UPT that took nobody in by then owes no report."""
    last = month_start(today) - timedelta(days=1)
    frozen = FrozenMonth.objects.filter(institution=upt, year=last.year, month=last.month)
    owes = Stay.objects.filter(~Exists(frozen), institution=upt, placed_on__lte=last).exists()
    return last if owes else None


def _typed(cases: CaseQuerySet) -> list[dict[str, Any]]:
    """Who lives without a bed of the UPT's houses, by what was typed."""
    running = beds.without_bed(Stay.objects.filter(case__in=cases, left_on__isnull=True)).order_by()
    return list(running.values("house").annotate(number=Count("pk")).order_by("-number", "house"))


def _workers(user: User, today: date) -> list[tuple[User, int]]:
    """Every worker with their load and the number of activities this month."""
    done = Activity.objects.filter(worktime.in_month(today), institution=user.institution).order_by()
    activities = dict(done.values_list("by").annotate(Count("pk")))
    return [(worker, activities.get(worker.pk, 0)) for worker in caseload.loads(user.institution, today)]
