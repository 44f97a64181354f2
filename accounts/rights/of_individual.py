"""The inbox and the work with one client: tasks, notes, courts, supervision, progress."""

from accounts.rights.offices import ALL, CASE_STAFF, OFFICE, REGISTER, WORKLOG
from accounts.rights.rule import Rule, act, form, page
from accounts.rights.sights import TASK

STAFF = WORKLOG | OFFICE

RULES: dict[str, Rule] = {
    # the inbox: a task about a case is shown to whoever has both in sight
    "services:inbox": page(ALL, shows=REGISTER),
    "services:inbox_read": act(ALL, sent=302),
    "services:task_new": form(STAFF),
    "services:task": page(STAFF, about=TASK, shows=REGISTER),
    # who may answer or close one is asked of a filled form
    "services:task_answer": act(STAFF, about=TASK, shows=REGISTER),
    "services:task_settle": act(STAFF, about=TASK, shows=REGISTER),
    # the progress sheets that are wanted, of the cases in sight
    "services:sheets_due": page(CASE_STAFF, shows=CASE_STAFF),
}
