"""The day book: everybody on duty in a UPT sees its residents; the sick bay is for few."""

from accounts.enums import Role
from accounts.rights.offices import CASE_STAFF, HEAD, WORKER, WORKLOG
from accounts.rights.rule import Rule, act, case_page, form, page
from accounts.rights.sights import HEAD_COUNT, HOME_LEAVE, INCIDENT, RESIDENT, RESIDENT_PART, SHIFT_LOG

# Who keeps and reads the sick bay: a social worker that of their own cases.
NURSING = WORKER | HEAD | {Role.NURSE, Role.PSYCHOLOGIST}

RULES: dict[str, Rule] = {
    "services:daily": page(WORKLOG, shows=WORKLOG),
    "services:resident": page(WORKLOG, about=RESIDENT, shows=WORKLOG),
    "services:presence_out": act(WORKLOG, about=RESIDENT),
    "services:presence_in": act(WORKLOG, about=RESIDENT),
    "services:presence_annul": act(WORKLOG, about=RESIDENT_PART),
    "services:alert_add": act(WORKLOG, about=RESIDENT),
    "services:alert_end": act(WORKLOG, about=RESIDENT),
    "services:head_counts": page(WORKLOG),
    "services:head_count_new": form(WORKLOG, shows=WORKLOG),
    "services:head_count": page(WORKLOG, about=HEAD_COUNT, shows=WORKLOG),
    "services:shift_logs": page(WORKLOG),
    "services:shift_log_new": form(WORKLOG, shows=WORKLOG),
    "services:shift_log": page(WORKLOG, about=SHIFT_LOG, shows=WORKLOG),
    # its author, a supervisor or the head; that of the house officer is nobody else's
    "services:shift_log_edit": form(WORKLOG, about=SHIFT_LOG, shows=WORKLOG),
    "services:shift_log_confirm": act(WORKLOG, about=SHIFT_LOG),
    "services:incidents": page(WORKLOG),
    "services:incident_new": form(WORKLOG, shows=WORKLOG),
    "services:incident": page(WORKLOG, about=INCIDENT, shows=WORKLOG),
    "services:incident_follow_up": act(WORKLOG, about=INCIDENT),
    "services:visits": form(WORKLOG, shows=WORKLOG),
    "services:sick_bay": form(NURSING, shows=NURSING),
    "services:meals": page(WORKLOG, shows=WORKLOG),
    "services:care_new": form(WORKLOG, shows=WORKLOG),
    "services:briefing": page(WORKLOG),
    "services:case_daily": case_page(CASE_STAFF),
    # papers
    "reports:incident_pdf": page(WORKLOG, about=INCIDENT, shows=WORKLOG),
    "reports:leave_pdf": page(WORKLOG, about=HOME_LEAVE, shows=WORKLOG),
}
