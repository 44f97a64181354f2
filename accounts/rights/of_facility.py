"""Sarana: houses, rooms and beds; the head and the office change them. And the bed of one client."""

from accounts.rights.offices import HEAD, OFFICE, REGISTER
from accounts.rights.rule import Rule, act, form, page
from accounts.rights.sights import CASE, HOUSE

KEEPERS = HEAD | OFFICE

RULES: dict[str, Rule] = {
    "services:sarana": page(REGISTER, shows=REGISTER),
    "services:house_new": form(KEEPERS),
    "services:house": page(REGISTER, about=HOUSE, shows=REGISTER),
    "services:house_edit": form(KEEPERS, about=HOUSE),
    "services:house_rooms": act(KEEPERS, about=HOUSE, shows=REGISTER),
    "services:house_beds": act(KEEPERS, about=HOUSE, shows=REGISTER),
    "services:house_retire": act(KEEPERS, about=HOUSE, shows=REGISTER),
    "services:bed": form(REGISTER, about=CASE, shows=REGISTER),
    "services:bed_swap": act(REGISTER, about=CASE, shows=REGISTER),
}
