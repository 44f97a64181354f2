"""Where the page of an exit lies."""


def url(case, act=""):
    return f"/kasus/{case.number}/keluar/{act}"
