"""Builds the demo: every life is lived in the order of time, so that the trail reads like a real year."""

import heapq
import random
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import Institution, User
from cases.enums import Stage
from rehsos import clock
from services import tasks
from services.demo import around, days, earlier, fates, people, referrals, standing_in, supporting
from services.demo.daybook import DayBook
from services.demo.lives import live
from services.demo.people import House
from services.demo.plan import Life, Plan

WEEKS = 51
HALTS = ("working", "waiting", "working", "returned", "working", "waiting")
# Days from registration to the beginning of a stage, about; and how long service lasts.
DAYS_BEFORE = {
    Stage.INTAKE: 8,
    Stage.ASSESSMENT: 26,
    Stage.PLANNING: 45,
    Stage.INTERVENTION: 58,
    Stage.CLOSING: 75,
    Stage.AFTERCARE: 110,
}
DAYS_TO_THE_END = 335
UNREAD_FOR = timedelta(days=3)
SERVICE_DAYS = {Stage.INTERVENTION: (30, 150), Stage.CLOSING: (70, 130), Stage.AFTERCARE: (70, 120)}


def is_empty() -> bool:
    """No institution yet: the only place where demo data may go."""
    return not Institution.objects.exists()


@transaction.atomic
def build(
    *,
    cases: int,
    seed: int,
    password: str,
    weeks: int = WEEKS,
    told: Callable[[date], None] = lambda month: None,
    more: Callable[[list[House], datetime, random.Random], list[Life]] = lambda houses, end, chance: [],
) -> list[House]:
    """Found three UPTs with their staff and let ``cases`` lives be lived up to now; all of it or nothing.

    ``weeks`` is for how long sessions and day book go back; ``more`` are lives that an app above this one adds.
    """
    chance = random.Random(seed)
    end = clock.now().astimezone(ZoneInfo("Asia/Jakarta"))
    with clock.at(end - timedelta(days=people.FOUNDED_DAYS)):
        houses = people.found(make_password(password))
    special = fates.plans(houses, end, chance, most=cases // 2)
    lives = [live(plan) for plan in (*plans(houses, cases - len(special), end, chance), *special)]
    lives += [standing_in.orders(house, end) for house in houses]
    lives += [days.live(house, end, random.Random(f"{seed}-{house.institution.code}"), weeks) for house in houses]
    lives += [days.corrected(house, end, random.Random(f"{seed}-{house.institution.code}")) for house in houses]
    lives += earlier.lives(houses[1], end, random.Random(f"saldo-{seed}"))
    lives += [
        DayBook(house, end, random.Random(f"buku-{house.institution.code}"), weeks).live() for house in houses[:2]
    ]
    lives += [referrals.directory(house, turn, end) for turn, house in enumerate(houses)]
    lives += [referrals.courses(house, end) for house in houses]
    lives += [around.live(house, end) for house in houses]
    lives += [supporting.live(house, end) for house in houses[:2]]
    lives += more(houses, end, random.Random(f"lagi-{seed}"))
    _live_all(lives, end, told)
    _read_old_news(end - UNREAD_FOR)
    return houses


def _read_old_news(before: datetime) -> None:
    """Everybody has read what they were told until a few days ago."""
    for person in User.objects.filter(notices__at__lt=before).distinct():
        last = person.notices.filter(at__lt=before).order_by("pk").last()
        tasks.read(by=person, up_to=last.pk)


def plans(houses: list[House], cases: int, end: datetime, chance: random.Random) -> list[Plan]:
    """Half of the lives in the first UPT; stages in turn, so that each UPT has work in every stage, and some done."""
    stages = [*Stage, None]
    found = []
    for number in range(cases):
        house = houses[(0, 1, 0, 2)[number % 4]]
        turn = number // 4 * 2 + number % 4 // 2 if house is houses[0] else number // 4
        until = stages[turn % len(stages)]
        low, high = SERVICE_DAYS.get(until or Stage.AFTERCARE, (0, 0))
        service = chance.randint(low, high)
        before = DAYS_BEFORE[until] if until else DAYS_TO_THE_END
        if until not in (None, Stage.INTAKE, Stage.ASSESSMENT, Stage.PLANNING):
            before += service
        begins = end.replace(hour=8, minute=0, second=0, microsecond=0) - timedelta(days=before + chance.randint(2, 9))
        found.append(
            Plan(
                house=house,
                team=house.teams[turn % len(house.teams)],
                category=house.categories[turn % len(house.categories)],
                begins=begins,
                until=until,
                halts=HALTS[turn % len(HALTS)],
                days_in_service=service or 90,
                chance=random.Random(chance.random()),
            )
        )
    return found


def _live_all(lives: Iterable[Life], end: datetime, told: Callable[[date], None]) -> None:
    """A queue by time: whoever acts next is resumed at that moment; what would lie in the future does not happen.

    ``told`` hears of every month that begins.
    """
    queue: list[tuple[datetime, int, Life]] = []
    for number, life in enumerate(lives):
        if (begins := next(life, None)) is not None:
            heapq.heappush(queue, (begins, number, life))
    month = date.min
    while queue:
        moment, number, life = heapq.heappop(queue)
        if moment > end:
            continue
        if moment.date().replace(day=1) > month:
            month = moment.date().replace(day=1)
            told(month)
        with clock.at(moment):
            following = next(life, None)
        if following is not None:
            heapq.heappush(queue, (max(following, moment), number, life))
