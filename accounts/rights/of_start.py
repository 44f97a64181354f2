"""Running cases: the list that is taken over, its endorsement, scans from before the system."""

from accounts.enums import Role
from accounts.rights.offices import ALL, CASE_STAFF, MANAGERS, OFFICE, SUPERVISOR_HEAD
from accounts.rights.rule import Rule, act, case_act, form, page
from accounts.rights.sights import ENDORSED, LOGO_OF, OPENING

_IMPORTING = OFFICE | (SUPERVISOR_HEAD - {Role.HEAD})
_READING = OFFICE | SUPERVISOR_HEAD

RULES: dict[str, Rule] = {
    "services:start": page(MANAGERS),
    "reports:letterhead": page(MANAGERS),
    "services:logo": form(MANAGERS, about=LOGO_OF),
    "services:logo_image": page(ALL, about=LOGO_OF),
    "services:opening": page(_READING),
    "services:opening_template": page(_READING),
    "services:opening_upload": act(_IMPORTING),
    # what one has sent and not imported yet is nobody's but one's own
    "services:opening_preview": form(_IMPORTING),
    "services:opening_wrong": page(_IMPORTING),
    "reports:opening_pdf": page(_READING, about=ENDORSED, shows=_READING),
    "services:opening_list": form(_READING, about=OPENING, shows=_READING),
    "services:earlier_scan": case_act(CASE_STAFF),
}
