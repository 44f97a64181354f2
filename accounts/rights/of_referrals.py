"""Referrals, and the institutions they go to."""

from accounts.rights.offices import CASE_STAFF, REGISTER, UPT_WIDE, WORKER
from accounts.rights.rule import Rule, act, case_form, case_page, form, page
from accounts.rights.sights import PARTNER, REFERRAL

RULES: dict[str, Rule] = {
    # the directory: whoever works on cases or on letters enters what they learn of an institution
    "services:partners": page(REGISTER),
    "services:partner_new": form(REGISTER),
    "services:partner": page(REGISTER, about=PARTNER),
    "services:partner_edit": form(REGISTER, about=PARTNER),
    "services:partner_retire": act(UPT_WIDE, about=PARTNER),
    # referrals; whose an act is, is asked of a filled form
    "services:referrals": page(CASE_STAFF, shows=CASE_STAFF),
    "services:case_referrals": case_page(CASE_STAFF),
    "services:referral_new": case_form(WORKER),
    "services:referral": page(CASE_STAFF, about=REFERRAL, shows=CASE_STAFF),
    "reports:referral_pdf": page(CASE_STAFF, about=REFERRAL, shows=CASE_STAFF),
    "services:referral_act": act(CASE_STAFF, about=REFERRAL, shows=CASE_STAFF),
}
