"""Referrals, and the institutions they go to."""

from accounts.rights.offices import REGISTER, UPT_WIDE
from accounts.rights.rule import Rule, act, form, page
from accounts.rights.sights import PARTNER

RULES: dict[str, Rule] = {
    # the directory: whoever works on cases or on letters enters what they learn of an institution
    "services:partners": page(REGISTER),
    "services:partner_new": form(REGISTER),
    "services:partner": page(REGISTER, about=PARTNER),
    "services:partner_edit": form(REGISTER, about=PARTNER),
    "services:partner_retire": act(UPT_WIDE, about=PARTNER),
}
