"""Who may open and who may send what, address by address: the table behind docs/hak-akses.csv.

It is written by hand from the rules of the offices and compared with the running site; nothing here asks the views.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from accounts.rights import (
    of_accounts,
    of_aftercare,
    of_belongings,
    of_cases,
    of_daily,
    of_documents,
    of_facility,
    of_individual,
    of_outreach,
    of_papers,
    of_referrals,
    of_reports,
    of_sessions,
    of_start,
    of_supporting,
    of_trails,
)
from accounts.rights.offices import (
    ALL,
    CASE_STAFF,
    EVERYBODY,
    MANAGERS,
    NOBODY,
    REGISTER,
    SIGNED_OUT,
    SUPERVISOR_HEAD,
    UPT_WIDE,
    WORKLOG,
    Who,
)
from accounts.rights.rule import Rule, page
from accounts.rights.sights import CLOSED, COLLEAGUE, ELSEWHERE, INCOMING, OUTGOING, OWN, POSTS, SECRET, SPENT, VALID

__all__ = [
    "ALL",
    "CASE_STAFF",
    "CLOSED",
    "COLLEAGUE",
    "ELSEWHERE",
    "EVERYBODY",
    "HEADINGS",
    "INCOMING",
    "MANAGERS",
    "NOBODY",
    "OUTGOING",
    "OWN",
    "POSTS",
    "REGISTER",
    "RULES",
    "SECRET",
    "SIGNED_OUT",
    "SPENT",
    "SUPERVISOR_HEAD",
    "UPT_WIDE",
    "VALID",
    "WORKLOG",
    "Who",
    "label",
    "page",
    "rows",
]

AREAS = (
    of_accounts,
    of_aftercare,
    of_belongings,
    of_cases,
    of_daily,
    of_documents,
    of_facility,
    of_individual,
    of_outreach,
    of_papers,
    of_referrals,
    of_reports,
    of_sessions,
    of_start,
    of_supporting,
    of_trails,
)
RULES: dict[str, Rule] = {name: rule for area in AREAS for name, rule in area.RULES.items()}


@dataclass(frozen=True)
class Row:
    """One line of the matrix."""

    address: str
    name: str
    who: str
    thing: str
    opened: int
    sent: int
    trace: str


HEADINGS = ("alamat", "nama", "peran", "objek", "GET", "POST", "jejak baca")
SIGNED_OUT_LABEL = "belum masuk"


def rows(addresses: Mapping[str, str]) -> Iterator[Row]:
    """The matrix over all addresses (name → route), in their order. Raises KeyError for one that has no rule."""
    for name, route in addresses.items():
        rule = RULES[name]
        for who in EVERYBODY:
            for thing in rule.about.objects:
                answers = [rule.answer(who, thing, method) for method in ("GET", "POST")]
                trace = "ya" if rule.leaves_trace(who, thing) else "tidak"
                yield Row(f"/{route}", name, label(who), thing, *answers, trace)


def label(who: Who) -> str:
    return str(who.label) if who else SIGNED_OUT_LABEL
