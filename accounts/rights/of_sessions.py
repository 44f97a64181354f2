"""The list of activities, the timetable, and sessions with their attendance."""

from accounts.rights.offices import CASE_STAFF, DECIDERS, UPT_WIDE, WORKLOG
from accounts.rights.rule import Rule, act, case_page, form, page
from accounts.rights.sights import HOLIDAY, PROGRAMME, PROGRAMME_ON_DUTY, SESSION, SLOT

RULES: dict[str, Rule] = {
    # the UPT's own list
    "services:programme": form(UPT_WIDE),
    "services:programme_new": form(UPT_WIDE),
    "services:programme_edit": form(UPT_WIDE, about=PROGRAMME),
    "services:programme_retire": act(UPT_WIDE, about=PROGRAMME),
    # the week, and the pattern behind it
    "services:timetable": page(WORKLOG),
    "services:sessions_generate": act(DECIDERS),
    "services:slot_new": form(DECIDERS, shows=DECIDERS),
    "services:slot": form(DECIDERS, about=SLOT, shows=DECIDERS),
    "services:slot_end": act(DECIDERS, about=SLOT),
    "services:slot_skip": act(DECIDERS, about=SLOT),
    "services:holidays": form(DECIDERS),
    "services:holiday_remove": act(DECIDERS, about=HOLIDAY),
    # plan against delivered
    "services:case_sessions": case_page(CASE_STAFF),
    "services:recap": page(DECIDERS),
    "services:sessions_unmarked": page(DECIDERS),
    "services:activity_sessions": page(WORKLOG, about=PROGRAMME_ON_DUTY),
    # one session: its roster is everybody's on duty who leads it
    "services:session_new": form(WORKLOG, shows=WORKLOG),
    "services:session": form(WORKLOG, about=SESSION, shows=WORKLOG),
    "services:session_move": form(DECIDERS, about=SESSION, shows=DECIDERS),
    "services:session_cancel": form(WORKLOG, about=SESSION, shows=WORKLOG),
    # papers
    "reports:session_sheet": page(WORKLOG, about=SESSION, shows=WORKLOG),
    "reports:month_sheet": page(WORKLOG, about=PROGRAMME_ON_DUTY, shows=WORKLOG),
    "reports:week_sheet": page(WORKLOG),
}
