"""What clients leave with the UPT, and the UPT's tools."""

from accounts.enums import Role
from accounts.rights.offices import CASE_STAFF
from accounts.rights.rule import Rule, act, case_page, form, page
from accounts.rights.sights import DEPOSIT, RESIDENT

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
    # papers
    "reports:deposit_pdf": page(KEEPERS, about=DEPOSIT, shows=KEEPERS),
}
