"""How many meals the kitchen has to make: who is in the house, and which of them eat a diet."""

from dataclasses import dataclass

from services.enums import AlertKind, PresenceKind
from services.roster import Resident

# Who is at school or at practice during the day is back for breakfast and supper.
DAY_TRIPS = (PresenceKind.SCHOOL, PresenceKind.WORK_PRACTICE)


@dataclass(frozen=True)
class Meal:
    """One meal of the day: how many eat, how many of them a diet, and who is not there."""

    name: str
    number: int
    diets: list[tuple[str, int]]
    allergies: list[tuple[str, int]]
    away: int


def meals(rows: list[Resident], names: tuple[str, str, str]) -> list[Meal]:
    """Breakfast, lunch and supper of a day, by presence."""
    morning, noon, evening = names
    here = [row for row in rows if row.is_here]
    sleeping = [row for row in rows if row.is_here or row.kind in DAY_TRIPS]
    return [_meal(morning, sleeping, rows), _meal(noon, here, rows), _meal(evening, sleeping, rows)]


def _meal(name: str, eating: list[Resident], rows: list[Resident]) -> Meal:
    diets, allergies = _texts(eating, AlertKind.DIET), _texts(eating, AlertKind.ALLERGY)
    return Meal(name, len(eating), diets, allergies, len(rows) - len(eating))


def _texts(rows: list[Resident], kind: AlertKind) -> list[tuple[str, int]]:
    found: dict[str, int] = {}
    for row in rows:
        for text in dict.fromkeys(alert.text for alert in row.alerts if alert.kind == kind):
            found[text] = found.get(text, 0) + 1
    return sorted(found.items())
