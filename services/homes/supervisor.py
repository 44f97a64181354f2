"""The home of a supervisor: requests that wait, how much each worker carries, cases nobody has seen for long."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Assignment, Case, in_force
from services import caseload, delivered, offers, progress
from services.aftercare import roll
from services.enums import State
from services.homes import numbers
from services.homes.home import Home, asked, figure, offered, owes, owing, sheets_late, visits_late
from services.models import Request

SHOWN = 8


def build(user: User) -> Home:
    today = user.institution.today()
    in_sight = Case.objects.visible_to(user)
    cases = in_sight.open()
    requests = Request.objects.filter(state=State.SUBMITTED, case__in=in_sight)
    waiting = list(requests.select_related("case__client", "requested_by").order_by("requested_at", "pk"))
    quiet = caseload.quiet(cases, today)
    counts = numbers.of(
        user.institution,
        all=cases,
        late=cases.filter(caseload.late(today)),
        visits=cases.filter(roll.overdue(today)),
        quiet=quiet,
        offers=offers.waiting(user),
        unmarked=delivered.unmarked(user.institution),
        **owing(user),
    )
    quietest = quiet.annotate(contact_on=caseload.last_contact()).order_by("contact_on", "opened_on")
    silent = caseload.rows(caseload.listed(quietest, today)[:SHOWN], today)
    held = Assignment.objects.filter(in_force(today), case=OuterRef("pk"))
    unassigned = list(
        cases.filter(~Exists(held)).select_related("client").defer("client__nik").order_by("opened_on")[:SHOWN]
    )
    listing = reverse("services:case_list")
    context = {
        "figures": [
            figure(len(waiting), _("menunggu keputusan"), reverse("services:supervision"), "wait"),
            figure(counts["all"], _("kasus terbuka"), listing),
            figure(counts["late"], _("lewat tenggat"), f"{listing}?due=late", "due"),
            owes(counts),
            *offered(counts["offers"]),
            *sheets_late(progress.late(progress.wanted(user))),
            *visits_late(counts["visits"]),
            *_unmarked(counts["unmarked"]),
            figure(counts["quiet"], _("tanpa kontak 14 hari"), f"{listing}?contact=quiet", "due"),
        ],
        "waiting": asked(waiting[:SHOWN]),
        "more": max(len(waiting) - SHOWN, 0),
        "silent": silent,
        "unassigned": unassigned,
        "loads": caseload.loads(user.institution, today),
    }
    shown = [request.case for request in waiting[:SHOWN]] + [row.case for row in silent] + unassigned
    return Home("services/home_supervisor.html", context, shown)


def _unmarked(number: int) -> list[dict[str, Any]]:
    """Sessions of days gone by that nobody has marked; where there is none, nobody need hear of it."""
    return [figure(number, _("sesi belum dicatat"), reverse("services:sessions_unmarked"), "due")] if number else []
