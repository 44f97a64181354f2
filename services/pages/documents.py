"""The documents of a case as one person may read them."""

from dataclasses import dataclass

from accounts.models import User
from cases.models import Case
from services import documents, restricted
from services.models import CaseDocument, DocumentWithdrawal
from services.restricted import Reading


@dataclass(frozen=True)
class Row:
    """One document: its file can be opened unless it was withdrawn."""

    document: CaseDocument
    withdrawal: DocumentWithdrawal | None
    may_withdraw: bool


@dataclass(frozen=True)
class Shelf:
    """What is shown, how many are restricted and shut, and whether a reason would open them."""

    rows: list[Row]
    shut: int
    reading: Reading

    @property
    def may_open(self) -> bool:
        return self.reading == Reading.BY_REASON


def may_read(user: User, document: CaseDocument, reading: Reading) -> bool:
    """What is restricted: for whom it is open, and for whoever added it."""
    return not document.is_restricted or reading == Reading.OPEN or document.by_id == user.pk


def shelf(user: User, case: Case) -> Shelf:
    reading = restricted.reading(user, case)
    rows = CaseDocument.objects.filter(case=case).select_related("by", "file", "withdrawal__by")
    found = list(rows.order_by("-at", "-pk"))
    shown = [row for row in found if may_read(user, row, reading)]
    return Shelf([_row(user, row) for row in shown], len(found) - len(shown), reading)


def _row(user: User, document: CaseDocument) -> Row:
    withdrawal = getattr(document, "withdrawal", None)
    return Row(document, withdrawal, not withdrawal and not documents.why_not_withdraw(user, document))
