"""The inbox and the work with one client: tasks, notes, courts, supervision, progress."""

from accounts.enums import Role
from accounts.rights.offices import ALL, CASE_STAFF, DECIDERS, OFFICE, REGISTER, WORKLOG
from accounts.rights.rule import Rule, act, case_form, case_page, form, page
from accounts.rights.sights import COURT, HAND, NOTE, OBSTACLE, PROCESS, SESSION, TASK

STAFF = WORKLOG | OFFICE
SUPERVISING = frozenset({Role.SUPERVISOR, Role.SECTION_HEAD})
BY_REASON = frozenset({Role.HEAD, Role.SECTION_HEAD})
CARE = frozenset({Role.NURSE, Role.PSYCHOLOGIST})
# A task about a case is a psychologist's way to it.
ASKED = REGISTER | {Role.PSYCHOLOGIST}

RULES: dict[str, Rule] = {
    # the inbox: a task about a case is shown to whoever has both in sight
    "services:inbox": page(ALL, shows=ASKED),
    "services:inbox_read": act(ALL, sent=302),
    "services:task_new": form(STAFF),
    "services:task": page(STAFF, about=TASK, shows=ASKED),
    # who may answer or close one is asked of a filled form
    "services:task_answer": act(STAFF, about=TASK, shows=ASKED),
    "services:task_settle": act(STAFF, about=TASK, shows=ASKED),
    # notes on one client; restricted ones say to some only that they are there, and to the head why they were opened
    "services:case_work": case_page(CASE_STAFF),
    "services:counselling": case_page(CASE_STAFF),
    "services:note_new": form(CASE_STAFF | CARE, about=HAND, shows=CASE_STAFF | CARE),
    "services:note": page(CASE_STAFF | CARE, about=NOTE, shows=CASE_STAFF | CARE),
    "services:note_open": act(BY_REASON, about=NOTE),
    "services:note_review": act(SUPERVISING, about=NOTE),
    # the part of a nurse (all residents) or psychologist (whom a task was about)
    "services:parts": page(CARE, shows=CARE),
    "services:part": page(CARE, about=HAND, shows=CARE),
    # obstacles, the law, the work itself
    "services:obstacles": page(CASE_STAFF, shows=CASE_STAFF),
    "services:obstacle": form(CASE_STAFF, about=OBSTACLE, shows=CASE_STAFF),
    "services:obstacle_new": case_form(CASE_STAFF),
    "services:court_list": page(CASE_STAFF, shows=CASE_STAFF),
    "services:court": form(CASE_STAFF, about=COURT, shows=CASE_STAFF),
    "services:court_new": case_form(CASE_STAFF),
    "services:process_list": page(CASE_STAFF),
    "services:process_new": form(CASE_STAFF, shows=CASE_STAFF),
    "services:process_record": form(CASE_STAFF, about=PROCESS, shows=CASE_STAFF),
    # supervision after the fact
    "services:follow_ups": page(DECIDERS, shows=DECIDERS),
    "services:unreviewed": page(DECIDERS, shows=DECIDERS),
    "services:session_review": form(SUPERVISING, about=SESSION),
    # the progress sheets that are wanted, of the cases in sight
    "services:sheets_due": page(CASE_STAFF, shows=CASE_STAFF),
}
