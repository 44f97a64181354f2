"""Where the page of an offer lies."""


def page_of(case):
    return f"/kasus/{case.number}/mutasi/"
