"""What is still open between the UPT and a client who leaves: money and things kept, tools not given back.

At an exit it is settled in the same act, or it stays listed: on the page of the exit, in Tunggakan, on the home page.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from cases.models import Case, Stay
from rehsos.formatting import rupiah
from services import deposits, tools
from services.models import DepositAccount, DepositItem, ToolLoan


@dataclass(frozen=True)
class Leftovers:
    """Of one case."""

    balance: int = 0
    things: list[DepositItem] = field(default_factory=list)
    loans: list[ToolLoan] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.is_kept or self.loans)

    @property
    def is_kept(self) -> bool:
        return bool(self.balance or self.things)

    @property
    def kept_words(self) -> str:
        """Money and things in one line."""
        money = [rupiah(self.balance)] if self.balance else []
        return ", ".join([*money, *map(str, self.things)])


def of_case(case_id: int) -> Leftovers:
    """In one query where nothing is left, as it mostly is; else in four."""
    kept = DepositAccount.objects.open().filter(case=OuterRef("pk"))
    lent = ToolLoan.objects.open().filter(stay__case=OuterRef("pk"))
    if not Case.objects.filter(Exists(kept) | Exists(lent), pk=case_id).exists():
        return Leftovers()
    account = DepositAccount.objects.filter(case=case_id).first()
    balance = account.balance if account else 0
    return Leftovers(balance, deposits.held(account), tools.open_of(case_id))


def settle(stay: Stay, *, receiver: str, relation: str, returned: Mapping[int, str], on: date, by: User) -> None:
    """Give out what is kept, where somebody receives it, and take back what is handed in: a half of an exit."""
    if receiver:
        deposits.empty(stay, to=receiver, relation=relation, on=on, by=by)
    tools.settle(stay, returned, on=on, by=by)


def lent_to_leavers() -> QuerySet[ToolLoan]:
    """Tools that somebody has who does not live here any more."""
    still = Stay.objects.filter(case=OuterRef("stay__case"), left_on__isnull=True)
    return ToolLoan.objects.open().filter(stay__isnull=False).exclude(Exists(still))


def owed(user: User, most: int) -> list[tuple[Case, str, str]]:
    """What clients left open who are gone: the case, what it is, and ``deposit`` or the key of the tool."""
    cases = Case.objects.visible_to(user)
    kept = DepositAccount.objects.kept().left_behind().filter(case__in=cases).select_related("case__client")
    lent = lent_to_leavers().filter(stay__case__in=cases).select_related("tool", "stay__case__client")
    found = [(row.case, _kept_words(row), "") for row in kept.defer("case__client__nik").order_by("case")[:most]]
    rows = lent.defer("stay__case__client__nik").order_by("stay__case", "pk")[:most]
    return found + [(row.stay.case, _("Alat belum kembali: %s") % row.tool, str(row.tool_id)) for row in rows]


def _kept_words(account: DepositAccount) -> str:
    things = _("%s catatan barang") % account.items if account.items else ""
    money = rupiah(account.balance) if account.balance else ""
    return _("Titipan belum diserahkan: %s") % ", ".join(filter(None, [money, things]))
