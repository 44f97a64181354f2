"""One's own filters of lists, one's own trail, and the trail of another person."""

from accounts.rights.offices import ADMINISTRATOR, ALL, HEAD, REGISTER
from accounts.rights.rule import Rule, act, form, page
from accounts.rights.sights import ACCOUNT, SAVED_FILTER

RULES: dict[str, Rule] = {
    "services:filters": form(REGISTER),
    "services:own_trail": page(ALL),
    # the head of what happened in their UPT, the administrator of acts on accounts; who looks leaves a reading
    "services:person_trail": page(HEAD | ADMINISTRATOR, about=ACCOUNT, shows=HEAD | ADMINISTRATOR),
    "services:filter_drop": act(REGISTER, about=SAVED_FILTER, sent=302),
}
