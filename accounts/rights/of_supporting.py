"""Supporting work: social workers and who leads them see all of the UPT's; a team writes its own."""

from accounts.rights.offices import CASE_STAFF
from accounts.rights.rule import Rule, act, form, page
from accounts.rights.sights import SUPPORTING_STEP, SUPPORTING_WORK

RULES: dict[str, Rule] = {
    "services:supporting": page(CASE_STAFF),
    "services:supporting_new": form(CASE_STAFF),
    "services:supporting_work": page(CASE_STAFF, about=SUPPORTING_WORK),
    "services:supporting_edit": form(CASE_STAFF, about=SUPPORTING_WORK),
    "services:supporting_step": form(CASE_STAFF, about=SUPPORTING_WORK),
    "services:supporting_end": act(CASE_STAFF, about=SUPPORTING_WORK),
    "services:supporting_strike": act(CASE_STAFF, about=SUPPORTING_STEP),
}
