"""What clients leave with the UPT, and the UPT's tools."""

from accounts.enums import Role
from accounts.rights.offices import CASE_STAFF, HEAD, OFFICE, WORKLOG
from accounts.rights.rule import Rule, act, case_page, form, page
from accounts.rights.sights import DEPOSIT, RESIDENT, TOOL

# Who keeps money and belongings: whoever lives and works with the residents, not who only teaches or heals.
KEEPERS = CASE_STAFF | {Role.BOARDING_OFFICER}

RULES: dict[str, Rule] = {
    "services:deposits": page(KEEPERS, shows=KEEPERS),
    "services:deposit_book": page(KEEPERS, about=RESIDENT, shows=KEEPERS),
    "services:deposit_in": form(KEEPERS, about=RESIDENT, shows=KEEPERS),
    "services:deposit_out": form(KEEPERS, about=RESIDENT, shows=KEEPERS),
    "services:deposit_reverse": act(KEEPERS, about=DEPOSIT),
    "services:deposit_scan": page(KEEPERS, about=DEPOSIT, shows=KEEPERS),
    "services:case_deposits": case_page(CASE_STAFF),
    # tools: who has one is a resident perhaps, whom the office sees too
    "services:tools": page(WORKLOG | OFFICE, shows=WORKLOG | OFFICE),
    "services:tool_new": form(HEAD | OFFICE),
    "services:tool": page(WORKLOG | OFFICE, about=TOOL, shows=WORKLOG | OFFICE),
    "services:tool_edit": form(HEAD | OFFICE, about=TOOL),
    "services:tool_lend": act(WORKLOG, about=TOOL),
    "services:tool_return": act(WORKLOG, about=TOOL),
    "services:tool_care": act(WORKLOG, about=TOOL),
    "services:tool_retire": act(HEAD | OFFICE, about=TOOL),
    # papers
    "reports:deposit_pdf": page(KEEPERS, about=DEPOSIT, shows=KEEPERS),
}
