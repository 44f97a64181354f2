"""An offer to another UPT that is overtaken: the client has left, so nobody reads the package any more."""

from accounts.models import User
from cases.models import Case
from rehsos import clock
from services.enums import TransferState
from services.models import Transfer


def take_back_offer(case: Case, *, by: User, reason: str) -> None:
    """Call it inside the act that ends the stay; the act's own entry in the trail tells of the event."""
    Transfer.objects.filter(case=case, state=TransferState.SENT).update(
        state=TransferState.REVOKED, answer=reason, answered_by=by, answered_at=clock.now()
    )
