"""What of the services rests on a member of staff, in numbers."""

from accounts.models import User
from services.enums import State
from services.models import Request


def waiting_requests_of(person: User) -> int:
    """What they asked for and nobody has answered yet."""
    return Request.objects.filter(requested_by=person, state__in=State.waiting()).count()
