"""Outreach: social workers and who leads them see what took place; names of people outside are for few."""

from accounts.rights.offices import CASE_STAFF, DECIDERS, HEAD, OFFICE, SUPERVISOR_HEAD, WORKER
from accounts.rights.rule import Rule, act, form, page
from accounts.rights.sights import BATCH, BATCH_KEPT, BATCH_PLACE, OUTREACH_EVENT, OUTREACH_PROGRAMME, PARTICIPANT

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
    # who may open a case; nobody is like the participant, so the way leads to the register at once
    "services:outreach_candidate": form(WORKER | SUPERVISOR_HEAD, about=PARTICIPANT, opened=302),
    # who is accepted and has a place; others see how full it is
    "services:batches": page(CASE_STAFF),
    "services:batch": page(CASE_STAFF, about=BATCH, shows=CASE_STAFF),
    "services:batch_assign": act(DECIDERS, about=BATCH),
    "services:batch_release": act(DECIDERS, about=BATCH_PLACE),
    "services:batch_settings": form(HEAD | OFFICE),
    "services:batch_edit": form(HEAD | OFFICE, about=BATCH_KEPT),
    "services:candidates": page(CASE_STAFF, shows=CASE_STAFF),
}
