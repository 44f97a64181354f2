"""What became of those who left: how they live three, six and twelve months later, every person once.

A person is told of as the last visit found them that lies between half of the months and thirty days after all of
them. Whoever was not visited then is unknown, unless they came back, died, or the case was closed as lost.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import F, TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Institution
from cases.enums import Bimbingan, Outcome, StayEnd
from cases.models import Case, ClientCategory, Stay
from services.aftercare.enums import Living, Pursuit
from services.aftercare.schedule import days_after
from services.enums import Relapse
from services.models import ActivityBimbingan, AftercareVisit
from services.workflow import PAIRS

MONTHS = (3, 6, 12)
GRACE = timedelta(days=30)
# Who died, moved to another UPT or never came is nobody to be visited.
NOT_FOLLOWED = (StayEnd.DECEASED, StayEnd.MOVED_UPT, StayEnd.WITHDREW)
SERVICES = tuple({code for pair in PAIRS.values() for code in pair.service})


class Measure(TextChoices):
    """What is counted; the values stand in addresses. A person may be in several."""

    FAMILY = "keluarga", _("Tinggal bersama keluarga")
    BUSY = "bekerja", _("Bekerja atau sekolah")
    RELAPSED = "kambuh", _("Kambuh")
    BACK = "kembali", _("Kembali ke UPT")
    DIED = "meninggal", _("Meninggal")
    LOST = "putus", _("Putus kontak")
    UNKNOWN = "tidak-diketahui", _("Tidak diketahui")


@dataclass
class Person:
    """Somebody who left, with what is known of them since."""

    case: Case
    left_on: date
    visits: list[AftercareVisit] = field(default_factory=list)
    back_on: date | None = None
    category: str = ""
    bimbingan: set[str] = field(default_factory=set)

    def at(self, months: int) -> set[Measure]:
        """What holds for them so many months later."""
        half, whole = self._days(months)
        found = {measure for measure, holds in self._fate(whole) if holds}
        seen = [visit for visit in self.visits if visit.on <= whole + GRACE]
        if any(visit.relapse == Relapse.YES for visit in seen):
            found.add(Measure.RELAPSED)
        last = seen[-1] if seen and seen[-1].on >= half else None
        if last and last.living in Living.home():
            found.add(Measure.FAMILY)
        if last and last.pursuit in Pursuit.busy():
            found.add(Measure.BUSY)
        if not last and not found & {Measure.BACK, Measure.DIED, Measure.LOST}:
            found.add(Measure.UNKNOWN)
        return found

    def _fate(self, whole: date) -> Iterable[tuple[Measure, bool]]:
        ended = self.case.outcome if self.case.closed_on and self.case.closed_on <= whole else ""
        yield Measure.BACK, self.back_on is not None and self.back_on <= whole
        yield Measure.DIED, ended == Outcome.DECEASED
        yield Measure.LOST, ended == Outcome.LOST_CONTACT

    def _days(self, months: int) -> tuple[date, date]:
        whole = days_after(self.left_on, [months])[0]
        return self.left_on + (whole - self.left_on) / 2, whole

    def is_due(self, months: int, today: date) -> bool:
        """Whether so many months have passed."""
        return self._days(months)[1] <= today


@dataclass(frozen=True)
class Line:
    """One group of people: how many, and how many of them by measure."""

    label: str
    people: int
    counts: dict[Measure, int]
    group: str = ""  # in addresses


def cohort(upt: Institution, first: date, last: date) -> list[Person]:
    """Everybody who left in a period, once, by the last time they did; five queries whatever their number."""
    stays = Stay.objects.filter(institution=upt, left_on__range=(first, last)).exclude(end__in=NOT_FOLLOWED)
    rows = stays.select_related("case__client").defer("case__client__nik").order_by("left_on", "pk")
    people = {stay.case.client_id: Person(stay.case, stay.left_on) for stay in rows}
    _visits(people)
    _returns(people)
    _served(people)
    for client, category in ClientCategory.objects.filter(client__in=people, is_primary=True).values_list(
        "client", "category"
    ):
        people[client].category = category
    return sorted(people.values(), key=lambda one: (one.left_on, one.case.pk))


def _visits(people: dict[int, Person]) -> None:
    rows = (
        AftercareVisit.objects.filter(case__client__in=people).annotate(client=F("case__client")).order_by("on", "pk")
    )
    for visit in rows:
        if visit.on >= people[visit.client].left_on:
            people[visit.client].visits.append(visit)


def _returns(people: dict[int, Person]) -> None:
    rows = Stay.objects.filter(case__client__in=people).order_by("-placed_on")
    for client, placed in rows.values_list("case__client", "placed_on"):
        if placed > people[client].left_on:
            people[client].back_on = placed


def _served(people: dict[int, Person]) -> None:
    """The bimbingan in which the case that ended was served."""
    cases = {person.case.pk: person for person in people.values()}
    rows = ActivityBimbingan.objects.filter(activity__code__in=SERVICES, activity__links__case__in=cases)
    for case, bimbingan in rows.values_list("activity__links__case", "bimbingan").distinct():
        if case in cases:
            cases[case].bimbingan.add(bimbingan)


def of_group(people: Iterable[Person], group: str) -> list[Person]:
    """Those of one line: served in a bimbingan, or of a category; without a group all."""
    return [person for person in people if not group or group in person.bimbingan or group == person.category]


def line(label: Any, people: Iterable[Person], months: int, group: str = "") -> Line:
    found: dict[Measure, int] = defaultdict(int)
    number = 0
    for person in of_group(people, group):
        number += 1
        for measure in person.at(months):
            found[measure] += 1
    return Line(str(label), number, {measure: found[measure] for measure in Measure}, group)


def by_bimbingan(people: list[Person], months: int) -> list[Line]:
    """Somebody served in several bimbingan stands in each of them."""
    lines = [line(one.label, people, months, one.value) for one in Bimbingan]
    return [one for one in lines if one.people]


def by_category(people: list[Person], months: int) -> list[Line]:
    keys = {person.category for person in people if person.category}
    names = {key: str(ClientCategory(category=key).get_category_display()) for key in keys}
    return [line(name, people, months, key) for key, name in sorted(names.items(), key=lambda pair: pair[1])]
