"""Documents and photos of clients, what is restricted in a case, and the orders it rests on."""

from accounts.rights.offices import CASE_STAFF, HEAD, SECTION_HEAD, WORKLOG
from accounts.rights.rule import Rule, case_act, case_form, case_page, page
from accounts.rights.sights import DOCUMENT, PHOTO

RULES: dict[str, Rule] = {
    "services:case_documents": case_page(CASE_STAFF),
    "services:document_add": case_act(CASE_STAFF),
    "services:document_withdraw": Rule(acts=CASE_STAFF, about=DOCUMENT),
    "services:placement_orders": case_form(CASE_STAFF),
    "services:photo_take": case_act(CASE_STAFF),
    # the others who read a case read what is restricted without a reason
    "services:restricted_open": case_act(HEAD | SECTION_HEAD),
    # of the residents; everybody else sees the photos of the cases in their sight
    "services:photo": page(WORKLOG, about=PHOTO, shows=WORKLOG),
}
