"""A calendar month of one institution: its days, its moments in that time zone, its neighbours."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Institution
from rehsos.formatting import MONTHS, ZONES

FIRST_YEAR = 2000


@dataclass(frozen=True, order=True)
class Month:
    """A month by its first day."""

    first: date

    @property
    def last(self) -> date:
        return self.following.first - timedelta(days=1)

    @property
    def following(self) -> "Month":
        return Month((self.first + timedelta(days=31)).replace(day=1))

    @property
    def previous(self) -> "Month":
        return Month((self.first - timedelta(days=1)).replace(day=1))

    @property
    def name(self) -> str:
        return MONTHS[self.first.month - 1]

    @property
    def label(self) -> str:
        """``Juni 2026``"""
        return f"{self.name} {self.first.year}"

    @property
    def of_the_year(self) -> list["Month"]:
        """January up to this month."""
        return [Month(self.first.replace(month=number)) for number in range(1, self.first.month + 1)]

    def moments(self, zone: str) -> tuple[datetime, datetime]:
        """The first moment of this month and of the following one, where the institution is."""
        place = ZoneInfo(zone)
        first, following = self.first, self.following.first
        return (
            datetime(first.year, first.month, 1, tzinfo=place),
            datetime(following.year, following.month, 1, tzinfo=place),
        )

    def zone_name(self, zone: str) -> str:
        """``WIB``, ``WITA`` or ``WIT``; elsewhere the name of the zone."""
        begin, _end = self.moments(zone)
        return ZONES.get(begin.utcoffset() or timedelta(), zone)


def month_of(institution: Institution, year: int, month: int) -> Month:
    """The month of a URL; ``ValueError`` for a thirteenth one, one before this system, or one that has not begun."""
    if not FIRST_YEAR <= year <= institution.today().year:
        raise ValueError(f"no report on the year {year}")
    found = Month(date(year, month, 1))
    if found.first > institution.today():
        raise ValueError(f"{found.label} has not begun")
    return found


def recent(institution: Institution, how_many: int) -> list[Month]:
    """The running month and those before it, newest first."""
    months = [Month(institution.today().replace(day=1))]
    while len(months) < how_many:
        months.append(months[-1].previous)
    return months
