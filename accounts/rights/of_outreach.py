"""Outreach: social workers and who leads them see what took place; names of people outside are for few."""

from accounts.rights.offices import CASE_STAFF, DECIDERS
from accounts.rights.rule import Rule, act, form, page
from accounts.rights.sights import OUTREACH_EVENT, OUTREACH_PROGRAMME, PARTICIPANT

RULES: dict[str, Rule] = {
    "services:outreach": page(CASE_STAFF),
    "services:outreach_new": form(CASE_STAFF),
    "services:outreach_event": page(CASE_STAFF, about=OUTREACH_EVENT, shows=CASE_STAFF),
    "services:outreach_participants": form(CASE_STAFF, about=OUTREACH_EVENT),
    "services:outreach_strike": act(CASE_STAFF, about=PARTICIPANT),
    "services:outreach_programmes": page(CASE_STAFF),
    "services:outreach_programme_new": form(CASE_STAFF),
    "services:outreach_programme": page(CASE_STAFF, about=OUTREACH_PROGRAMME),
    # its author and who leads the UPT
    "services:outreach_programme_edit": form(CASE_STAFF, about=OUTREACH_PROGRAMME),
    "services:outreach_paper_new": form(CASE_STAFF, about=OUTREACH_PROGRAMME),
    "services:outreach_supervise": act(DECIDERS, about=OUTREACH_PROGRAMME),
}
