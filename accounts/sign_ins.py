"""What the trail keeps of signing in: who came, who went, who failed, and from where."""

from typing import Any

from django.db import transaction

from accounts import told
from accounts.models import User


@transaction.atomic
def succeeded(user: User, address: str, second_factor: str = "") -> None:
    data = {"address": address}
    _tell(user, "user.signed_in", data | {"second_factor": second_factor} if second_factor else data)


@transaction.atomic
def ended(user: User) -> None:
    _tell(user, "user.signed_out")


@transaction.atomic
def failed(username: str, address: str) -> None:
    """The name as typed is kept only if it is a user's: a stranger's typing may be a password in the wrong field."""
    user = User.objects.filter(username__iexact=username).first()
    data = {"address": address}
    subjects = [told.of(user)] if user else []
    told.tell(user and told.home(user), by=None, verb="user.sign_in_failed", subjects=subjects, data=data)


@transaction.atomic
def code_failed(user: User, address: str) -> None:
    """The password was right and the code was not: somebody may hold a password that is not theirs."""
    data = {"address": address}
    told.tell(told.home(user), by=None, verb="user.code_failed", subjects=[told.of(user)], data=data)


def _tell(user: User, verb: str, data: dict[str, Any] | None = None) -> None:
    told.tell(told.home(user), by=user, verb=verb, subjects=[told.of(user)], data=data)
