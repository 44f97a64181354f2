"""The conditions behind the filters of the case list that ask more than one column."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cases.enums import Stage
from cases.models import Stay
from services.enums import State, TransferState
from services.models import CourtDate, Goal, Request, Transfer
from services.note_enums import CourtState

WORKER, SUPERVISOR, HEAD, RECEIVER = "worker", "supervisor", "head", "receiver"
WAITING = (
    (WORKER, _("Pekerja sosial")),
    (SUPERVISOR, _("Supervisor")),
    (HEAD, _("Kepala UPT")),
    (RECEIVER, _("UPT tujuan mutasi")),
)
AGES = {"0-5": (0, 5), "6-12": (6, 12), "13-17": (13, 17), "18-59": (18, 59), "60-": (60, 150)}
AGE_CHOICES = [
    ("0-5", _("0–5 tahun")),
    ("6-12", _("6–12 tahun")),
    ("13-17", _("13–17 tahun")),
    ("18-59", _("18–59 tahun")),
    ("60-", _("60 tahun ke atas")),
]
SOON, UNTOLD = "soon", "untold"
COURT = ((SOON, _("Dalam 14 hari")), (UNTOLD, _("Lewat, hasil belum dicatat")))
COURT_AHEAD = timedelta(days=14)
YEAR = timedelta(days=365)
YEARS_GROWN = 30  # an estimate older than this counts as this old


def waits_for(whom: str) -> Q:
    """Cases in which the next word is somebody's: who decides on what waits, else the worker."""
    asked = Request.objects.filter(case=OuterRef("pk"))
    offered = Exists(Transfer.objects.filter(case=OuterRef("pk"), state=TransferState.SENT))
    if whom == RECEIVER:
        return Q(offered)
    if whom == WORKER:
        return Q(closed_on__isnull=True) & ~Q(Exists(asked.filter(state__in=State.waiting()))) & ~Q(offered)
    return Q(Exists(asked.filter(state=State.SUBMITTED if whom == SUPERVISOR else State.AWAITING_HEAD)))


def in_court(when: str, today: date) -> Q:
    """Cases with a day of the law ahead, or one that has passed and nobody wrote what came of it."""
    rows = CourtDate.objects.filter(case=OuterRef("pk"), state=CourtState.PLANNED)
    soon = rows.filter(on__range=(today, today + COURT_AHEAD))
    return Q(Exists(soon if when == SOON else rows.filter(on__lt=today)))


def planned(bimbingan: str) -> Q:
    """Cases with a goal in this bimbingan in the present version of their plan."""
    goals = Goal.objects.filter(
        case=OuterRef("pk"), stage=Stage.PLANNING, round=OuterRef("round"), edition=OuterRef("plan_edition")
    )
    return Q(Exists(goals.filter(bimbingan=bimbingan)))


def placed_between(first: date | None, last: date | None) -> Q:
    """Cases with a stay that began in the period; either end may be open."""
    stays = Stay.objects.filter(case=OuterRef("pk"))
    stays = stays.filter(placed_on__gte=first) if first else stays
    return Q(Exists(stays.filter(placed_on__lte=last) if last else stays))


def aged(band: str, today: date) -> Q:
    """Clients whose age today lies in a band, by date of birth or grown from the estimate as ``Client.age_on``."""
    low, high = AGES[band]
    born = Q(client__birth_on__lte=_before(today, low), client__birth_on__gt=_before(today, high + 1))
    guessed = Q()
    for years in range(YEARS_GROWN + 1):
        since = Q(client__estimated_on__lte=today - YEAR * years)
        if years < YEARS_GROWN:
            since &= Q(client__estimated_on__gt=today - YEAR * (years + 1))
        guessed |= since & Q(client__estimated_age__range=(max(low - years, 0), high - years))
    return born | (Q(client__birth_on__isnull=True) & guessed)


def _before(day: date, years: int) -> date:
    """The same day so many years ago; for 29 February in other years the day before 1 March."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
