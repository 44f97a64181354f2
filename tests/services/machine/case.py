"""The case that the machine works on: where it stands, whose it is, and everything about it that an act may change."""

from datetime import timedelta

from django.db import connection
from hypothesis import strategies as st

from accounts.mandates import StandIn
from accounts.models import FormKey
from cases.models import Assignment, Case, Stay, in_force
from rehsos import clock
from services import records
from services.models import (
    ActivityCase,
    Arrear,
    Decision,
    Departure,
    Minutes,
    Request,
    Supervision,
    Transfer,
    Transition,
)
from services.situation import Situation

RECORDS_SQL = " UNION ALL ".join(
    f"SELECT '{kind._meta.model_name}', id, version FROM {kind._meta.db_table} WHERE case_id = %s"  # noqa: S608
    for kind in records.RECORDS
)


def waiting_in(state):
    """The requests that wait for somebody."""
    return [pk for pk, state in state["requests"] if state in ("submitted", "awaiting_head")]


class OneCase:
    """Mixed into the machine, which has ``walked``, ``actors``, ``pk`` and ``moment``."""

    def case(self):
        """The case as it stands."""
        return Case.objects.select_related("institution", "client").get(pk=self.pk)

    def now(self):
        return Situation(self.case())

    def state(self):
        """Everything that an act may change, as plain values."""
        with connection.cursor() as cursor:
            cursor.execute(RECORDS_SQL, [self.pk] * len(records.RECORDS))
            kept = sorted(cursor.fetchall())
        case = self.pk
        return {
            "case": Case.objects.filter(pk=case).values().get(),
            "records": kept,
            "requests": list(Request.objects.filter(case=case).values_list("pk", "state")),
            "decisions": Decision.objects.filter(request__case=case).count(),
            "transitions": Transition.objects.filter(case=case).count(),
            "supervisions": Supervision.objects.filter(case=case).count(),
            "activities": ActivityCase.objects.filter(case=case).count(),
            "stays": list(Stay.objects.filter(case=case).values_list("pk", "placed_on", "left_on", "end")),
            "assignments": list(Assignment.objects.filter(case=case).values_list("worker", "since_on", "until_on")),
            "cases": Case.objects.count(),
            "transfers": list(Transfer.objects.filter(case=case).values_list("pk", "state")),
            "stand_ins": list(StandIn.objects.values_list("pk", "confirmed_by", "revoked_by")),
            "minutes": list(Minutes.objects.filter(departure__case=case).values_list("pk", "version")),
            "departures": list(Departure.objects.filter(case=case).values_list("pk", "settled_at", "undone_at")),
            "arrears": list(Arrear.objects.filter(case=case).values_list("pk", "settled_at")),
            "keys": FormKey.objects.count(),
        }

    def version(self, shift):
        return self.case().version + shift

    def today(self):
        with clock.at(self.moment):
            return self.case().institution.today()

    def worker(self):
        """Somebody who has the case now."""
        rows = Assignment.objects.filter(in_force(self.today()), case=self.pk).values_list("worker", flat=True)
        return next((person for person in self.actors.values() if person.pk in set(rows)), None)

    def person(self, number):
        return list(self.actors.values())[number]

    def day(self, draw, low, high):
        return self.today() + timedelta(days=draw(st.integers(low, high)))
