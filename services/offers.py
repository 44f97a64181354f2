"""Who reads which offers of a transfer: the sender those of its cases, the receiver what was sent to it."""

from django.db.models import Q, QuerySet

from accounts.models import User
from cases.models import Case
from services.enums import TransferState
from services.models import Transfer
from services.transitions.transferring import RECEIVING

READ = "case__client", "case__institution", "receiver", "sent_by", "answered_by", "new_case"


def outgoing(user: User) -> QuerySet[Transfer]:
    """Offers of the cases in sight, the latest first."""
    return Transfer.objects.filter(case__in=Case.objects.visible_to(user)).select_related(*READ)


def incoming(user: User) -> QuerySet[Transfer]:
    """What was ever sent to the UPT of this person; what was called off before is nobody's business there."""
    if not user.institution or not user.has_role(*RECEIVING):
        return Transfer.objects.none()
    was_sent = Q(state__in=(TransferState.SENT, TransferState.ACCEPTED, TransferState.REFUSED)) | Q(
        state=TransferState.REVOKED, answered_by__isnull=False
    )
    return Transfer.objects.filter(was_sent, receiver=user.institution).select_related(*READ)


def waiting(user: User) -> QuerySet[Transfer]:
    """Those that wait for an answer: only of these the receiver reads the package."""
    return incoming(user).filter(state=TransferState.SENT)
