"""Bimbingan lanjut: for whoever reads cases; a worker sees their own former clients."""

from accounts.rights.offices import CASE_STAFF
from accounts.rights.rule import Rule, case_form, case_page, page

RULES: dict[str, Rule] = {
    "services:aftercare": page(CASE_STAFF, shows=CASE_STAFF),
    "services:case_aftercare": case_page(CASE_STAFF),
    "services:aftercare_schedule": case_form(CASE_STAFF),
}
