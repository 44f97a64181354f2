"""Home, the register, cases and their stages, queues and one's own work."""

from accounts.enums import Role
from accounts.rights.offices import ALL, CASE_STAFF, DECIDERS, HEAD, REGISTER, SUPERVISOR_HEAD, WORKER, WORKLOG
from accounts.rights.rule import Rule, act, case_act, case_form, case_page, form, page
from accounts.rights.sights import ACTIVITY, CASE, CLIENT, OFFERED, OFFERING

RULES: dict[str, Rule] = {
    # home and the register
    "services:home": page(ALL, shows=REGISTER | {Role.PSYCHOLOGIST}),
    "services:client_list": page(REGISTER, shows=REGISTER),
    "services:client_new": form(REGISTER - {Role.SECTION_HEAD}),
    "services:client": page(REGISTER, about=CLIENT, shows=REGISTER),
    "services:client_nik": page(WORKER | SUPERVISOR_HEAD, about=CLIENT, shows=REGISTER),
    "services:client_edit": form(REGISTER - {Role.SECTION_HEAD}, about=CLIENT, shows=REGISTER),
    "services:client_merge": form(SUPERVISOR_HEAD, about=CLIENT, shows=REGISTER),
    "services:case_new": form(WORKER | SUPERVISOR_HEAD, about=CLIENT, shows=REGISTER),
    # cases
    "services:case_list": page(REGISTER, shows=REGISTER),
    "services:case": case_page(CASE_STAFF),
    "services:case_stages": case_page(CASE_STAFF),
    "services:case_notes": case_page(CASE_STAFF),
    "services:case_plan": case_page(CASE_STAFF),
    "services:case_trail": case_page(CASE_STAFF),
    "services:case_assign": case_form(SUPERVISOR_HEAD),
    "services:send_back": case_act(DECIDERS),
    # leaving: an event is recorded by whoever is on duty, its papers by the worker; who may is asked of a filled form
    "services:leaving": case_form(CASE_STAFF),
    "services:minutes": case_act(CASE_STAFF),
    "services:exit_propose": case_act(CASE_STAFF),
    "services:come_back": case_act(CASE_STAFF),
    "services:reverse": case_act(CASE_STAFF),
    # moving to another UPT: the receiver reads what is offered, the sender takes it back
    "services:transfer_new": case_form(CASE_STAFF),
    "services:transfers": page(SUPERVISOR_HEAD, shows=SUPERVISOR_HEAD),
    "services:package": page(SUPERVISOR_HEAD, about=OFFERED, shows=SUPERVISOR_HEAD),
    "services:transfer_accept": act(SUPERVISOR_HEAD, about=OFFERED),
    "services:transfer_refuse": act(SUPERVISOR_HEAD, about=OFFERED),
    "services:transfer_revoke": act(SUPERVISOR_HEAD, about=OFFERING),
    # outside its time
    "services:admit": case_act(CASE_STAFF),
    "services:revise": case_act(CASE_STAFF),
    "services:waive": case_act(CASE_STAFF),
    "services:addendum": case_act(CASE_STAFF),
    # one stage
    "services:stage": case_page(CASE_STAFF),
    "services:record_new": case_form(WORKER),
    "services:record": Rule(reads=CASE_STAFF, acts=WORKER, about=CASE, shows=CASE_STAFF),
    "services:submit": case_act(WORKER),
    "services:decide": case_act(WORKER),
    "services:withdraw": case_act(WORKER),
    "services:supervise": case_act(DECIDERS),
    "services:approve_or_return": case_act(DECIDERS),
    "services:endorse_or_return": case_act(HEAD),
    # queues and one's own work
    "services:arrears": page(CASE_STAFF, shows=CASE_STAFF),
    "services:supervision": page(DECIDERS, shows=DECIDERS),
    "services:supervise_many": form(DECIDERS, shows=DECIDERS),
    "services:decide_many": form(DECIDERS, shows=DECIDERS),
    "services:activity_list": page(WORKLOG, shows=CASE_STAFF),
    "services:activity_new": form(WORKLOG, shows=CASE_STAFF),
    "services:activity": page(WORKLOG, about=ACTIVITY, shows=WORKLOG),
    "services:file": page(WORKLOG, about=ACTIVITY, shows=WORKLOG),
    "services:handover": form(SUPERVISOR_HEAD, shows=SUPERVISOR_HEAD),
    "services:catalogue": page(ALL),
}
