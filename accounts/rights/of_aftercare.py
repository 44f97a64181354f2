"""Bimbingan lanjut: for whoever reads cases; a worker sees their own former clients."""

from accounts.rights.offices import CASE_STAFF, DECIDERS, WORKER
from accounts.rights.rule import Rule, case_form, case_page, form, page

RULES: dict[str, Rule] = {
    "services:aftercare": page(CASE_STAFF, shows=CASE_STAFF),
    # of a worker's own former clients, whose numbers stand in the address; without any it shows nobody
    "services:trip_new": form(WORKER),
    "services:case_aftercare": case_page(CASE_STAFF),
    "services:aftercare_schedule": case_form(CASE_STAFF),
    # blank, or of those whose numbers stand in the address
    "reports:visit_form_pdf": page(CASE_STAFF),
    # what became of those who left, in numbers; the page shows people only where somebody asks for them
    "reports:outcomes": page(DECIDERS, shows=DECIDERS),
    "reports:outcome_table": page(DECIDERS),
}
