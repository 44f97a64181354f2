"""How often an address knocks on a public door. A whole office may share one: wide limits, against floods only."""

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

from rehsos import clock, doors


def tries_this_minute(request: HttpRequest, door: str) -> int:
    """Count one more try at this door from the address of the request."""
    key = f"{door}:{ratelimit.get_ip(request)}:{clock.now():%H%M}"
    cache.add(key, 0, 120)
    return cache.incr(key)


def hold_back(request: HttpRequest, door: str, most: int) -> None:
    """429 for whoever tries more often than ``most`` times a minute."""
    if tries_this_minute(request, door) > most:
        raise doors.TooMany(60)
