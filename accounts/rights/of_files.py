"""Around a case: one's own filters, the trail of a person, documents, restricted parts, court orders."""

from accounts.rights.offices import REGISTER
from accounts.rights.rule import Rule, act, form
from accounts.rights.sights import SAVED_FILTER

RULES: dict[str, Rule] = {
    "services:filters": form(REGISTER),
    "services:filter_drop": act(REGISTER, about=SAVED_FILTER, sent=302),
}
