"""Issued papers: of one case, in the register, one by one, and the page on which anybody checks a code."""

from accounts.rights.offices import ALL, CASE_STAFF, DECIDERS, REGISTER, UPT_WIDE
from accounts.rights.rule import Rule, act, case_act, case_page, form, page
from accounts.rights.sights import ANY_PAPER, LETTER_IN, PAPER, REVIEW, SECRET, WRITTEN

# What is secret is read by who reads the case; tata usaha has its number and its state.
_OFFICE_HAS_NO_SECRETS = {SECRET: CASE_STAFF}

RULES: dict[str, Rule] = {
    # of a case
    "reports:case_papers": case_page(CASE_STAFF),
    "reports:progress_pdf": case_page(CASE_STAFF),
    "reports:issue": case_act(CASE_STAFF),
    "reports:draft_pdf": page(CASE_STAFF, about=WRITTEN, shows=CASE_STAFF),
    # the register
    "reports:letters": page(UPT_WIDE, shows=UPT_WIDE),
    "reports:letter_table": page(UPT_WIDE, shows=UPT_WIDE),
    "reports:place_many": form(UPT_WIDE, shows=UPT_WIDE),
    # letters in
    "reports:letters_in": page(UPT_WIDE),
    "reports:letter_in_new": form(UPT_WIDE),
    "reports:letter_in": page(UPT_WIDE, about=LETTER_IN),
    "reports:letter_in_scan": act(UPT_WIDE, about=LETTER_IN),
    "reports:letter_in_file": page(UPT_WIDE, about=LETTER_IN),
    # what supervisors said
    "reports:supervisions": page(DECIDERS, shows=DECIDERS),
    "reports:supervisions_pdf": page(DECIDERS, shows=DECIDERS),
    "reports:review_pdf": page(DECIDERS, about=REVIEW, shows=DECIDERS),
    # one paper
    "reports:paper": page(REGISTER, about=PAPER, shows=REGISTER),
    "reports:paper_pdf": page(REGISTER, about=PAPER, shows=REGISTER, only=_OFFICE_HAS_NO_SECRETS),
    "reports:paper_scan": page(REGISTER, about=PAPER, shows=REGISTER, only=_OFFICE_HAS_NO_SECRETS),
    "reports:sign": act(REGISTER, about=PAPER, shows=REGISTER),
    "reports:hand_over": act(REGISTER, about=PAPER, shows=REGISTER),
    # whoever did not issue it themselves must supervise or head
    "reports:cancel": act(CASE_STAFF, about=PAPER, shows=REGISTER),
    # for everybody
    "reports:check": page(ALL, is_public=True),
    "reports:check_code": form(ALL, is_public=True, about=ANY_PAPER),
}
