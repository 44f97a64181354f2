"""Coming and going, one's own account, and the settings of staff and institutions."""

from accounts.rights.offices import ADMINISTRATOR, ALL, HEAD, MANAGERS, OFFICE, SUPERVISOR_HEAD, UPT_WIDE
from accounts.rights.rule import Rule, act, form, page
from accounts.rights.sights import ACCOUNT, INSTITUTION, LINK, POST, POSTS, STAND_IN

RULES: dict[str, Rule] = {
    "healthz": page(ALL, is_public=True),
    # coming and going
    "accounts:login": form(ALL, is_public=True, answers_signed_in={"GET": 302, "POST": 302}),
    "accounts:code": form(ALL, is_public=True, opened=302, sent=302),
    "accounts:set_password": form(ALL, is_public=True, about=LINK),
    "accounts:logout": act(ALL, sent=302),
    "accounts:resume": page(ALL, opened=302),
    # one's own
    "accounts:session": act(ALL, sent=204),
    "accounts:account": form(ALL),
    "accounts:second_factor": form(ALL),
    "accounts:recovery_codes": form(ALL, opened=302, sent=302),
    "accounts:second_factor_off": form(ALL),
    "accounts:drafts": page(ALL),
    "accounts:draft": act(ALL, signed_out_sent=401),
    "accounts:draft_discard": act(ALL, sent=302),
    # settings: staff
    "accounts:staff_list": page(MANAGERS),
    "accounts:staff_new": form(MANAGERS),
    "accounts:staff": page(MANAGERS, about=ACCOUNT),
    "accounts:staff_edit": form(MANAGERS, about=ACCOUNT),
    "accounts:staff_roles": form(MANAGERS, about=ACCOUNT),
    "accounts:deactivate": form(MANAGERS, about=ACCOUNT),
    "accounts:reactivate": form(MANAGERS, about=ACCOUNT),
    "accounts:reset_password": form(MANAGERS, about=ACCOUNT),
    "accounts:reset_code": form(ADMINISTRATOR, about=ACCOUNT),
    # shown once, to whoever has just made it; everybody else is sent back to the list
    "accounts:staff_link": page(MANAGERS, opened=302),
    # settings: stand-ins; who may confirm or revoke one is asked of a filled form
    "accounts:stand_in_list": page(UPT_WIDE | ADMINISTRATOR),
    "accounts:stand_in_new": form(OFFICE | SUPERVISOR_HEAD, about=POST, only=POSTS),
    "accounts:stand_in_confirm": form(UPT_WIDE | ADMINISTRATOR, about=STAND_IN),
    "accounts:stand_in_revoke": form(UPT_WIDE | ADMINISTRATOR, about=STAND_IN),
    # settings: institutions
    "accounts:own_institution": form(HEAD | OFFICE),
    "accounts:institution_list": page(ADMINISTRATOR),
    "accounts:institution_new": form(ADMINISTRATOR),
    "accounts:institution": form(ADMINISTRATOR, about=INSTITUTION),
}
