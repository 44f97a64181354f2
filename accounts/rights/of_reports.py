"""Lists and papers."""

from accounts.rights.offices import CASE_STAFF, HEAD, PROVINCE, REGISTER, UPT_WIDE
from accounts.rights.rule import Rule, case_page, form, page

RULES: dict[str, Rule] = {
    # reports
    "reports:case_table": page(REGISTER, shows=REGISTER),
    "reports:stage_pdf": case_page(CASE_STAFF),
    "reports:departure_pdf": case_page(CASE_STAFF),
    "reports:index": page(UPT_WIDE | PROVINCE),
    "reports:monthly": page(UPT_WIDE, shows=UPT_WIDE),
    "reports:monthly_pdf": page(UPT_WIDE, shows=UPT_WIDE),
    "reports:month_gaps": page(UPT_WIDE, shows=UPT_WIDE),
    "reports:month_words": form(UPT_WIDE, shows=UPT_WIDE),
    "reports:month_freeze": form(HEAD, shows=HEAD),
}
