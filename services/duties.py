"""What of the services rests on a member of staff, in numbers."""

from accounts.models import User
from services.enums import State
from services.models import Request, Task


def waiting_requests_of(person: User) -> int:
    """What they asked for and nobody has answered yet."""
    return Request.objects.filter(requested_by=person, state__in=State.waiting()).count()


def open_tasks_of(person: User) -> int:
    """What was asked of them and they have not answered."""
    return Task.objects.open().filter(for_user=person).count()
