"""The home of a social worker: what came back, what is late, what falls due, whose turn it is."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Client
from services import caseload, progress, worktime
from services.aftercare import roll
from services.caseload import Row
from services.enums import Act, State
from services.homes import meetings, numbers
from services.homes.home import Home, figure, owes, owing, sheets_late, visits_late
from services.models import Decision, Request

READ = 60
SHOWN = 12
WITHOUT_DATE = 5
SHEETS = 5


def build(user: User) -> Home:
    today = user.institution.today()
    mine = Case.objects.visible_to(user).assigned_to(user).open()
    done = worktime.done_in_month(user, today)
    counts = numbers.of(
        user.institution,
        all=mine,
        late=mine.filter(caseload.late(today)),
        soon=mine.filter(caseload.due_soon(today)),
        visits=mine.filter(roll.overdue(today)),
        number=done,
        minutes=(done, Sum("minutes")),
        **owing(user),
    )
    in_order = mine.order_by(F("next_due_on").asc(nulls_last=True), "stage_since_on", "pk")
    rows = caseload.rows(caseload.listed(in_order, today).annotate(contact_on=caseload.last_contact())[:READ], today)
    returned = list(_returned(user))
    month = {"number": counts["number"], "minutes": counts["minutes"], "day": today}
    sheets = progress.wanted(user, own=True)
    context = {
        "figures": _figures({**counts, "sheets": progress.late(sheets)}, len(returned)),
        "returned": returned,
        "groups": _groups(rows),
        "rows": rows[:SHOWN],
        "all": counts["all"],
        "month": month,
        "meetings": meetings.of(user),
        "sheets": sheets[:SHEETS],
        "more_sheets": max(len(sheets) - SHEETS, 0),
        "unopened": Client.objects.visible_to(user).filter(registered_by=user, cases__isnull=True).defer("nik")[:5],
    }
    shown = (
        [due.case for due in sheets[:SHEETS]]
        + [row.case for row in rows[:SHOWN]]
        + [decision.request.case for decision in returned]
    )
    shown += [row.case for _label, group in context["groups"] for row in group]
    return Home("services/home_worker.html", context, shown)


def _returned(user: User) -> Any:
    """Requests that came back and were not made again, with who returned them and why."""
    newer = Request.objects.filter(case=OuterRef("request__case"), pk__gt=OuterRef("request"))
    mine = Case.objects.visible_to(user).assigned_to(user).open()
    found = Decision.objects.filter(
        ~Exists(newer),
        act=Act.RETURN,
        request__state=State.RETURNED,
        request__case__in=mine,
        request__case_version=F("request__case__version"),
    )
    return found.select_related("request__case__client", "decided_by").order_by("-decided_at")[:10]


def _figures(counts: dict[str, int], returned: int) -> list[dict[str, Any]]:
    cases = reverse("services:case_list")
    return [
        figure(counts["all"], _("kasus saya"), cases),
        figure(returned, _("dikembalikan"), "#perlu", "due"),
        figure(counts["late"], _("lewat tenggat"), f"{cases}?due=late", "due"),
        figure(counts["soon"], _("tenggat minggu ini"), f"{cases}?due=week", "wait"),
        *sheets_late(counts["sheets"]),
        *visits_late(counts["visits"]),
        owes(counts),
        figure(counts["number"], _("kegiatan bulan ini"), reverse("services:activity_list")),
    ]


def _groups(rows: list[Row]) -> list[tuple[str, list[Row]]]:
    """What to do, by urgency. Cases that wait for others or came back stand elsewhere."""
    free = [row for row in rows if not row.badge]
    undated = [row for row in free if not row.case.next_due_on]
    groups = [
        (_("Lewat tenggat"), [row for row in free if row.tone == "is-late"]),
        (_("Minggu ini"), [row for row in free if row.is_soon]),
        (_("Tanpa tenggat, paling lama di tahapnya"), undated[:WITHOUT_DATE]),
    ]
    return [(label, group) for label, group in groups if group]
