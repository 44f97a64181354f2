"""What the pages of titipan show: the book of one client, and the sums of a UPT."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum

from accounts.models import User
from services import deposits
from services.models import DepositAccount, DepositItem, DepositMovement


@dataclass(frozen=True)
class Book:
    """What is kept for one client, and every movement, the latest first."""

    account: DepositAccount | None = None
    things: list[DepositItem] = field(default_factory=list)
    movements: list[DepositMovement] = field(default_factory=list)

    @property
    def balance(self) -> int:
        return self.account.balance if self.account else 0

    @property
    def is_kept(self) -> bool:
        """Whether anything is still here."""
        return bool(self.balance or self.things)


def book(case_id: int) -> Book:
    """In four queries at most, however long it is."""
    account = DepositAccount.objects.filter(case=case_id).first()
    if account is None:
        return Book()
    rows = account.movements.select_related("by", "scan", "reversed_by", "reverses")
    rows = rows.prefetch_related("items", "given__item")
    return Book(account, deposits.held(account), list(rows))


def sums(user: User) -> dict[str, Any]:
    """Of the UPT: money kept, how many entries of things, for how many clients; and of clients who have left."""
    kept = deposits.accounts(user).kept()
    return {"money": deposits.accounts(user).aggregate(sum=Sum("balance"))["sum"] or 0} | kept.aggregate(
        things=Sum("items"), clients=Count("pk"), left=Count("pk", Q(pk__in=kept.left_behind().values("pk")))
    )
