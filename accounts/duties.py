"""What a leaver would leave behind, in numbers. Each app above says what it counts; names stay where they are."""

from collections.abc import Callable

from accounts.models import User

Count = Callable[[User], int]
_counts: list[tuple[str, Count]] = []


def announce(label: str, count: Count) -> None:
    """Called once by an app as it starts."""
    _counts.append((label, count))


def of(person: User) -> list[tuple[str, int]]:
    """Every kind of duty with the number of those that rest on ``person`` today."""
    return [(label, count(person)) for label, count in _counts]
